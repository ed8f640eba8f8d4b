package mpmc

import (
	"context"
	"iter"
	"sync/atomic"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A Receiver takes values from a queue, each of which goes to one receiver.
// Senders are refused when each of its receivers is closed; see
// [Receiver.Clone] for more of them. It may be used by many goroutines.
type Receiver[T any] struct {
	q      *queue[T]
	closed atomic.Bool // changes under q.mu
}

// queue returns what r stands for, for the method named.
func (r *Receiver[T]) queue(method string) *queue[T] {
	if r == nil || r.q == nil {
		panic("mpmc: " + method + " of a Receiver that New did not make")
	}
	return r.q
}

// C returns the channel of the queue, for range and select. It is closed when
// the queue has ended, and always the same, until r is closed: then C returns
// a closed channel.
//
// Closing a receiver does not stop those who hold the channel already.
func (r *Receiver[T]) C() <-chan T {
	q := r.queue("C")
	if r.closed.Load() {
		ended := make(chan T)
		close(ended)
		return ended
	}
	return q.ch
}

// Recv returns the next value, and waits for it if need be. Otherwise it
// returns [ErrClosed] if every sender is closed and nothing is queued, or if r
// is closed; or else the error of ctx, once ctx has ended.
func (r *Receiver[T]) Recv(ctx context.Context) (v T, err error) {
	q := r.queue("Recv")
	if err := ctx.Err(); err != nil {
		return v, err
	}
	if r.closed.Load() {
		return v, ErrClosed
	}
	select {
	case v, ok := <-q.ch:
		return received(v, ok)
	default: // a select over more cases costs three times as much
	}
	select {
	case v, ok := <-q.ch:
		return received(v, ok)
	case <-ctx.Done():
		q.cancelled.Add(1)
		return v, ctx.Err()
	}
}

// TryRecv is Recv without waiting: it returns [ErrEmpty] if there is no value
// yet.
func (r *Receiver[T]) TryRecv() (v T, err error) {
	q := r.queue("TryRecv")
	if r.closed.Load() {
		return v, ErrClosed
	}
	select {
	case v, ok := <-q.ch:
		return received(v, ok)
	default:
		return v, ErrEmpty
	}
}

func received[T any](v T, ok bool) (T, error) {
	if !ok {
		return v, ErrClosed
	}
	return v, nil
}

// All returns the values as they arrive, until the queue ends, r is closed, or
// ctx ends; ask ctx.Err which. Nothing is lost by leaving the loop early.
func (r *Receiver[T]) All(ctx context.Context) iter.Seq[T] {
	r.queue("All")
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
// waiting for more.
func (r *Receiver[T]) Drain() iter.Seq[T] {
	q := r.queue("Drain")
	return func(yield func(T) bool) {
		for range len(q.ch) {
			v, err := r.TryRecv()
			if err != nil || !yield(v) {
				return
			}
		}
	}
}

// Clone returns another receiver of the queue, which must be closed as well.
// The clone of a closed receiver is closed.
func (r *Receiver[T]) Clone() *Receiver[T] {
	q := r.queue("Clone")
	q.mu.Lock()
	defer q.mu.Unlock()
	clone := &Receiver[T]{q: q}
	if r.closed.Load() {
		clone.closed.Store(true)
	} else {
		q.receivers++
	}
	return clone
}

// Close gives up r. Closing the last receiver ends the queue: senders get
// [ErrClosed], also where they wait, and what is queued is dropped. To close
// again does nothing. The error is always nil.
func (r *Receiver[T]) Close() error {
	q := r.queue("Close")
	q.mu.Lock()
	closed := r.closed.Swap(true)
	q.mu.Unlock()
	if !closed {
		q.dropReceiver()
	}
	return nil
}

// Len returns how many values are queued.
func (r *Receiver[T]) Len() int { return len(r.queue("Len").ch) }

// Stats returns what the queue knows about itself.
func (r *Receiver[T]) Stats() chans.Stats { return r.queue("Stats").Stats() }
