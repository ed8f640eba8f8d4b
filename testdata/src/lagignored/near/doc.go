// Package near only looks as if signals of lost values were dropped.
package near

import (
	"context"
	"errors"
)

type cursor struct{ n int }

func (c *cursor) Next() bool   { return c.n > 0 }
func (c *cursor) Row() string  { return "" }
func (c *cursor) Err() error   { return failed }
func (c *cursor) Close() error { return errors.New("closed") }

func query() *cursor { return &cursor{} }

type answer struct {
	value string
	err   error
}

func (a answer) text() (string, error) { return a.value, a.err }

func answers() <-chan answer { return nil }

type subscription interface {
	Events() <-chan string
	Err() error
}

func subscribe(ctx context.Context) (subscription, error) { return nil, nil }

func use(...any) {}

// failed is what has gone wrong.
var failed error
