// Package concurrency stands for the package of that name: what the test data
// uses of it.
package concurrency

import "context"

type GetResponse struct{ Leader string }

type Election struct{ c chan GetResponse }

func (e *Election) Observe(ctx context.Context) <-chan GetResponse { return e.c }
