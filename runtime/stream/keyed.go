package stream

import (
	"context"
	"iter"
	"sync"
)

// A Map merges sources that come and go, each under a key. It must be closed. It
// may be used by many goroutines, but a source must not remove itself.
//
// Use it for connections, subscriptions or tenants whose number changes while
// the loop runs; [Merge] is simpler if it does not.
type Map[K comparable, T any] struct {
	ctx context.Context
	out chan Item[K, T]

	mu      sync.Mutex
	sources map[K]*member[T]
	idle    chan struct{} // closed while there are no sources
	closed  bool
}

// An Item is a value with the key of its source.
type Item[K comparable, T any] struct {
	Key   K
	Value T
}

// A member is a source of a Map.
type member[T any] struct {
	ctx    context.Context
	cancel context.CancelFunc
	halt   chan struct{}
	done   chan struct{} // closed when the goroutine has ended
	unread []T           // at most one; belongs to the goroutine until done
}

// NewMap returns a Map without sources. Those it will have end with ctx.
func NewMap[K comparable, T any](ctx context.Context) *Map[K, T] {
	idle := make(chan struct{})
	close(idle)
	return &Map[K, T]{ctx: ctx, out: make(chan Item[K, T]), sources: make(map[K]*member[T]), idle: idle}
}

// Insert adds a source. It first removes the one that has the key, if any, as
// [Map.Remove] does, and returns what that returns. If m is closed, Insert does nothing
// and returns [ErrClosed].
func (m *Map[K, T]) Insert(key K, src Source[T]) (unread []T, err error) {
	m.mu.Lock()
	if m.closed {
		m.mu.Unlock()
		return nil, ErrClosed
	}
	ctx, cancel := context.WithCancel(m.ctx)
	s := &member[T]{ctx: ctx, cancel: cancel, halt: make(chan struct{}), done: make(chan struct{})}
	old := m.sources[key]
	if len(m.sources) == 0 {
		m.idle = make(chan struct{})
	}
	m.sources[key] = s
	m.mu.Unlock()
	if old != nil {
		unread = old.stop()
	}
	go m.run(key, s, src)
	return unread, nil
}

// run passes on the values of a source.
func (m *Map[K, T]) run(key K, s *member[T], src Source[T]) {
	defer close(s.done)
	defer m.forget(key, s)
	defer s.cancel()
	for v := range src(s.ctx) {
		select {
		case m.out <- Item[K, T]{key, v}:
		case <-s.halt:
			s.unread = append(s.unread, v)
			return
		}
	}
}

// stop ends a source, waits until it has ended, and returns what it had read.
func (s *member[T]) stop() []T {
	close(s.halt)
	s.cancel()
	<-s.done
	return s.unread
}

// forget deletes s, unless it was removed or replaced.
func (m *Map[K, T]) forget(key K, s *member[T]) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.sources[key] != s {
		return false
	}
	delete(m.sources, key)
	if len(m.sources) == 0 {
		close(m.idle)
	}
	return true
}

// Remove ends the source that has the key, and waits until it has ended. From
// then on m gives none of its values. Remove returns the value that was read but
// not given, if any: at most one. A source that ended by itself is gone without.
func (m *Map[K, T]) Remove(key K) (unread []T) {
	m.mu.Lock()
	s := m.sources[key]
	m.mu.Unlock()
	if s == nil || !m.forget(key, s) {
		return nil
	}
	return s.stop()
}

// Has reports whether there is a source with that key that has not ended.
func (m *Map[K, T]) Has(key K) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sources[key] != nil
}

// Len returns how many sources there are that have not ended.
func (m *Map[K, T]) Len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.sources)
}

// Next returns the next value of any source, and waits for it if need be. It
// returns [ErrClosed] if there is no source left, which another Insert changes,
// or else the error of ctx, once ctx has ended. Sources that all have values
// take turns.
func (m *Map[K, T]) Next(ctx context.Context) (key K, v T, err error) {
	if err := ctx.Err(); err != nil {
		return key, v, err
	}
	m.mu.Lock()
	idle := m.idle
	m.mu.Unlock()
	select {
	case it := <-m.out:
		return it.Key, it.Value, nil
	case <-idle:
		return key, v, ErrClosed
	case <-ctx.Done():
		return key, v, ctx.Err()
	}
}

// NextMany is [Map.Next] for up to limit values, which it appends to dst. It
// waits for the first only, and takes the others if they are there: as a rule
// not more than one of each source.
func (m *Map[K, T]) NextMany(ctx context.Context, dst []Item[K, T], limit int) ([]Item[K, T], error) {
	if limit < 1 {
		return dst, nil
	}
	key, v, err := m.Next(ctx)
	if err != nil {
		return dst, err
	}
	dst = append(dst, Item[K, T]{key, v})
	for range limit - 1 {
		select {
		case it := <-m.out:
			dst = append(dst, it)
		default:
			return dst, nil
		}
	}
	return dst, nil
}

// All returns the values of all sources with their keys, until there is no source
// left or ctx ends. Nothing is lost by leaving the loop early.
func (m *Map[K, T]) All(ctx context.Context) iter.Seq2[K, T] {
	return func(yield func(K, T) bool) {
		for {
			key, v, err := m.Next(ctx)
			if err != nil || !yield(key, v) {
				return
			}
		}
	}
}

// Close removes all sources and returns what was read but not given, at most one
// value of each. No source can be added any more. To close again does nothing.
func (m *Map[K, T]) Close() (unread []Item[K, T]) {
	m.mu.Lock()
	m.closed = true
	sources := m.sources
	m.sources = make(map[K]*member[T])
	if len(sources) > 0 {
		close(m.idle)
	}
	m.mu.Unlock()
	for _, s := range sources {
		s.cancel() // all at once
	}
	for key, s := range sources {
		for _, v := range s.stop() {
			unread = append(unread, Item[K, T]{key, v})
		}
	}
	return unread
}
