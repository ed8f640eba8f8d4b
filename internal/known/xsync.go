package known

// The tables of golang.org/x/sync, whose functions are used like those of sync.

// Not in the table: (*errgroup.Group).Go, which waits only in a group that has a limit.
func xsyncBlocking() map[string]Blocking {
	return map[string]Blocking{
		"(*golang.org/x/sync/errgroup.Group).Wait":        {Wait, false, "waits for the goroutines of the group"},
		"(*golang.org/x/sync/semaphore.Weighted).Acquire": {Lockish, true, "waits for the semaphore"},
		"(*golang.org/x/sync/singleflight.Group).Do":      {Wait, false, "waits for the call in flight"}, // made by parameter 1, here or on another goroutine
	}
}

func xsyncCallbacks() map[string][]Callback {
	return map[string][]Callback{
		"(*golang.org/x/sync/errgroup.Group).Go":         {{0, Goroutine}},
		"(*golang.org/x/sync/errgroup.Group).TryGo":      {{0, Goroutine}}, // if the limit allows, as the result tells
		"(*golang.org/x/sync/singleflight.Group).Do":     {{1, InPlace}},   // unless a call is in flight
		"(*golang.org/x/sync/singleflight.Group).DoChan": {{1, Goroutine}}, // unless a call is in flight
	}
}
