// Package missed has what the pass does not see.
package missed

import (
	"context"
	"sync"
)

// The channel is passed on: its sends may be anywhere.
func acknowledge(done chan<- struct{}) {
	select {
	case done <- struct{}{}:
	default:
	}
}

func countThroughHelper(n int) {
	done := make(chan struct{}, 1)
	for range n {
		go acknowledge(done)
	}
	for range n {
		<-done // miss: a channel that is passed to a function is not followed
	}
}

// Another function goes by the number.
type progress struct {
	step  chan struct{}
	steps int
}

func newProgress() *progress { return &progress{step: make(chan struct{}, 1)} }

func (p *progress) advance() {
	select {
	case p.step <- struct{}{}:
	default:
	}
}

func (p *progress) run() {
	for range p.step {
		p.steps++ // miss: who reads a field is not asked, except with strict
	}
}

func (p *progress) finished() bool { return p.steps == 10 }

// Two that wait, and both items are there: the second is not woken.
type shared struct {
	mu    sync.Mutex
	queue []int
	ready chan struct{}
}

func newShared() *shared { return &shared{ready: make(chan struct{}, 1)} }

func (s *shared) put(i int) {
	s.mu.Lock()
	s.queue = append(s.queue, i)
	s.mu.Unlock()
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

func (s *shared) get(ctx context.Context) (int, error) {
	for {
		s.mu.Lock()
		if len(s.queue) > 0 {
			i := s.queue[0]
			s.queue = s.queue[1:]
			s.mu.Unlock()
			return i, nil // miss: whether get is called by more than one goroutine is not known
		}
		s.mu.Unlock()
		select {
		case <-s.ready:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// Each value is an order, which only its name tells.
type orders struct{ next chan string }

func newOrders() *orders { return &orders{next: make(chan string, 1)} }

func (o *orders) submit(order string) {
	select {
	case <-o.next:
	default:
	}
	o.next <- order
}

func (o *orders) run(execute func(string)) {
	for order := range o.next {
		execute(order) // miss: a call for each value is right for state and wrong for events
	}
}

// One item before each wait.
func (s *shared) run(handle func(int)) {
	for {
		s.mu.Lock()
		if len(s.queue) > 0 {
			handle(s.queue[0])
			s.queue = s.queue[1:]
		}
		s.mu.Unlock()
		<-s.ready // miss: who looks before it waits is taken for one that takes all
	}
}
