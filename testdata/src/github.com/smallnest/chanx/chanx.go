// Package chanx stands for the module of that name: what the test data uses of
// it.
package chanx

import "context"

type UnboundedChan[T any] struct{ In chan<- T }

func NewUnboundedChan[T any](ctx context.Context, initCapacity int) *UnboundedChan[T] {
	return &UnboundedChan[T]{}
}
