// Package strict has what is reported with -strict only, and what is not even
// then.
package strict

import (
	"context"
	"io"
	"log"
	"net"
	"os/exec"
	"time"
)

func handle(v int) { log.Print(v) }

// The request may start after the stop: once more, as it may have started just
// before.
func renew(ctx context.Context, ticker *time.Ticker) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := exec.Command("renew").Run(); err != nil {
				return
			}
		}
	}
}

// Both cases are ready once the context has ended.

func both(ctx context.Context, copyAll func(context.Context, io.Writer)) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		copyAll(ctx, io.Discard)
	}()
	select {
	case <-done: // want `^the result is nil or the context's error at random, because done is ready too once the context ends; test ctx.Err first$`
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func bothFixed(ctx context.Context, copyAll func(context.Context, io.Writer)) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		copyAll(ctx, io.Discard)
	}()
	select {
	case <-done:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The goroutine knows nothing of the context.
func one(ctx context.Context, wait func()) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		wait()
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The error is passed on.
func passed(ctx context.Context, work func(context.Context) error) error {
	errs := make(chan error, 1)
	go func() { errs <- work(ctx) }()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The stop goes unheard for a while.

func sleeps(ctx context.Context, try func() bool) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		if try() {
			return
		}
		time.Sleep(5 * time.Second) // want `^ctx.Done\(\) goes unheard during this wait; wait in a select with a case for it$`
	}
}

func waitsForTimer(stop <-chan struct{}, backoff time.Duration, try func() bool) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		if !try() {
			<-time.After(backoff) // want `stop goes unheard during this wait`
		}
	}
}

func sleepsFixed(ctx context.Context, try func() bool) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		if try() {
			return
		}
		select {
		case <-time.After(5 * time.Second):
		case <-ctx.Done():
			return
		}
	}
}

// It is over soon.
func naps(ctx context.Context, try func() bool) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		if try() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// A permit is waited for before the stop is looked at.

type pool struct {
	permits chan struct{}
	jobs    chan int
}

func newPool() *pool { return &pool{make(chan struct{}, 8), make(chan int)} }

func (p *pool) run(ctx context.Context) {
	for {
		p.permits <- struct{}{} // want `ctx.Done\(\) goes unheard during this wait`
		select {
		case <-ctx.Done():
			return
		case v := <-p.jobs:
			go func() {
				defer func() { <-p.permits }()
				handle(v)
			}()
		}
	}
}

func (p *pool) runFixed(ctx context.Context) {
	for {
		select {
		case p.permits <- struct{}{}:
		case <-ctx.Done():
			return
		}
		select {
		case <-ctx.Done():
			return
		case v := <-p.jobs:
			go func() {
				defer func() { <-p.permits }()
				handle(v)
			}()
		}
	}
}

// It spins until the other case leaves.
func noted(ctx context.Context, tick <-chan time.Time) {
	done := false
	for {
		select {
		case <-ctx.Done(): // want `ctx.Done\(\) stays ready once the context ends`
			done = true
		case <-tick:
			if done {
				return
			}
		}
	}
}

// One more round than there are places: all is filled, and the loop goes on.
func fills(ctx context.Context, in <-chan int, out []int) {
	for n := 0; n <= len(out); {
		select {
		case v := <-in:
			handle(v)
			n++
		case <-ctx.Done(): // want `ctx.Done\(\) stays ready once the context ends`
			n = len(out)
		}
	}
}

// A timer behind a method.

type backoff struct{ d time.Duration }

func (b *backoff) C() <-chan time.Time { return time.NewTimer(b.d).C }

func backsOff(ctx context.Context, b *backoff, try func() bool) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		if try() {
			return
		}
		<-b.C() // want `ctx.Done\(\) goes unheard during this wait`
	}
}

func backsOffFixed(ctx context.Context, b *backoff, try func() bool) {
	for {
		if try() {
			return
		}
		select {
		case <-b.C():
		case <-ctx.Done():
			return
		}
	}
}

// Data, which may not come.

type inbox struct {
	in, ack chan int
}

func (i *inbox) put(v int) { i.in <- v; i.ack <- v }

func (i *inbox) poll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		handle(<-i.in) // want `ctx.Done\(\) goes unheard during this wait`
	}
}

func (i *inbox) pollFixed(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-i.in:
			handle(v)
		}
	}
}

// The answer comes, as part of the work.
func (i *inbox) answers(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-i.in:
			handle(v)
			<-i.ack
		}
	}
}

// A ping on an open connection may be sent once more.
func pings(ctx context.Context, conn net.Conn, ticker *time.Ticker) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if _, err := conn.Write([]byte("ping")); err != nil {
				return
			}
		}
	}
}
