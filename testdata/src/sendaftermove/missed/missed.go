// Package missed has mistakes that are not reported.
package missed

import (
	"io"
	"sync"
)

// closedByFlags is closed under two conditions that may both hold.
func closedByFlags(ch chan int, a, b bool) {
	if a {
		close(ch) // miss: the conditions may exclude each other
	}
	if b {
		close(ch)
	}
}

func fill(b []byte) { b[0] = 1 }

// filledByHelper calls a function that writes, but does nothing with channels.
func filledByHelper(out chan<- []byte, n int) {
	buf := make([]byte, 4)
	for range n {
		fill(buf)
		out <- buf // miss: functions without operations on channels are not read
	}
}

type buffer struct {
	mem []byte
	out chan []byte
}

// read fills a field, which send has sent the round before.
func (b *buffer) read(r io.Reader) (int, error) { return r.Read(b.mem) }

func (b *buffer) send(n int) {
	b.out <- b.mem[:n] // miss: the write is in another call
}

func (b *buffer) run(r io.Reader) {
	for {
		n, err := b.read(r)
		if err != nil {
			return
		}
		b.send(n)
	}
}

type server struct {
	mu    sync.Mutex
	conns map[int]chan int
}

// drop closes an element that nobody else uses, and leaves it in the map.
func (s *server) drop(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.conns[id]) // miss: a second call of drop panics, but none is seen
}

// leftByTimeout receives in a loop that a timeout leaves.
func leftByTimeout(n int, work func() int, timeout <-chan int) (sum int) {
	out := make(chan int)
	defer close(out) // miss: it is not told how the loop was left
	for range n {
		go func() { out <- work() }()
	}
	for range n {
		select {
		case v := <-out:
			sum += v
		case <-timeout:
			return sum
		}
	}
	return sum
}
