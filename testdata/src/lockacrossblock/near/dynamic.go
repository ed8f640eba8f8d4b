package near

import "sync"

// An observer is told of changes. The one of this package has a lock of its
// own.
type observer interface {
	changed(v int)
}

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) changed(v int) {
	c.mu.Lock()
	c.n += v
	c.mu.Unlock()
}

// A subject calls observers and callbacks.
type subject struct {
	mu        sync.Mutex
	observers []observer
	onChange  func(int)
	value     int
}

func newSubject() *subject {
	s := &subject{observers: []observer{&counter{}}}
	s.onChange = func(int) {}
	return s
}

func (s *subject) get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.value
}

// The implementation takes its own lock, for a moment.
func (s *subject) callInterfaceUnderLock(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = v
	for _, o := range s.observers {
		o.changed(v)
	}
}

// The observers are copied under the lock and called after it.
func (s *subject) callInterfaceAfterUnlock(v int) {
	s.mu.Lock()
	observers := append([]observer(nil), s.observers...)
	s.mu.Unlock()
	for _, o := range observers {
		o.changed(v)
	}
}

// All functions that the field is given in this package return at once.
func (s *subject) callFieldUnderLock(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onChange(v)
}

// Nothing is known of a function that comes from outside.
func (s *subject) callParameterUnderLock(f func(int) int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = f(s.value)
}

// A stack is generic; what it does under its lock does not wait.
type stack[T any] struct {
	mu    sync.Mutex
	items []T
	out   chan T
	sent  int
}

func newStack[T any]() *stack[T] {
	s := &stack[T]{out: make(chan T)}
	go func() {
		for range s.out {
			s.mu.Lock()
			s.sent++
			s.mu.Unlock()
		}
	}()
	return s
}

func (s *stack[T]) pop() (v T, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.items) == 0 {
		return v, false
	}
	v = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, true
}

// pop has returned its lock before the send.
func (s *stack[T]) popThenSend() {
	if v, ok := s.pop(); ok {
		s.out <- v
	}
}

// underLock returns what f finds under the lock.
func underLock[T any](mu sync.Locker, f func() T) T {
	mu.Lock()
	defer mu.Unlock()
	return f()
}

// The lock is the helper's, and the helper has returned.
func (s *stack[T]) sendResultOfHelper() {
	v := underLock(&s.mu, func() T { return s.items[0] })
	s.out <- v
}

// offer does not wait, for any type.
func offer[T any](ch chan<- T, v T) bool {
	select {
	case ch <- v:
		return true
	default:
		return false
	}
}

func (s *stack[T]) offerUnderLock(v T) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return offer(s.out, v)
}
