package ctxhook

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// A counted context counts the registrations that are open.
type counted struct {
	context.Context
	open atomic.Int32
}

// Value hides what package context would otherwise register with directly.
func (c *counted) Value(any) any { return nil }

// AfterFunc is what context.AfterFunc calls.
func (c *counted) AfterFunc(f func()) func() bool {
	c.open.Add(1)
	stop := context.AfterFunc(c.Context, f)
	return func() bool {
		c.open.Add(-1)
		return stop()
	}
}

// wait starts a Wait, and returns a function that reports whether it has ended.
func wait(ctx context.Context, h *Hook, wake chan struct{}) (ended func() bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.Wait(ctx, wake)
	}()
	return func() bool {
		synctest.Wait()
		select {
		case <-done:
			return true
		default:
			return false
		}
	}
}

func TestWaitEnds(t *testing.T) {
	for _, test := range []struct {
		name  string
		waits int // before the one that is looked at
	}{{"first", 0}, {"second, which registers", 1}, {"third", 2}} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var h Hook
			wake := make(chan struct{}, 1)
			for range test.waits + 1 {
				ended := wait(ctx, &h, wake)
				if ended() {
					t.Fatalf("%s: Wait returned without a token", test.name)
				}
				wake <- struct{}{}
				if !ended() {
					t.Fatalf("%s: Wait did not return for a token", test.name)
				}
			}

			h = Hook{}
			for range test.waits {
				wake <- struct{}{}
				h.Wait(ctx, wake)
			}
			ended := wait(ctx, &h, wake)
			cancel()
			if !ended() {
				t.Fatalf("%s: Wait did not return at the end of its context", test.name)
			}
		})
	}
}

func TestWaitWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var h Hook
		wake := make(chan struct{}, 1)
		ended := wait(context.Background(), &h, wake)
		if ended() {
			t.Error("Wait returned without a token")
		}
		wake <- struct{}{}
		if !ended() {
			t.Error("Wait did not return for a token")
		}
	})
}

func TestRegistrations(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	a := &counted{Context: ctx}
	b, cancelB := context.WithCancel(t.Context())
	defer cancelB()

	var h Hook
	wake := make(chan struct{}, 1)
	for i, step := range []struct {
		ctx  context.Context
		want int32 // registrations with a
	}{{a, 0}, {a, 1}, {a, 1}, {b, 0}, {a, 0}, {a, 1}, {context.Background(), 1}, {a, 1}} {
		wake <- struct{}{}
		h.Wait(step.ctx, wake)
		if got := a.open.Load(); got != step.want {
			t.Errorf("after wait %d: %d registrations, want %d", i, got, step.want)
		}
	}
	h.Drop()
	if got := a.open.Load(); got != 0 {
		t.Errorf("after Drop: %d registrations, want 0", got)
	}
	h.Drop()
	if got := a.open.Load(); got != 0 {
		t.Errorf("after a second Drop: %d registrations, want 0", got)
	}
}
