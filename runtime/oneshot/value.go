package oneshot

import (
	"context"
	"sync"
	"sync/atomic"
)

// A Value is a variable that is set once and then never changes, with a way to
// wait for it. The zero Value is unset and ready to use. It must not be copied
// after first use.
//
// Use it for what is known only later and then for good: an address once bound,
// the first error, the result of a start-up. Use sync.OnceValue if the first
// reader can compute it, and package watch if it changes.
//
// Get costs an atomic load. Set costs a critical section, and wakes all who
// wait. The first to wait allocates a channel, which all share.
type Value[T any] struct {
	set  atomic.Bool
	mu   sync.Mutex
	val  T             // written once, before set
	done chan struct{} // nil until somebody waits; closed when set
}

// Set stores v and wakes all who wait, and reports true. If a value was set
// before, it stays, and Set reports false.
func (o *Value[T]) Set(v T) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.set.Load() {
		return false
	}
	o.val = v
	o.set.Store(true)
	if o.done != nil {
		close(o.done)
	}
	return true
}

// Get returns the value and whether it was set. It does not wait.
func (o *Value[T]) Get() (v T, ok bool) {
	if !o.set.Load() {
		return v, false
	}
	return o.val, true
}

// Wait returns the value, and waits until it is set or ctx ends. If it is set
// already, Wait returns it even if ctx has ended; otherwise the error is
// ctx.Err(). A Value that is never set makes Wait block until then.
func (o *Value[T]) Wait(ctx context.Context) (T, error) {
	if o.set.Load() {
		return o.val, nil
	}
	var err error
	select {
	case <-o.Done():
	case <-ctx.Done():
		err = ctx.Err()
	}
	if v, ok := o.Get(); ok {
		return v, nil
	}
	var zero T
	return zero, err
}

// Done returns a channel that is closed when the value is set; [Value.Get] then
// returns it. It is the same channel for all until then.
func (o *Value[T]) Done() <-chan struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.done != nil:
	case o.set.Load():
		return closedChan
	default:
		o.done = make(chan struct{})
	}
	return o.done
}
