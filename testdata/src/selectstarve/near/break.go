package near

import "context"

// staticcheck's SA4011 reports a break at the end of a case.
func reportedByOthers(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			break
		case v, ok := <-in:
			handle(v)
			if !ok {
				break
			}
		}
	}
}

// The break skips the rest of the case.
func skips(in <-chan int, quit <-chan bool) {
	for {
		select {
		case v := <-in:
			if v < 0 {
				break
			}
			handle(v)
		case <-quit:
			return
		}
	}
}

// What follows the select leaves the loop.
func leavesBehind(in <-chan int, quit <-chan bool) {
	for {
		var v int
		var ok bool
		select {
		case v, ok = <-in:
			if !ok {
				break
			}
			handle(v)
		case <-quit:
			return
		}
		if !ok {
			return
		}
	}
}
