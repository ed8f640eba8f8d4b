package programs

import (
	"context"
	"sync"
)

// A notifier flushes when it is told that there is something.
type notifier struct {
	mu    sync.Mutex
	dirty bool
	wake  chan struct{}
}

func newNotifier(flush func()) *notifier {
	n := &notifier{wake: make(chan struct{})}
	go n.run(flush)
	return n
}

func (n *notifier) mark() {
	n.mu.Lock()
	n.dirty = true
	n.mu.Unlock()
	select {
	case n.wake <- struct{}{}:
	default:
	}
}

func (n *notifier) stop() { close(n.wake) }

func (n *notifier) run(flush func()) {
	for range n.wake {
		n.mu.Lock()
		dirty := n.dirty
		n.dirty = false
		n.mu.Unlock()
		if dirty {
			flush()
		}
	}
}

// A stock wakes one of those who wait for an item.
type stock struct {
	mu    sync.Mutex
	some  *sync.Cond
	items []int
}

func newStock() *stock {
	s := &stock{}
	s.some = sync.NewCond(&s.mu)
	return s
}

func (s *stock) put(i int) {
	s.mu.Lock()
	s.items = append(s.items, i)
	s.mu.Unlock()
	s.some.Signal()
}

func (s *stock) get(ctx context.Context) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.items) == 0 {
		s.some.Wait()
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
	}
	i := s.items[0]
	s.items = s.items[1:]
	return i, nil
}

// A shelf does so with a channel.
type shelf struct {
	mu    sync.Mutex
	items []int
	some  chan struct{}
}

func newShelf() *shelf { return &shelf{some: make(chan struct{}, 1)} }

func (s *shelf) put(i int) {
	s.mu.Lock()
	s.items = append(s.items, i)
	s.mu.Unlock()
	select {
	case s.some <- struct{}{}:
	default:
	}
}

func (s *shelf) take() (i int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.items) == 0 {
		return 0, false
	}
	i = s.items[0]
	s.items = s.items[1:]
	return i, true
}

func (s *shelf) get(ctx context.Context) (int, error) {
	for {
		if i, ok := s.take(); ok {
			return i, nil
		}
		<-s.some
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
	}
}
