package broadcast

import "context"

// receive is the way to a value when take had none. The mutex is not held.
func (c *cursor[T]) receive(ctx context.Context) (v T, err error) {
	if err := c.await(ctx); err != nil {
		return v, err
	}
	defer c.ring.mu.Unlock()
	v, ok := c.take()
	if !ok {
		err = c.miss()
	}
	return v, err
}

// await blocks until the cursor is readable, and returns with the mutex held;
// or until ctx ends, and returns its error and without the mutex.
func (c *cursor[T]) await(ctx context.Context) error {
	r := c.ring
	done := ctx.Done()
	r.mu.Lock()
	if done != nil && !c.hook.isFor(done) {
		r.mu.Unlock() // contexts may run code that is not ours
		c.setHook(ctx, done)
		r.mu.Lock()
	}
	for !c.readable() {
		c.blocked++
		w := c.spare
		c.spare = nil
		if w == nil {
			w = newToken(c)
		}
		hooked := c.hook.take(done, w)
		r.waiting.push(w)
		r.mu.Unlock()
		err := w.block(ctx, done, hooked)
		r.mu.Lock()
		c.blocked--
		if hooked {
			c.hook.waiter = nil
		}
		if err == nil || r.waiting.remove(w) {
			c.spare = w // it is in no list, and holds no token
		}
		if err != nil {
			r.cancelled++
			r.mu.Unlock()
			return err
		}
	}
	return nil
}

// block waits for a token, or for ctx to end. If hooked, the end of ctx may
// come as a token too.
func (w *waiter) block(ctx context.Context, done <-chan struct{}, hooked bool) error {
	if hooked {
		if err := ctx.Err(); err != nil {
			return err // perhaps the hook ran before w was in its place
		}
	}
	if hooked || done == nil {
		<-w.wake
		return nil
	}
	select {
	case <-w.wake:
		return nil
	case <-done:
		return ctx.Err()
	}
}

// A hook has the end of a context wake a waiter, so that it need not select on
// two channels, which would double the price of blocking. Setting a hook costs
// as much as a few selects. So it is set when a context is seen for the second
// time, and stays until there is another, or until the receiver is closed.
//
// Contexts are told apart by their Done channels: to compare the contexts
// themselves may panic.
type hook struct {
	done   <-chan struct{} // of the last context seen
	stop   func() bool     // removes the hook; nil if it is not set
	waiter *waiter         // who relies on it; may be nil
}

// isFor reports whether the hook is set for the context of done.
func (h *hook) isFor(done <-chan struct{}) bool {
	return h.done == done && h.stop != nil
}

// take has the hook wake w, and reports false if it is not set for the context
// of done, or serves another waiter already.
func (h *hook) take(done <-chan struct{}, w *waiter) bool {
	if !h.isFor(done) || h.waiter != nil {
		return false
	}
	h.waiter = w
	return true
}

// setHook sets the hook of the cursor for ctx if that pays. The mutex is not
// held.
func (c *cursor[T]) setHook(ctx context.Context, done <-chan struct{}) {
	mu, h := &c.ring.mu, &c.hook
	mu.Lock()
	if h.waiter != nil || c.closed || h.isFor(done) {
		mu.Unlock()
		return
	}
	second := h.done == done
	stop := h.stop // of the context before
	h.done, h.stop = done, nil
	mu.Unlock()
	if stop != nil {
		stop()
	}
	if !second {
		return
	}

	stop = context.AfterFunc(ctx, c.interrupt)
	mu.Lock()
	keep := h.done == done && h.stop == nil && !c.closed
	if keep {
		h.stop = stop
	}
	mu.Unlock()
	if !keep {
		stop()
	}
}

// interrupt wakes the waiter that relies on the hook.
func (c *cursor[T]) interrupt() {
	r := c.ring
	r.mu.Lock()
	var woken *waiter
	if w := c.hook.waiter; w != nil && r.waiting.remove(w) {
		woken = w
	}
	r.mu.Unlock()
	wakeAll(woken)
}
