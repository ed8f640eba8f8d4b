package chans

import (
	"context"
	"errors"
	"strconv"
)

// The errors that all primitives share. Each primitive re-exports those it
// returns, so that errors.Is works with either name. A call that ends because
// its context ended returns the error of that context instead.
var (
	// ErrClosed reports that the other side is gone: a send found no
	// receiver left, or a receive found no sender and nothing queued.
	ErrClosed = errors.New("chans: closed")

	// ErrFull reports that a send that may not wait found no room.
	ErrFull = errors.New("chans: full")

	// ErrEmpty reports that a receive that may not wait found no value.
	ErrEmpty = errors.New("chans: empty")

	// ErrLagged reports that values were overwritten before the receiver
	// read them. The error returned is a [*LaggedError], which says how many.
	ErrLagged = errors.New("chans: receiver lagged")

	// ErrNoReceivers reports that a value was sent while nobody listened.
	ErrNoReceivers = errors.New("chans: no receivers")

	// ErrTooMany reports that a call asked for more than the channel can
	// ever hold, so that waiting would never end.
	ErrTooMany = errors.New("chans: more than the capacity")

	// ErrTimeout reports that a call with a duration gave up at its end.
	// It matches context.DeadlineExceeded, and has a Timeout method that
	// returns true, as os.IsTimeout and many others look for.
	ErrTimeout error = timeoutError{}
)

// A LaggedError reports that a receiver was too slow and lost values. The
// receiver stays usable and goes on with the oldest value still there.
// It matches [ErrLagged].
type LaggedError struct {
	Missed uint64 // how many values the receiver lost, exactly
}

func (e *LaggedError) Error() string {
	return "chans: receiver lagged and missed " + strconv.FormatUint(e.Missed, 10) + " values"
}

// Is reports whether target is [ErrLagged].
func (e *LaggedError) Is(target error) bool { return target == ErrLagged }

type timeoutError struct{}

func (timeoutError) Error() string        { return "chans: timed out" }
func (timeoutError) Timeout() bool        { return true }
func (timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }
