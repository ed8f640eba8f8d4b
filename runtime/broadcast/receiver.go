package broadcast

import (
	"context"
	"errors"
	"iter"
	"runtime"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A Receiver gets each value sent since it was made, in the order in which
// they were sent, unless it falls behind by more than the capacity of the
// channel. It must be closed. Goroutines that use one receiver share its
// values; to give each goroutine all values, give each a receiver.
//
//chanlint:lagsignal ErrLagged LaggedError
type Receiver[T any] struct {
	cursor *cursor[T]
	net    runtime.Cleanup
}

func newReceiver[T any](c *cursor[T]) *Receiver[T] {
	r := &Receiver[T]{cursor: c}
	r.net = chans.AddCleanup(r, (*cursor[T]).leak, c)
	return r
}

// state returns what r stands for, for the method named.
func (r *Receiver[T]) state(method string) *cursor[T] {
	if r == nil || r.cursor == nil {
		panic("broadcast: " + method + " of a Receiver that neither New nor Subscribe made")
	}
	return r.cursor
}

// Recv returns the next value, and waits for it if need be. Otherwise it
// returns
//
//   - a [*LaggedError] if values were lost: the next call returns the oldest
//     one that is left;
//   - [ErrClosed] at the end of the channel, or if r is closed;
//   - the error of ctx once ctx has ended: r has not moved.
func (r *Receiver[T]) Recv(ctx context.Context) (v T, err error) {
	c := r.state("Recv")
	if err := ctx.Err(); err != nil {
		return v, err
	}
	c.ring.mu.Lock()
	v, ok := c.take()
	c.ring.mu.Unlock()
	if !ok {
		v, err = c.receive(ctx)
		runtime.KeepAlive(r) // the garbage collector must not close r meanwhile
	}
	return v, err
}

// TryRecv is Recv without waiting: it returns [ErrEmpty] if there is no value
// yet.
func (r *Receiver[T]) TryRecv() (v T, err error) {
	c := r.state("TryRecv")
	c.ring.mu.Lock()
	v, ok := c.take()
	if !ok {
		err = c.miss()
	}
	c.ring.mu.Unlock()
	return v, err
}

// RecvMany waits for at least one value, appends what there is to dst, but no
// more than limit, and returns the longer slice. Its errors are those of
// [Receiver.Recv]; with an error it returns dst as it was. A limit below 1
// takes nothing and does not wait.
func (r *Receiver[T]) RecvMany(ctx context.Context, dst []T, limit int) ([]T, error) {
	c := r.state("RecvMany")
	if limit < 1 {
		return dst, nil
	}
	if err := ctx.Err(); err != nil {
		return dst, err
	}
	if err := c.await(ctx); err != nil {
		return dst, err
	}
	defer c.ring.mu.Unlock()
	runtime.KeepAlive(r) // as in Recv
	dst, ok := c.takeMany(dst, limit)
	if !ok {
		return dst, c.miss()
	}
	return dst, nil
}

// All returns the values as they arrive, until the channel ends, r is closed,
// or ctx ends; ask ctx.Err which. Values that were lost are reported in their
// place: the error of an item is nil or a [*LaggedError], in which case the
// value is the zero value and the loop goes on. Nothing is lost by leaving the
// loop early: r goes on after the last item.
func (r *Receiver[T]) All(ctx context.Context) iter.Seq2[T, error] {
	r.state("All")
	return func(yield func(T, error) bool) {
		for {
			v, err := r.Recv(ctx)
			if err != nil && !errors.Is(err, ErrLagged) {
				return // the end
			}
			if !yield(v, err) {
				return
			}
		}
	}
}

// Ready returns a channel that is closed when TryRecv would not return
// [ErrEmpty], which may be now. It is for one wait: call Ready anew each time,
// in the select itself:
//
//	select {
//	case <-rx.Ready():
//		v, err := rx.TryRecv()
//		...
//	case <-tick:
//	}
//
// If other goroutines use r, they may be faster to TryRecv.
func (r *Receiver[T]) Ready() <-chan struct{} {
	c := r.state("Ready")
	c.ring.mu.Lock()
	defer c.ring.mu.Unlock()
	if c.readable() {
		return alwaysReady
	}
	if c.ready == nil || !c.ring.waiting.has(c.ready) {
		c.ready = newBell(c)
		c.ring.waiting.push(c.ready)
	}
	return c.ready.wake
}

// Resubscribe returns a new receiver of the same channel. It gets the values
// sent from now on, however far behind r is, and leaves r alone. It works as
// well if r is closed; if the channel is closed, so is the new receiver.
func (r *Receiver[T]) Resubscribe() *Receiver[T] {
	return r.state("Resubscribe").ring.subscribe()
}

// Len returns how many values were sent since the last one that r read. It is
// more than the capacity if r has lagged and was not told yet.
func (r *Receiver[T]) Len() int {
	c := r.state("Len")
	c.ring.mu.Lock()
	defer c.ring.mu.Unlock()
	return int(c.behind())
}

// Closed reports whether no value will be sent any more, or r itself is
// closed. Values may still be left to read.
func (r *Receiver[T]) Closed() bool {
	c := r.state("Closed")
	c.ring.mu.Lock()
	defer c.ring.mu.Unlock()
	return c.closed || c.ring.senders == 0
}

// Close gives up r. Calls that wait on it, and later ones, return [ErrClosed].
// To close again does nothing. The error is always nil.
func (r *Receiver[T]) Close() error {
	c := r.state("Close")
	r.net.Stop()
	c.ring.drop(c, false)
	return nil
}

// Same reports whether r and other receive from the same channel.
func (r *Receiver[T]) Same(other *Receiver[T]) bool {
	return r.state("Same").ring == other.state("Same").ring
}

// Stats returns what the channel knows about itself.
func (r *Receiver[T]) Stats() chans.Stats { return r.state("Stats").ring.Stats() }
