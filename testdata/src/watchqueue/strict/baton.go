package strict

import (
	"context"
	"sync"
	"time"
)

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

// The one that was woken looks at its context before it looks at the items, so
// that an item may stay although others wait.
func (s *stock) getContextFirst(ctx context.Context) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.items) == 0 {
		s.some.Wait() // want `^s\.some\.Wait may take a wake-up along when getContextFirst gives up \(line 35\); call Signal before leaving, or test the state first$`
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
	}
	i := s.items[0]
	s.items = s.items[1:]
	return i, nil
}

// It has been woken for an item, and leaves it.
func (s *stock) getContextAfter(ctx context.Context) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.items) == 0 {
		s.some.Wait() // want `s\.some\.Wait may take a wake-up along when getContextAfter gives up \(line 51\)`
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	i := s.items[0]
	s.items = s.items[1:]
	return i, nil
}

func (s *stock) getByDeadline(deadline time.Time) (int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	timer := time.AfterFunc(time.Until(deadline), s.some.Signal)
	defer timer.Stop()
	for {
		s.some.Wait() // want `s\.some\.Wait may take a wake-up along when getByDeadline gives up \(line 66\)`
		if time.Now().After(deadline) {
			return 0, false
		}
		if len(s.items) > 0 {
			return s.items[0], true
		}
	}
}

// The wake-up is passed on.
func (s *stock) getPassedOn(ctx context.Context) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.items) == 0 {
		s.some.Wait()
		if ctx.Err() != nil {
			s.some.Signal()
			return 0, ctx.Err()
		}
	}
	i := s.items[0]
	s.items = s.items[1:]
	return i, nil
}

// The state is tested first: who gives up was woken for nothing.
func (s *stock) getStateFirst(ctx context.Context) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.items) == 0 {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		s.some.Wait()
	}
	i := s.items[0]
	s.items = s.items[1:]
	return i, nil
}

// The same with a channel for the wake-ups.
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
	s.wake()
}

func (s *shelf) wake() {
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

func (s *shelf) getContextFirst(ctx context.Context) (int, error) {
	for {
		if i, ok := s.take(); ok {
			return i, nil
		}
		<-s.some // want `^the receive from s\.some may take a wake-up along when getContextFirst gives up \(line 146\); send it again before leaving, or test the state first$`
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
	}
}

func (s *shelf) getPassedOn(ctx context.Context) (int, error) {
	for {
		if i, ok := s.take(); ok {
			return i, nil
		}
		<-s.some
		if ctx.Err() != nil {
			s.wake()
			return 0, ctx.Err()
		}
	}
}

func (s *shelf) getSelect(ctx context.Context) (int, error) {
	for {
		if i, ok := s.take(); ok {
			return i, nil
		}
		select {
		case <-s.some:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// It leaves elsewhere than in the if statement, so no fix is offered.
func (s *stock) getOr(ctx context.Context) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.items) == 0 {
		s.some.Wait() // want `s\.some\.Wait may take a wake-up along when getOr gives up`
		if ctx.Err() == nil {
			continue
		}
		return 0
	}
	i := s.items[0]
	s.items = s.items[1:]
	return i
}
