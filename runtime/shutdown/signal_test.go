//go:build unix

package shutdown

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"
)

// A real signal, sent to this process.
func TestRunHearsSignals(t *testing.T) {
	var g Group
	mustStart(t, g.Go("worker", obedient))
	g.On(Drain, "again", func(context.Context) error {
		return syscall.Kill(os.Getpid(), syscall.SIGUSR1)
	})
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGUSR1) // one before Run listens must not end the test
	defer signal.Stop(heard)
	mustStart(t, g.Intake("raiser", func(ctx context.Context) error {
		// Run may not listen yet: so it is told until it hears.
		for tick := time.NewTicker(time.Millisecond); ; {
			if err := syscall.Kill(os.Getpid(), syscall.SIGUSR1); err != nil {
				return err
			}
			select {
			case <-ctx.Done():
				tick.Stop()
				return nil
			case <-tick.C:
			}
		}
	}))
	r := g.Run(t.Context(), syscall.SIGUSR1)
	if !r.Forced || r.Reason == nil {
		t.Errorf("report %v, want one that says it was forced by a second signal", r)
	}
}
