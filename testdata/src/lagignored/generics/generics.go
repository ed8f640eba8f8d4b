// Package generics has signals on generic types.
package generics

type cursor[T any] struct {
	rows []T
	err  error
}

func (c *cursor[T]) Next() bool { return len(c.rows) > 0 }
func (c *cursor[T]) Close()     {}
func (c *cursor[T]) Row() T     { return c.rows[0] }
func (c *cursor[T]) Err() error { return c.err }

func query[T any]() *cursor[T] { return &cursor[T]{} }

func unchecked[T any]() (all []T) {
	c := query[T]()
	for c.Next() { // want `c.Next is used but c.Err is never checked`
		all = append(all, c.Row())
	}
	return all
}

func checked[T any]() (all []T, err error) {
	c := query[T]()
	for c.Next() {
		all = append(all, c.Row())
	}
	return all, c.Err()
}

type holder[T any] struct{ in *cursor[T] }

func (h *holder[T]) open() { h.in = query[T]() }

func (h *holder[T]) read() (all []T) {
	for h.in.Next() { // want `h.in.Next is used but h.in.Err is never checked`
		all = append(all, h.in.Row())
	}
	return all
}

type result[T any] struct {
	value T
	err   error
}

func results[T any]() <-chan result[T] { return nil }

func instance() (all []int) {
	for r := range results[int]() {
		all = append(all, r.value) // want `r.value is used but r.err is never looked at`
	}
	return all
}

func helper[T any](c *cursor[T]) (n int) {
	for c.Next() {
		n++
	}
	return n
}

func helped() error {
	c := query[string]()
	helper(c)
	return c.Err()
}
