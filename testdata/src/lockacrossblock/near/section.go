package near

import (
	"sync"
	"sync/atomic"
)

// A link counts itself as open until it is closed. Whoever closes it first
// takes the count back, in the section that then waits: all that come later
// find that it has been done.
type link struct {
	mu      sync.Mutex
	closing atomic.Bool
	open    sync.WaitGroup
	frames  int
}

func newLink() *link {
	l := &link{}
	l.open.Add(1)
	return l
}

func (l *link) write() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frames++
}

func (l *link) doneBeforeWait() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closing.CompareAndSwap(false, true) {
		l.frames = 0
		l.open.Done()
	}
	l.open.Wait()
}

// A ward is the same, with a function in between that waits.
type ward struct {
	mu     sync.Mutex
	open   sync.WaitGroup
	closed bool
}

func newWard() *ward {
	w := &ward{}
	w.open.Add(1)
	return w
}

func (w *ward) settle() {
	w.open.Wait()
}

func (w *ward) doneBeforeCall() {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		w.open.Done()
	}
	w.settle()
	w.mu.Unlock()
}

// A slot is filled and emptied in one section.
type slot struct {
	mu sync.Mutex
	ch chan int
	n  int
}

func newSlot() *slot { return &slot{ch: make(chan int, 1)} }

func (s *slot) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

func (s *slot) sendBeforeReceive(v int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.ch <- v
	return <-s.ch
}
