// Package suppressed has reports that directives silence.
package suppressed

import "context"

func handle(int) {}

func onLine(in <-chan int, quit <-chan bool) {
	for {
		select {
		case v := <-in:
			handle(v)
		case <-quit:
			return
		default: //chanlint:ignore selectstarve a test of the scheduler
			continue
		}
	}
}

//chanlint:ignore selectstarve it ends with the process
func onFunction(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
		case v := <-in:
			handle(v)
		}
	}
}

func otherPass(in <-chan int, quit <-chan bool) {
	for {
		select {
		case v := <-in:
			handle(v)
		case <-quit:
			return
		//chanlint:ignore chanleak which is another pass
		default: // want `this select spins`
			continue
		}
	}
}
