package programs

import (
	"bytes"
	"errors"
	"os"
	"os/signal"
	"sync"
)

func packets(n int, out chan<- []byte) {
	buf := make([]byte, 4)
	for i := range n {
		buf[0] = byte(i)
		out <- buf
	}
}

func squares(in []int, out chan int) error {
	defer close(out)
	for _, v := range in {
		if v < 0 {
			close(out)
			return errors.New("negative")
		}
		out <- v * v
	}
	return nil
}

func interrupts(work func(<-chan os.Signal)) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	work(signals)
	close(signals)
}

// A Hub has subscribers.
type Hub struct {
	mu   sync.Mutex
	subs map[string]chan int
}

// Publish sends to all that have room.
func (h *Hub) Publish(v int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, ch := range h.subs {
		select {
		case ch <- v:
		default:
		}
	}
}

// Forget removes a subscriber.
func (h *Hub) Forget(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if ch, ok := h.subs[name]; ok {
		close(ch)
	}
}

// A Gate is opened once.
type Gate struct {
	opened chan struct{}
}

// NewGate returns a gate that opens by itself when it is late.
func NewGate(late <-chan struct{}) *Gate {
	g := &Gate{opened: make(chan struct{})}
	go g.expire(late)
	return g
}

func (g *Gate) expire(late <-chan struct{}) {
	<-late
	close(g.opened)
}

// Open opens it.
func (g *Gate) Open() {
	close(g.opened)
}

var pool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func render(v string, out chan<- []byte) {
	buf := pool.Get().(*bytes.Buffer)
	defer pool.Put(buf)
	buf.Reset()
	buf.WriteString(v)
	out <- buf.Bytes()
}

type pipe struct{ in chan []byte }

// Write sends its caller's memory.
func (p *pipe) Write(b []byte) (int, error) {
	p.in <- b
	return len(b), nil
}
