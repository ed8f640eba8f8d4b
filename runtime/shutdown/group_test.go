package shutdown

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestCT05_NothingStartsAfterStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		g.Stop(nil)
		never := func(context.Context) error { t.Error("started"); return nil }
		wantErr(t, "Go", g.Go("a", never), ErrStopping)
		wantErr(t, "Intake", g.Intake("a", never), ErrStopping)
		synctest.Wait()
		wantErr(t, "Err", g.Shutdown(t.Context()).Err(), nil)
	})
}

func TestTT01_WaitForClosedAndEmpty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		finish := make(chan struct{})
		mustStart(t, g.Go("a", func(context.Context) error { <-finish; return nil }))
		waited := make(chan error, 4)
		for range 4 { // TT-04
			go func() { waited <- g.Wait(t.Context()) }()
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		wantErr(t, "Wait with a context that ends", g.Wait(short), context.DeadlineExceeded)
		g.Stop(nil)
		synctest.Wait()
		if len(waited) > 0 {
			t.Fatal("Wait returned while a function runs")
		}
		close(finish)
		for range cap(waited) {
			wantErr(t, "Wait", <-waited, nil)
		}
		g.Shutdown(t.Context())
	})
}

func TestTT01_WaitForStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		mustStart(t, g.Go("a", after(0, nil)))
		waited := make(chan error, 1)
		go func() { waited <- g.Wait(t.Context()) }()
		synctest.Wait()
		if len(waited) > 0 {
			t.Fatal("Wait returned before the shutdown began")
		}
		g.Stop(nil)
		wantErr(t, "Wait", <-waited, nil)
	})
}

func TestTT05_LenAndRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		mustStart(t, g.Go("b", after(time.Second, nil)))
		mustStart(t, g.Intake("c", obedient))
		mustStart(t, g.Go("a", after(2*time.Second, nil)))
		g.On(Flush, "log", after(time.Second, nil))
		wantNames(t, "running", g.Running(), "a", "b", "c")
		if g.Len() != 3 {
			t.Errorf("Len = %d, want 3", g.Len())
		}
		go g.Shutdown(t.Context())
		<-time.After(1500 * time.Millisecond)
		wantNames(t, "running in the drain", g.Running(), "a")
		<-time.After(time.Second)
		wantNames(t, "running in the flush", g.Running(), "log")
		<-time.After(time.Second)
		if g.Len() != 0 {
			t.Errorf("Len = %d at the end, want 0", g.Len())
		}
	})
}

func TestFailureBeginsTheShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		bad := errors.New("bad")
		mustStart(t, g.Intake("listener", obedient))
		mustStart(t, g.Go("worker", after(time.Second, bad)))
		mustStart(t, g.Go("short", after(0, nil)))
		r := g.Run(t.Context())
		wantErr(t, "Reason", r.Reason, bad)
		wantErr(t, "Err", r.Err(), bad)
		if got, want := r.Reason.Error(), "worker: bad"; got != want {
			t.Errorf("Reason %q, want %q", got, want)
		}
		if got := r.Phases[Intake]; got.Done != 1 || len(got.Failed) != 0 {
			t.Errorf("intake: %+v, want one that did as it was told", got)
		}
	})
}

// A function that fails while another phase is on does not go unnoticed.
func TestFailureBeforeItsPhase(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		bad := errors.New("bad")
		mustStart(t, g.Intake("listener", after(2*time.Second, nil)))
		mustStart(t, g.Go("worker", after(time.Second, bad)))
		r := g.Shutdown(t.Context())
		wantErr(t, "Err", r.Err(), bad)
		if got := r.Phases[Drain].Failed; len(got) != 1 || got[0].Took != time.Second || got[0].Name != "worker" {
			t.Errorf("failed: %+v, want the worker after 1s", got)
		}
	})
}

func TestStoppingAndCauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := Group{Limits: Limits{Drain: time.Second}}
		causes := make(map[string]error)
		cause := func(name string) func(context.Context) error {
			return func(ctx context.Context) error {
				<-ctx.Done()
				causes[name] = context.Cause(ctx)
				return ctx.Err()
			}
		}
		mustStart(t, g.Intake("intake", cause("intake")))
		mustStart(t, g.Go("work", cause("work")))
		synctest.Wait()
		select {
		case <-g.Stopping():
			t.Error("Stopping is closed before Stop")
		default:
		}
		g.Stop(errors.New("first"))
		<-g.Stopping()
		g.Stop(errors.New("second"))
		r := g.Shutdown(t.Context())
		synctest.Wait()
		if got := r.Reason.Error(); got != "first" {
			t.Errorf("Reason %q, want the first", got)
		}
		wantErr(t, "cause of the intake", causes["intake"], ErrStopping)
		wantErr(t, "cause of the work", causes["work"], ErrTimeout)
	})
}

func TestOnPanicsForNoPhase(t *testing.T) {
	defer func() {
		if got, want := recover(), "shutdown: On of phase 4, which there is not"; got != want {
			t.Errorf("panic %v, want %v", got, want)
		}
	}()
	new(Group).On(4, "x", obedient)
}
