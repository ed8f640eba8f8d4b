package mpsc

import (
	"math"

	"github.com/chanlint/chanlint/runtime/chans"
)

// The errors that the methods of this package return, which are those of
// package chans.
var (
	ErrClosed  = chans.ErrClosed
	ErrFull    = chans.ErrFull
	ErrEmpty   = chans.ErrEmpty
	ErrTimeout = chans.ErrTimeout
	ErrTooMany = chans.ErrTooMany
)

// New returns the two sides of a channel that holds up to capacity values.
// Memory for all of them is allocated at once. It panics if capacity is less
// than 1: for a rendezvous, use a native channel without a buffer.
func New[T any](capacity int, opts ...chans.Option) (*Sender[T], *Receiver[T]) {
	if capacity < 1 {
		panic("mpsc: New called with a capacity less than 1")
	}
	q := newQueue[T](capacity, capacity, opts)
	return newSender(q), newReceiver(q)
}

// NewUnbounded returns the two sides of a channel without a bound, on which
// sends never wait. Its memory grows and shrinks with the number of values
// queued. Without a bound nothing slows down senders that are faster than the
// receiver, until memory runs out; use it only where something else limits the
// number of values, and say in a comment what that is.
func NewUnbounded[T any](opts ...chans.Option) (*Sender[T], *Receiver[T]) {
	q := newQueue[T](math.MaxInt, 0, opts)
	return newSender(q), newReceiver(q)
}
