package watch

import "context"

// A hook lets a wait end with its context at the price of a plain receive. A
// select over the context costs half as much again as the wake-up itself, at
// each wait; to register with the context costs several times that, but once.
// So the second wait with one context registers.
//
// Contexts are told apart by their Done channels, as the contexts themselves may
// not be comparable.
type hook struct {
	done <-chan struct{} // of the context of the last wait
	stop func() bool     // ends the registration; nil if there is none
}

// wait receives from wake, or returns when ctx has ended. ctx has been found
// alive before, so that its end will leave a token if it is registered.
func (h *hook) wait(ctx context.Context, wake chan struct{}) {
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
		h.drop()
		h.done = done
		select {
		case <-wake:
		case <-done:
		}
	}
}

// drop ends the registration, if there is one.
func (h *hook) drop() {
	if h.stop != nil {
		h.stop()
	}
	*h = hook{}
}
