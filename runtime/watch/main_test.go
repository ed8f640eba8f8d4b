package watch_test

import (
	"context"
	"testing"

	"github.com/chanlint/chanlint/runtime/oneshot"
	"github.com/chanlint/chanlint/runtime/watch"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A result is what a call that may wait has returned.
type result struct {
	v   int
	err error
}

// later runs f and returns where its result will be.
func later(f func() (int, error)) *oneshot.Value[result] {
	got := new(oneshot.Value[result])
	go func() {
		v, err := f()
		got.Set(result{v, err})
	}()
	return got
}

// goNext starts a Next.
func goNext(ctx context.Context, rx *watch.Receiver[int]) *oneshot.Value[result] {
	return later(func() (int, error) { return rx.Next(ctx) })
}

func wantResult(t *testing.T, what string, got *oneshot.Value[result], v int, err error) {
	t.Helper()
	r, ok := got.Get()
	if !ok {
		t.Errorf("%s still waits, want %d, %v", what, v, err)
	} else if r != (result{v, err}) {
		t.Errorf("%s = %d, %v, want %d, %v", what, r.v, r.err, v, err)
	}
}

func wantWaiting(t *testing.T, what string, got *oneshot.Value[result]) {
	t.Helper()
	if r, ok := got.Get(); ok {
		t.Errorf("%s = %d, %v, want it to wait", what, r.v, r.err)
	}
}

func wantTryNext(t *testing.T, rx *watch.Receiver[int], v int, err error) {
	t.Helper()
	if gotV, gotErr := rx.TryNext(); gotV != v || gotErr != err {
		t.Errorf("TryNext() = %d, %v, want %d, %v", gotV, gotErr, v, err)
	}
}

func wantChanged(t *testing.T, rx *watch.Receiver[int], changed bool, err error) {
	t.Helper()
	if got, gotErr := rx.HasChanged(); got != changed || gotErr != err {
		t.Errorf("HasChanged() = %t, %v, want %t, %v", got, gotErr, changed, err)
	}
}

// fired reports whether ch is closed.
func fired(ch <-chan struct{}) bool {
	select {
	case <-ch:
		return true
	default:
		return false
	}
}

// panicText returns what f panics with, or "" if it returns.
func panicText(f func()) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = r.(string)
		}
	}()
	f()
	return ""
}
