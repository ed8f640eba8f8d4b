package chans_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/chanlint/chanlint/runtime/chans"
)

func TestErrorsAreDistinct(t *testing.T) {
	all := []error{
		chans.ErrClosed, chans.ErrFull, chans.ErrEmpty, chans.ErrLagged,
		chans.ErrTimeout, chans.ErrNoReceivers, chans.ErrTooMany,
	}
	for i, a := range all {
		for j, b := range all {
			if got, want := errors.Is(fmt.Errorf("wrapped: %w", a), b), i == j; got != want {
				t.Errorf("errors.Is(%v, %v) = %t, want %t", a, b, got, want)
			}
		}
	}
}

func TestErrTimeout(t *testing.T) {
	if !errors.Is(chans.ErrTimeout, context.DeadlineExceeded) {
		t.Error("ErrTimeout is not context.DeadlineExceeded")
	}
	if errors.Is(chans.ErrTimeout, context.Canceled) {
		t.Error("ErrTimeout is context.Canceled")
	}
	if errors.Is(context.DeadlineExceeded, chans.ErrTimeout) {
		t.Error("context.DeadlineExceeded is ErrTimeout: the end of a context would look like a timeout")
	}
	if !os.IsTimeout(chans.ErrTimeout) {
		t.Error("os.IsTimeout(ErrTimeout) = false")
	}
}

func TestLaggedError(t *testing.T) {
	err := fmt.Errorf("reading prices: %w", &chans.LaggedError{Missed: 7})
	if !errors.Is(err, chans.ErrLagged) {
		t.Error("a LaggedError is not ErrLagged")
	}
	if errors.Is(err, chans.ErrClosed) {
		t.Error("a LaggedError is ErrClosed")
	}
	lagged, ok := errors.AsType[*chans.LaggedError](err)
	if !ok || lagged.Missed != 7 {
		t.Errorf("errors.AsType = %v, %t, want 7 missed", lagged, ok)
	}
	if got, want := lagged.Error(), "chans: receiver lagged and missed 7 values"; got != want {
		t.Errorf("Error = %q, want %q", got, want)
	}
}
