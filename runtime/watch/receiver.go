package watch

import (
	"context"
	"iter"
	"runtime"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A Receiver reads the value of a watch, and remembers which version it has
// seen. It is made by [New], [Sender.Subscribe] or Clone.
type Receiver[T any] struct {
	w       *watch[T]
	c       *cursor[T]
	cleanup runtime.Cleanup
}

// newReceiver adds a receiver to w that has seen the given version. w.mu is
// held.
func newReceiver[T any](w *watch[T], seen uint64) *Receiver[T] {
	w.receivers++
	r := &Receiver[T]{w: w, c: newCursor(w, seen)}
	r.cleanup = chans.AddCleanup(r, func(c *cursor[T]) {
		if c.close() {
			c.w.countLeak("watch.Receiver")
		}
	}, r.c)
	return r
}

// Get returns the value. It does not mark it as seen. It works after Close.
func (r *Receiver[T]) Get() T {
	r.check("Get")
	return r.w.cur.Load().val
}

// GetAndMark returns the value and marks it as seen.
func (r *Receiver[T]) GetAndMark() T {
	r.check("GetAndMark")
	s := r.w.cur.Load()
	r.c.mark(s.version)
	return s.val
}

// HasChanged reports whether there is a value that r has not seen. The error is
// [ErrClosed] if the watch or r is closed, whatever r has seen, and else nil.
func (r *Receiver[T]) HasChanged() (bool, error) {
	r.check("HasChanged")
	s := r.w.cur.Load()
	changed := s.version > r.c.seen.Load()
	if s.closed || r.c.closed.Load() {
		return changed, ErrClosed
	}
	return changed, nil
}

// Changed returns a channel that is closed when there is a value that r has not
// seen, or when the watch or r is closed. It is for a select, where TryNext then
// gives the value:
//
//	case <-rx.Changed():
//		v, err := rx.TryNext()
//
// Call it anew in each select. It does not mark anything as seen, so that it
// fires again until the value was taken; and it fires always once TryNext
// returns [ErrClosed], which should end the loop.
func (r *Receiver[T]) Changed() <-chan struct{} {
	r.check("Changed")
	defer runtime.KeepAlive(r)
	return r.c.changedSince(r.c.seen.Load())
}

// TryNext returns the value if r has not seen it, and marks it as seen. Else it
// returns [ErrEmpty], or [ErrClosed] if there will be no other.
func (r *Receiver[T]) TryNext() (T, error) {
	r.check("TryNext")
	defer runtime.KeepAlive(r)
	return r.c.take()
}

// Next returns the newest value that r has not seen, and marks it as seen. It
// waits for one until the watch or r is closed, and then returns [ErrClosed], or
// until ctx ends, and then returns ctx.Err(). With an error nothing is marked.
func (r *Receiver[T]) Next(ctx context.Context) (T, error) {
	r.check("Next")
	defer runtime.KeepAlive(r) // while it waits, it is in use
	for {
		seen := r.c.seen.Load()
		v, err := r.c.take()
		if err != ErrEmpty {
			return v, err
		}
		if err := r.c.wait(ctx, seen); err != nil {
			return v, err
		}
	}
}

// WaitFor returns the first value it sees for which ok reports true. It looks at
// the present value first, even if r has seen it or the watch is closed, and
// waits for others until the watch or r is closed, and then returns [ErrClosed],
// or until ctx ends, and then returns ctx.Err(). It marks the values it looked
// at as seen. Values that are replaced quickly may never be looked at.
//
// ok is not called under a lock.
func (r *Receiver[T]) WaitFor(ctx context.Context, ok func(T) bool) (T, error) {
	r.check("WaitFor")
	defer runtime.KeepAlive(r)
	for {
		s := r.w.cur.Load()
		r.c.mark(s.version)
		if ok(s.val) {
			return s.val, nil
		}
		var err error
		if s.closed || r.c.closed.Load() {
			err = ErrClosed
		} else {
			err = r.c.wait(ctx, s.version)
		}
		if err != nil {
			var zero T
			return zero, err
		}
	}
}

// Values returns a sequence of the present value and then each newest value that
// r has not seen. It ends when the watch or r is closed or when ctx ends, which
// ctx.Err tells. After a break, r goes on where the sequence stopped.
func (r *Receiver[T]) Values(ctx context.Context) iter.Seq[T] {
	r.check("Values")
	return func(yield func(T) bool) {
		if r.c.closed.Load() || !yield(r.GetAndMark()) {
			return
		}
		r.Changes(ctx)(yield)
	}
}

// Changes is Values without the present value, unless r has not seen it.
func (r *Receiver[T]) Changes(ctx context.Context) iter.Seq[T] {
	r.check("Changes")
	return func(yield func(T) bool) {
		for {
			v, err := r.Next(ctx)
			if err != nil || !yield(v) {
				return
			}
		}
	}
}

// MarkChanged makes the present value unseen: it will be given once more.
func (r *Receiver[T]) MarkChanged() {
	r.check("MarkChanged")
	defer runtime.KeepAlive(r)
	r.c.seen.Store(0)
	r.c.ring()
}

// MarkSeen makes the present value seen, without a look at it.
func (r *Receiver[T]) MarkSeen() {
	r.check("MarkSeen")
	r.c.mark(r.w.cur.Load().version)
}

// Clone returns another receiver of the same watch, which has seen what r has
// seen, and which is to be closed too. The clone of a closed receiver is closed.
func (r *Receiver[T]) Clone() *Receiver[T] {
	r.check("Clone")
	defer runtime.KeepAlive(r)
	r.w.mu.Lock()
	defer r.w.mu.Unlock()
	if r.c.closed.Load() {
		return &Receiver[T]{w: r.w, c: r.c}
	}
	return newReceiver(r.w, r.c.seen.Load())
}

// Close closes r. Calls that wait on it return [ErrClosed]. Get still works.
func (r *Receiver[T]) Close() {
	r.check("Close")
	if r.c.close() {
		r.cleanup.Stop()
	}
}

// Stats returns the state of the watch, as [Sender.Stats] does.
func (r *Receiver[T]) Stats() chans.Stats {
	r.check("Stats")
	return r.w.Stats()
}

// check panics if r was not made by this package.
func (r *Receiver[T]) check(op string) {
	if r == nil || r.w == nil {
		panic(unmade("Receiver", op))
	}
}
