package chans

import (
	"runtime"
	"time"
)

// AddCleanup is runtime.AddCleanup for the handles of primitives: it has
// drop(state) called when handle has been garbage collected. Handle must not
// be reachable from state. The caller stops the cleanup on Close.
//
// Inside a bubble of testing/synctest it does nothing. Cleanups run outside of
// any bubble, where waking a goroutine of the bubble is a fatal error; and the
// bubble itself reports goroutines that wait for a handle nobody holds.
func AddCleanup[H, S any](handle *H, drop func(S), state S) runtime.Cleanup {
	if inBubble() {
		return runtime.Cleanup{}
	}
	return runtime.AddCleanup(handle, drop, state)
}

// inBubble reports whether the calling goroutine runs on the fake clock of
// testing/synctest. That clock has no monotonic part, the real one always has,
// and Round(0) strips it.
func inBubble() bool {
	now := time.Now()
	return now == now.Round(0)
}
