package mpsc

import (
	"context"
	"iter"
	"runtime"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A Receiver is the handle of the receiving side of a channel. It is meant for
// one goroutine. Several may share it, and each value then goes to one of
// them; but see [Receiver.Ready].
type Receiver[T any] struct {
	q *queue[T]
}

func newReceiver[T any](q *queue[T]) *Receiver[T] {
	r := &Receiver[T]{q: q}
	// Not stopped by Close: it also drops what nobody can take any more.
	chans.AddCleanup(r, (*queue[T]).receiverGone, q)
	return r
}

func (r *Receiver[T]) queue() *queue[T] {
	if r == nil || r.q == nil {
		panic("mpsc: nil or zero Receiver; make one with New")
	}
	return r.q
}

// Recv returns the oldest value, and blocks while there is none. It returns
// [ErrClosed] when all senders are closed or the receiver is, every permit is
// used or released, and nothing is queued; that does not change any more.
// If ctx ends first, or has ended before the call, Recv returns its error and
// leaves every value where it is.
func (r *Receiver[T]) Recv(ctx context.Context) (T, error) {
	q := r.queue()
	var zero T
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	q.mu.Lock()
	if q.n == 0 {
		if err := q.await(ctx); err != nil {
			runtime.KeepAlive(r)
			return zero, err
		}
	}
	v := q.take()
	q.mu.Unlock()
	runtime.KeepAlive(r) // or else its cleanup might have dropped v
	return v, nil
}

// TryRecv returns the oldest value if there is one. Otherwise it returns
// [ErrClosed] under the conditions of [Receiver.Recv], or else [ErrEmpty].
func (r *Receiver[T]) TryRecv() (T, error) {
	q := r.queue()
	q.mu.Lock()
	if q.n > 0 {
		v := q.take()
		q.mu.Unlock()
		runtime.KeepAlive(r)
		return v, nil
	}
	sealed := q.sealed
	q.mu.Unlock()
	var zero T
	if sealed {
		return zero, ErrClosed
	}
	return zero, ErrEmpty
}

// RecvMany appends the oldest values to dst, at most limit of them, and
// returns the extended slice. It blocks while there is none, but not for more
// than one. If it returns an error, as [Receiver.Recv] does, dst is unchanged.
// With limit <= 0 it returns dst at once. It allocates nothing if dst has
// capacity for limit more values.
func (r *Receiver[T]) RecvMany(ctx context.Context, dst []T, limit int) ([]T, error) {
	q := r.queue()
	if limit <= 0 {
		return dst, nil
	}
	defer runtime.KeepAlive(r)
	if err := ctx.Err(); err != nil {
		return dst, err
	}
	q.mu.Lock()
	if err := q.await(ctx); err != nil {
		return dst, err
	}
	dst = q.takeMany(dst, limit)
	q.mu.Unlock()
	return dst, nil
}

// All returns the values as they come, until the channel is closed and drained
// or ctx ends; ctx.Err tells which. Leaving the loop early leaves the rest of
// the values in the channel.
func (r *Receiver[T]) All(ctx context.Context) iter.Seq[T] {
	r.queue()
	return func(yield func(T) bool) {
		for {
			v, err := r.Recv(ctx)
			if err != nil || !yield(v) {
				return
			}
		}
	}
}

// Drain returns the values that are queued when the loop starts, without
// blocking. To receive everything after [Receiver.Close], including what
// permits may still send, use [Receiver.All].
func (r *Receiver[T]) Drain() iter.Seq[T] {
	q := r.queue()
	return func(yield func(T) bool) {
		for range q.length() {
			v, err := r.TryRecv()
			if err != nil || !yield(v) {
				return
			}
		}
	}
}

// Ready returns a channel from which a receive succeeds once [Receiver.TryRecv]
// would not return [ErrEmpty]. It is for use in a select, where it must be
// called anew each time:
//
//	select {
//	case <-rx.Ready():
//		v, err := rx.TryRecv()
//	case <-other:
//	}
//
// If only one goroutine receives, the TryRecv that follows finds a value or
// the end. With several, it may find that another was faster; and a goroutine
// that receives from Ready must go on to call TryRecv, or one of the others
// may not learn of the value.
//
// Ready costs no allocation and no goroutine. The channel carries no values.
func (r *Receiver[T]) Ready() <-chan struct{} {
	q := r.queue()
	defer runtime.KeepAlive(r)
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.polled {
		q.polled = true
		q.listeners++
	}
	if q.n == 0 && !q.sealed {
		select {
		case <-q.ready: // a token for a value that was taken since
		default:
		}
	}
	q.passOn()
	return q.ready
}

// Close has all further sends return [ErrClosed], and those that wait. What is
// queued, and what permits may still send, can be received as before. Close is
// idempotent, never blocks, may be called at any time, and always returns nil.
func (r *Receiver[T]) Close() error {
	q := r.queue()
	defer runtime.KeepAlive(r)
	q.mu.Lock()
	q.closeReceiver()
	hook := q.nap.unhook()
	q.mu.Unlock()
	hook.Drop()
	return nil
}

// Closed reports whether the receiver is closed, or all senders are and every
// permit is used or released. There may still be values to receive.
func (r *Receiver[T]) Closed() bool { return r.queue().Stats().Closed }

// Len returns the number of values queued.
func (r *Receiver[T]) Len() int { return r.queue().length() }

// Cap returns the capacity given to [New], or 0 if there is no bound.
func (r *Receiver[T]) Cap() int { return r.queue().capacity() }

// Stats returns what the channel knows about itself.
func (r *Receiver[T]) Stats() chans.Stats { return r.queue().Stats() }

// String describes the state of the channel. It does not show values.
func (r *Receiver[T]) String() string { return r.queue().Stats().String() }
