package basic

import (
	"context"
	"log"
)

// The break leaves the select, and the loop comes back for more zeros.

func breakIfClosed(in <-chan int, quit <-chan bool) {
	for {
		select {
		case v, ok := <-in:
			if !ok {
				break // want `^this break leaves the select but not the loop, which then spins because in is closed; leave the loop$`
			}
			handle(v)
		case <-quit:
			return
		}
	}
}

func breakIfClosedFixed(in <-chan int, quit <-chan bool) {
receive:
	for {
		select {
		case v, ok := <-in:
			if !ok {
				break receive
			}
			handle(v)
		case <-quit:
			return
		}
	}
}

// In a select that does not stand directly in the loop.

func breakOfContext(ctx context.Context, in <-chan int, on bool) {
	for {
		if on {
			select {
			case <-ctx.Done():
				log.Print("leaving")
				break // want `this break leaves the select`
			case v := <-in:
				handle(v)
			}
		}
	}
}

func breakOfContextFixed(ctx context.Context, in <-chan int, on bool) {
	for {
		if on {
			select {
			case <-ctx.Done():
				log.Print("leaving")
				return
			case v := <-in:
				handle(v)
			}
		}
	}
}

// The loop has a name already.

func breakNamed(in <-chan int, out []chan int) {
deliver:
	for i := 0; ; {
		select {
		case v, ok := <-in:
			if !ok {
				break // want `this break leaves the select`
			}
			out[i] <- v
		case out[i] <- 0:
			if len(out) == 1 {
				break deliver
			}
		}
	}
}
