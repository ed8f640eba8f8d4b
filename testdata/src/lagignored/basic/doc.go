// Package basic drops the signals of lost values, and next to it looks at
// them.
package basic

import "context"

// A cursor ends when there is no more, or when reading fails.
type cursor struct {
	rows []string
	err  error
}

func (c *cursor) Next() bool     { return len(c.rows) > 0 }
func (c *cursor) Row() string    { return c.rows[0] }
func (c *cursor) Err() error     { return c.err }
func (c *cursor) Close() error   { return nil }
func (c *cursor) skip(n int) int { return n }

func query(ctx context.Context) (*cursor, error) { return &cursor{}, ctx.Err() }

// A subscription closes its channel when it breaks, and Err says why.
type subscription interface {
	Events() <-chan string
	Err() error
	Unsubscribe()
}

func subscribe() subscription { return nil }

// An answer is a value or an error.
type answer struct {
	value string
	size  int
	err   error
}

func answers() <-chan answer { return nil }

func use(...any) {}
