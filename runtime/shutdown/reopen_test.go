package shutdown

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// Who is released by a shutdown stays so, whenever it gets to look.
func TestTT02_ReopenReleasesWhoWaited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		mustStart(t, g.Go("a", after(time.Second, nil)))
		waited := make(chan error, 4)
		for range cap(waited) {
			go func() { waited <- g.Wait(t.Context()) }()
		}
		reports := make(chan Report, 1)
		synctest.Wait()
		go func() { reports <- g.Shutdown(t.Context()) }()
		wantErr(t, "Err", g.Shutdown(t.Context()).Err(), nil)
		mustStart(t, g.Reopen())
		mustStart(t, g.Go("b", obedient))
		for range cap(waited) {
			wantErr(t, "Wait of before", <-waited, nil)
		}
		if got := (<-reports).Took; got != time.Second {
			t.Errorf("the other caller of Shutdown has a report of %v, want that of the first, 1s", got)
		}

		go func() { waited <- g.Wait(t.Context()) }()
		synctest.Wait()
		if len(waited) > 0 {
			t.Error("Wait does not wait for the next shutdown")
		}
		g.Force()
		wantErr(t, "Wait", <-waited, nil)
		g.Shutdown(t.Context())
	})
}

func TestTT02_ReopenAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		flushed := 0
		g.On(Flush, "log", func(context.Context) error { flushed++; return nil })
		mustStart(t, g.Reopen()) // does nothing
		for i := range 3 {
			before := g.Stopping()
			mustStart(t, g.Intake("in", obedient))
			mustStart(t, g.Reopen()) // does nothing
			if g.Len() != 1 {
				t.Errorf("%d functions run after Reopen, want the one that was started", g.Len())
			}
			reason := errors.New("reason")
			g.Stop(reason)
			<-before
			r := g.Shutdown(t.Context())
			wantErr(t, "Reason", r.Reason, reason)
			wantErr(t, "Err", r.Err(), nil)
			if r.Phases[Intake].Done != 1 || flushed != i+1 {
				t.Errorf("round %d: %+v, flushed %d times", i, r.Phases[Intake], flushed)
			}
			wantErr(t, "Go", g.Go("x", obedient), ErrStopping)
			mustStart(t, g.Reopen())
			mustStart(t, g.Reopen())
		}
	})
}

func TestReopenInAShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		mustStart(t, g.Go("a", after(time.Second, nil)))
		g.Stop(nil)
		wantErr(t, "Reopen", g.Reopen(), ErrStopping)
		go g.Shutdown(t.Context())
		synctest.Wait()
		wantErr(t, "Reopen", g.Reopen(), ErrStopping)
		<-time.After(2 * time.Second)
		mustStart(t, g.Reopen())
	})
}

// Nothing of a shutdown that is over reaches the next: not the error of who was
// late, and not the end of the context of who asked for it.
func TestReopenLeavesTheLateBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := Group{Limits: Limits{Drain: time.Second}}
		mustStart(t, g.Go("late", after(time.Minute, errors.New("late"))))
		ctx, cancel := context.WithCancel(t.Context())
		r := g.Shutdown(ctx)
		if got := late(r); len(got) != 1 {
			t.Fatalf("late: %q, want one", got)
		}
		mustStart(t, g.Reopen())
		cancel()
		wantNames(t, "running", g.Running(), "late")
		mustStart(t, g.Go("next", obedient))
		<-time.After(2 * time.Minute)
		wantNames(t, "running", g.Running(), "next")
		select {
		case <-g.Stopping():
			t.Error("the error of who was late begins the next shutdown")
		default:
		}
		waited := make(chan error, 1)
		go func() { waited <- g.Wait(t.Context()) }()
		r = g.Shutdown(t.Context())
		if got := late(r); len(got) != 1 || got[0] != "drain next" {
			t.Errorf("late: %q, want next alone", got)
		}
		wantErr(t, "Wait", <-waited, nil)
	})
}

// What is started before the shutdown is waited for, and nothing starts after.
func TestTT03_GoAfterStopIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		var refused error
		mustStart(t, g.Go("a", func(context.Context) error {
			<-g.Stopping()
			refused = g.Go("b", func(context.Context) error { t.Error("b runs"); return nil })
			<-time.After(time.Second)
			return nil
		}))
		r := g.Shutdown(t.Context())
		wantErr(t, "Go", refused, ErrStopping)
		if got := r.Phases[Drain]; got.Done != 1 || got.Took != time.Second {
			t.Errorf("drain: %+v, want a alone, after 1s", got)
		}
	})
}
