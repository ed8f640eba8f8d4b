package watch

import (
	"context"
	"sync/atomic"

	"github.com/chanlint/chanlint/runtime/internal/ctxhook"
)

// A cursor is the state of a [Receiver]. It is apart from the handle, so that a
// handle can become garbage while the cursor is on a list of those to wake.
type cursor[T any] struct {
	w      *watch[T]
	seen   atomic.Uint64 // version; 0 after MarkChanged
	closed atomic.Bool   // written under w.mu

	own     bell // for wait; used by one goroutine at a time, who has set busy
	changed bell // for Changed, and for all others who wait

	busy atomic.Bool
	hook ctxhook.Hook // guarded by busy
}

func newCursor[T any](w *watch[T], seen uint64) *cursor[T] {
	c := &cursor[T]{w: w, changed: bell{once: true}}
	c.seen.Store(seen)
	return c
}

// mark notes that version was seen. It never goes back.
func (c *cursor[T]) mark(version uint64) {
	for {
		seen := c.seen.Load()
		if seen >= version || c.seen.CompareAndSwap(seen, version) {
			return
		}
	}
}

// take returns the value if it was not seen, and marks it. Of several who race
// for it, one gets it.
func (c *cursor[T]) take() (v T, err error) {
	for {
		seen := c.seen.Load()
		s := c.w.cur.Load()
		switch {
		case c.closed.Load():
			return v, ErrClosed
		case s.version > seen:
			if c.seen.CompareAndSwap(seen, s.version) {
				return s.val, nil
			}
		case s.closed:
			return v, ErrClosed
		default:
			return v, ErrEmpty
		}
	}
}

// wait returns nil when there may be something newer than version, or something
// was closed, and ctx.Err() if ctx has ended and there is nothing.
func (c *cursor[T]) wait(ctx context.Context, version uint64) error {
	if err := ctx.Err(); err != nil {
		c.w.cancelled.Add(1)
		return err
	}
	if !c.busy.CompareAndSwap(false, true) {
		// Another goroutine waits on this receiver.
		select {
		case <-c.changedSince(version):
		case <-ctx.Done():
		}
		return nil
	}
	if c.enlist(&c.own, version) {
		c.hook.Wait(ctx, c.own.ch)
	}
	c.leave()
	return nil
}

// leave ends the use of own and hook. If c was closed meanwhile, the closer
// could not take the hook down; whoever of the two comes second does.
func (c *cursor[T]) leave() {
	c.busy.Store(false)
	if c.closed.Load() {
		c.unhook()
	}
}

// unhook takes the hook down, unless a goroutine is using it.
func (c *cursor[T]) unhook() {
	if c.busy.CompareAndSwap(false, true) {
		c.hook.Drop()
		c.busy.Store(false)
	}
}

// changedSince returns a channel that is closed when there is something newer
// than version, or something was closed.
func (c *cursor[T]) changedSince(version uint64) <-chan struct{} {
	c.w.mu.Lock()
	defer c.w.mu.Unlock()
	if !c.enlistLocked(&c.changed, version) {
		return closedChan
	}
	return c.changed.ch
}

// enlist has b rung at the next change. It reports false, and does nothing, if
// there is no need to wait.
func (c *cursor[T]) enlist(b *bell, version uint64) bool {
	c.w.mu.Lock()
	defer c.w.mu.Unlock()
	return c.enlistLocked(b, version)
}

func (c *cursor[T]) enlistLocked(b *bell, version uint64) bool {
	w := c.w
	if s := w.cur.Load(); s.version > version || s.closed || c.closed.Load() {
		return false
	}
	switch {
	case b.once && b.at == 0:
		b.ch = make(chan struct{}) // the last one is closed
	case b.ch == nil:
		b.ch = make(chan struct{}, 1)
	}
	if w.waiting == nil {
		w.waiting = new(waitList)
	}
	w.waiting.add(b)
	return true
}

// ring wakes those who wait on c, and only those.
func (c *cursor[T]) ring() {
	c.w.mu.Lock()
	defer c.w.mu.Unlock()
	c.ringLocked()
}

func (c *cursor[T]) ringLocked() {
	if w := c.w; w.waiting != nil {
		if w.waiting.remove(&c.changed) {
			close(c.changed.ch)
		}
		w.waiting.remove(&c.own)
	}
	if c.own.ch != nil {
		token(c.own.ch)
	}
}

// close takes a receiver away, and reports whether it was open.
func (c *cursor[T]) close() bool {
	w := c.w
	w.mu.Lock()
	if c.closed.Load() {
		w.mu.Unlock()
		return false
	}
	c.closed.Store(true)
	c.ringLocked()
	if w.receivers--; w.receivers == 0 && w.idle != nil {
		close(w.idle)
		w.idle = nil
	}
	w.mu.Unlock()
	c.unhook()
	return true
}
