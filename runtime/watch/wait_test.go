package watch_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/chanlint/chanlint/runtime/oneshot"
	"github.com/chanlint/chanlint/runtime/watch"
)

func TestNO01_NoWakeUpIsStoredTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(0)
		for v := 1; v <= 3; v++ {
			tx.Send(v)
		}
		wantResult(t, "first Next", waited(goNext(t.Context(), rx)), 3, nil)
		got := goNext(t.Context(), rx)
		synctest.Wait()
		wantWaiting(t, "second Next", got)
		tx.Close()
		synctest.Wait()
		rx.Close()
	})
}

func TestNO02_SendWakesThoseWhoWaitAndNobodyLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(0)
		first := goNext(t.Context(), rx)
		synctest.Wait()
		tx.Send(1)
		wantResult(t, "Next of one who waited", waited(first), 1, nil)
		later := goNext(t.Context(), rx)
		synctest.Wait()
		wantWaiting(t, "Next of one who came later", later)
		tx.Close()
		synctest.Wait()
		rx.Close()
	})
}

// TestNO03 has two goroutines wait on one receiver, of which one gives up.
func TestNO03_CancelledWaiterLeavesTheNewsToTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for cancelled := range 2 {
			tx, rx := watch.New(0)
			ctx, cancel := context.WithCancel(t.Context())
			ctxs := []context.Context{t.Context(), t.Context()}
			ctxs[cancelled] = ctx
			var got [2]*oneshot.Value[result]
			for i := range got {
				got[i] = goNext(ctxs[i], rx)
				synctest.Wait()
			}
			cancel()
			synctest.Wait()
			wantResult(t, "cancelled Next", got[cancelled], 0, context.Canceled)
			wantWaiting(t, "the other Next", got[1-cancelled])
			tx.Send(1)
			wantResult(t, "the other Next", waited(got[1-cancelled]), 1, nil)
			tx.Close()
			rx.Close()
		}
	})
}

func TestSharedReceiverGivesEachChangeToOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(0)
		got := make(chan int, 10)
		var ended oneshot.Value[bool]
		go func() {
			defer ended.Set(true)
			done := make(chan bool)
			for range 3 {
				go func() {
					for v := range rx.Changes(t.Context()) {
						got <- v
					}
					done <- true
				}()
			}
			for range 3 {
				<-done
			}
		}()
		for v := 1; v <= 3; v++ {
			synctest.Wait()
			tx.Send(v)
			synctest.Wait()
			if n := len(got); n != 1 {
				t.Fatalf("Send(%d) reached %d of the goroutines that share a receiver, want 1", v, n)
			}
			if g := <-got; g != v {
				t.Errorf("Send(%d) gave %d", v, g)
			}
		}
		tx.Close()
		synctest.Wait()
		if _, ok := ended.Get(); !ok {
			t.Error("a goroutine still waits after Close")
		}
		rx.Close()
	})
}

// TestContextEnds waits often enough with one context that the receiver
// registers with it.
func TestContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for waits := range 4 {
			tx, rx := watch.New(0)
			ctx, cancel := context.WithCancel(t.Context())
			for v := 1; v <= waits; v++ {
				got := goNext(ctx, rx)
				synctest.Wait()
				tx.Send(v)
				wantResult(t, "Next", waited(got), v, nil)
			}
			got := goNext(ctx, rx)
			synctest.Wait()
			wantWaiting(t, "Next", got)
			cancel()
			wantResult(t, "Next after cancel", waited(got), 0, context.Canceled)
			if _, err := rx.Next(ctx); err != context.Canceled {
				t.Errorf("Next with an ended context: %v, want %v", err, context.Canceled)
			}
			tx.Send(100)
			if v, err := rx.Next(ctx); v != 100 || err != nil {
				t.Errorf("Next of 100 with an ended context = %d, %v, want 100, nil", v, err)
			}
			again := goNext(t.Context(), rx) // a context of its own, after the other
			synctest.Wait()
			wantWaiting(t, "Next with a live context", again)
			tx.Send(101)
			wantResult(t, "Next with a live context", waited(again), 101, nil)
			if got := rx.Stats().Cancelled; got != 2 {
				t.Errorf("Stats().Cancelled = %d, want 2", got)
			}
			tx.Close()
			rx.Close()
		}
	})
}

func TestDeadlineEndsWaitFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(0)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		_, err := rx.WaitFor(ctx, func(v int) bool { return v > 0 })
		if err != context.DeadlineExceeded || time.Since(start) != time.Second {
			t.Errorf("WaitFor ended after %v with %v, want 1s, %v", time.Since(start), err, context.DeadlineExceeded)
		}
		tx.Close()
		rx.Close()
	})
}

// TestAlternatingContexts has one receiver wait with two contexts in turn.
func TestAlternatingContexts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(0)
		one, cancelOne := context.WithCancel(t.Context())
		two, cancelTwo := context.WithCancel(t.Context())
		for v, ctx := range []context.Context{one, one, two, two, one, two, two, two} {
			got := goNext(ctx, rx)
			synctest.Wait()
			tx.Send(v + 1)
			wantResult(t, "Next", waited(got), v+1, nil)
		}
		got := goNext(two, rx)
		synctest.Wait()
		cancelOne()
		synctest.Wait()
		wantWaiting(t, "Next, when a context of earlier ended,", got)
		cancelTwo()
		wantResult(t, "Next, when its context ended,", waited(got), 0, context.Canceled)
		tx.Close()
		rx.Close()
	})
}

func TestCloseOfTheReceiverEndsItsWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for waits := range 3 {
			tx, rx := watch.New(0)
			ctx, cancel := context.WithCancel(t.Context())
			for v := 1; v <= waits; v++ {
				got := goNext(ctx, rx)
				synctest.Wait()
				tx.Send(v)
				waited(got)
			}
			next := goNext(ctx, rx)
			waitFor := later(func() (int, error) { return rx.WaitFor(ctx, func(v int) bool { return v > 50 }) })
			changed := rx.Changed()
			synctest.Wait()
			rx.Close()
			wantResult(t, "Next after Close", waited(next), 0, watch.ErrClosed)
			wantResult(t, "WaitFor after Close", waitFor, 0, watch.ErrClosed)
			if !fired(changed) || !fired(rx.Changed()) {
				t.Error("Changed does not fire after Close")
			}
			tx.Send(99)
			wantTryNext(t, rx, 0, watch.ErrClosed)
			wantChanged(t, rx, true, watch.ErrClosed)
			wantChanged(t, rx.Clone(), true, watch.ErrClosed)
			if got := rx.Get(); got != 99 {
				t.Errorf("Get() after Close = %d, want 99", got)
			}
			rx.Close()
			tx.Close()
			cancel()
		}
	})
}

// A countingContext is a context that counts who registers with it.
type countingContext struct {
	context.Context
	done              chan struct{}
	registered, ended int
}

func (c *countingContext) Done() <-chan struct{} { return c.done }
func (c *countingContext) Value(any) any         { return nil }

func (c *countingContext) AfterFunc(func()) (stop func() bool) {
	c.registered++
	return func() bool { c.ended++; return true }
}

func TestReceiverRegistersOnceAndCloseEndsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := &countingContext{Context: context.Background(), done: make(chan struct{})}
		tx, rx := watch.New(0)
		for _, step := range []struct {
			ctx               context.Context
			registered, ended int // after a wait
		}{
			{ctx, 0, 0},
			{ctx, 1, 0},
			{ctx, 1, 0},
			{context.Background(), 1, 0},
			{ctx, 1, 0},
			{t.Context(), 1, 1},
			{ctx, 1, 1},
			{ctx, 2, 1},
		} {
			got := goNext(step.ctx, rx)
			synctest.Wait()
			tx.Update(func(p *int) bool { *p++; return true })
			wantResult(t, "Next", waited(got), tx.Get(), nil)
			if ctx.registered != step.registered || ctx.ended != step.ended {
				t.Errorf("value %d: %d registrations, %d ended; want %d, %d",
					tx.Get(), ctx.registered, ctx.ended, step.registered, step.ended)
			}
		}
		rx.Close()
		if ctx.ended != 2 {
			t.Errorf("after Close, %d registrations have ended, want 2", ctx.ended)
		}
		tx.Close()
	})
}

// waited returns got once all goroutines of the bubble wait.
func waited(got *oneshot.Value[result]) *oneshot.Value[result] {
	synctest.Wait()
	return got
}
