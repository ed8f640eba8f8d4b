// Package generics has the mistakes in generic code.
package generics

import "context"

type stage[T any] struct {
	in   chan T
	subs map[int]chan T
	left chan int
}

func (s *stage[T]) end() { close(s.in) }

func (s *stage[T]) run(ctx context.Context, do func(T)) {
	for {
		select {
		case v := <-s.in: // want `s.in is closed \(line 12\)`
			do(v)
		case <-ctx.Done():
			return
		}
	}
}

type stageFixed[T any] struct{ in chan T }

func (s *stageFixed[T]) end() { close(s.in) }

func (s *stageFixed[T]) run(ctx context.Context, do func(T)) {
	for {
		select {
		case v, ok := <-s.in:
			if !ok {
				return
			}
			do(v)
		case <-ctx.Done():
			return
		}
	}
}

// A zero of a type that is not known may be what the loop waits for.
type until[T comparable] struct{ in chan T }

func (u *until[T]) end() { close(u.in) }

func (u *until[T]) run(last T) {
	for {
		if <-u.in == last {
			return
		}
	}
}

func instances() (*stage[int], *stageFixed[string], *until[int]) {
	return &stage[int]{}, &stageFixed[string]{}, &until[int]{}
}
