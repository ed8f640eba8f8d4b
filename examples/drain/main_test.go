package main

import (
	"context"
	"errors"
	"testing"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/runtime/shutdown"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func Example() {
	main()
	// Output:
	// intake done: 4 late: 0
	// drain done: 2 late: 0
	// close done: 0 late: 0
	// flush done: 1 late: 0
	// at least 1000 accepted: true
	// lost: 0 left: 0
	// because of: enough
	// error: <nil>
}

// Nothing is lost either when the program is stopped by its context, at once or
// under load, with one worker or with many.
func TestNothingLost(t *testing.T) {
	for _, workers := range []int{1, 8} {
		for _, loaded := range []bool{false, true} {
			ctx, cancel := context.WithCancel(t.Context())
			p := start(8, workers)
			if loaded {
				<-p.underLoad
			}
			cancel()
			report := p.group.Run(ctx)
			if err := report.Err(); err != nil {
				t.Errorf("%d workers, under load %t: shutdown: %v", workers, loaded, err)
			}
			if got, want := p.flushed, p.accepted.Load(); got != want {
				t.Errorf("%d workers, under load %t: %d jobs flushed, want %d", workers, loaded, got, want)
			}
		}
	}
}

// A worker that fails ends the program in order.
func TestWorkerFails(t *testing.T) {
	p := start(2, 2)
	broken := errors.New("broken")
	if err := p.group.Go("broken worker", func(context.Context) error { return broken }); err != nil {
		t.Fatal(err)
	}
	report := p.group.Run(t.Context())
	if !errors.Is(report.Reason, broken) {
		t.Errorf("reason %v, want %v", report.Reason, broken)
	}
	if got, want := p.flushed, p.accepted.Load(); got != want {
		t.Errorf("%d jobs flushed, want %d", got, want)
	}
	if err := p.group.Go("late", nil); !errors.Is(err, shutdown.ErrStopping) {
		t.Errorf("Go after the end = %v, want %v", err, shutdown.ErrStopping)
	}
}
