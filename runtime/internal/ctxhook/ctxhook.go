// Package ctxhook lets a goroutine wait on one channel and still be woken by the
// end of a context.
package ctxhook

import "context"

// A Hook lets a wait end with its context at the price of a plain receive. A
// select over the context costs half as much again as the wake-up itself, at
// each wait; to register with the context costs several times that, but once.
// So the second wait with one context registers.
//
// Contexts are told apart by their Done channels, as the contexts themselves may
// not be comparable.
//
// The zero Hook is ready for use, by one goroutine at a time.
type Hook struct {
	done <-chan struct{} // of the context of the last wait
	stop func() bool     // ends the registration; nil if there is none
}

// Wait receives from wake, which has room for one token, or returns when ctx has
// ended. It may also return for a context of an earlier call, or for none: the
// caller looks again at what it waits for, and at ctx. All calls until Drop are
// given the same channel.
//
// ctx must have been found alive after the channel was made.
func (h *Hook) Wait(ctx context.Context, wake chan struct{}) {
	done := ctx.Done()
	switch {
	case done == nil:
		<-wake
	case done == h.done:
		if h.stop == nil {
			h.stop = context.AfterFunc(ctx, func() { token(wake) })
		}
		<-wake
	default:
		h.Drop()
		h.done = done
		select {
		case <-wake:
		case <-done:
		}
	}
}

// Drop ends the registration, if there is one. It runs code of the context, so
// it must not be called under a lock.
func (h *Hook) Drop() {
	if h.stop != nil {
		h.stop()
	}
	*h = Hook{}
}

// token leaves a token in wake.
func token(wake chan struct{}) {
	select {
	case wake <- struct{}{}:
	default: // there is one already
	}
}
