// Package generics holds locks of generic types across operations of generic
// functions. What is found in a type is found once, for all its instances.
package generics

import (
	"cmp"
	"sync"
)

// A store sends what it keeps to a reader that takes the lock.
type store[K comparable, V any] struct {
	mu      sync.RWMutex
	values  map[K]V
	changes chan K
	next    *store[K, V]
}

func newStore[K comparable, V any]() *store[K, V] {
	s := &store[K, V]{values: map[K]V{}, changes: make(chan K)}
	go s.follow()
	return s
}

func (s *store[K, V]) follow() {
	for k := range s.changes {
		s.mu.RLock()
		_ = s.values[k]
		s.mu.RUnlock()
	}
}

func (s *store[K, V]) setUnderLock(k K, v V) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[k] = v
	s.changes <- k // want `^s\.mu, locked on line 33, is held across this send, which may block, and its receiver needs that lock \(line 26\); unlock it first$`
}

func (s *store[K, V]) setAfterUnlock(k K, v V) {
	s.mu.Lock()
	s.values[k] = v
	s.mu.Unlock()
	s.changes <- k
}

func (s *store[K, V]) get(k K) V {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.values[k]
}

func (s *store[K, V]) getAgain(k K) V {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(k) // want `^s\.mu, locked on line 53, is read-locked again by the call to get \(line 47\), which waits for itself; unlock it first$`
}

// The store behind this one has another lock.
func (s *store[K, V]) getNext(k K) V {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.next.get(k)
}

// Instances, in and outside of generic functions.

func copyAll[K cmp.Ordered, V any](from, to *store[K, V]) {
	from.mu.Lock()
	defer from.mu.Unlock()
	for k := range from.values {
		to.changes <- k // want `from\.mu, locked`
	}
}

func copyKeys[K cmp.Ordered, V any](from, to *store[K, V]) {
	from.mu.RLock()
	keys := make([]K, 0, len(from.values))
	for k := range from.values {
		keys = append(keys, k)
	}
	from.mu.RUnlock()
	for _, k := range keys {
		to.changes <- k
	}
}

type names = store[string, int]

func setName(s *names) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changes <- "name" // want `s\.mu`
}

func setNameAfterUnlock(s *names) {
	s.mu.Lock()
	s.values["name"] = 1
	s.mu.Unlock()
	s.changes <- "name"
}

// A locked value is used by functions that run under its lock.
type locked[T any] struct {
	mu    sync.Mutex
	value T
	full  chan T
}

func (l *locked[T]) with(f func(*T)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f(&l.value)
}

func (l *locked[T]) load() T {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.value
}

func loadInsideWith(l *locked[int]) {
	l.with(func(n *int) {
		*n += l.load() // miss: locks that a callback takes are not held against those of who calls it back
	})
}

func loadBeforeWith(l *locked[int]) {
	more := l.load()
	l.with(func(n *int) { *n += more })
}

// A lock that is a type parameter.
func sendUnderAny[L sync.Locker](mu L, out chan<- int) {
	mu.Lock()
	defer mu.Unlock()
	out <- 1 // nobody is seen to take the lock
}

type embedding[T any] struct {
	locked[T]
}

func (e *embedding[T]) read() {
	for v := range e.full {
		e.mu.Lock()
		e.value = v
		e.mu.Unlock()
	}
}

func (e *embedding[T]) sendPromoted(v T) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.full <- v // want `e\.mu`
}

func (e *embedding[T]) sendPromotedAfterUnlock(v T) {
	e.mu.Lock()
	e.value = v
	e.mu.Unlock()
	e.full <- v
}
