package shutdown

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

func TestSD01_PhasesInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		var mu sync.Mutex
		var got []string
		log := func(name string, d time.Duration) func(context.Context) error {
			return func(context.Context) error {
				<-time.After(d)
				mu.Lock()
				defer mu.Unlock()
				got = append(got, name)
				return nil
			}
		}
		g.On(Flush, "log", log("log", 0))
		g.On(Close, "db", log("db", 2*time.Second))
		g.On(Close, "cache", log("cache", time.Second)) // at the same time
		g.On(Drain, "queue", log("queue", time.Second))
		g.On(Intake, "ticker", log("ticker", 0))
		mustStart(t, g.Intake("listener", func(ctx context.Context) error {
			<-ctx.Done()
			return log("listener", time.Second)(ctx)
		}))
		mustStart(t, g.Go("worker", log("worker", 4*time.Second)))
		r := g.Shutdown(t.Context())
		if want := []string{"ticker", "listener", "queue", "worker", "cache", "db", "log"}; !slices.Equal(got, want) {
			t.Errorf("order %q, want %q", got, want)
		}
		wantErr(t, "Err", r.Err(), nil)
		if r.Took != 6*time.Second || r.Forced || len(r.Skipped) > 0 {
			t.Errorf("took %v, want 6s: %+v", r.Took, r)
		}
		for i, want := range []time.Duration{time.Second, 3 * time.Second, 2 * time.Second, 0} {
			if p := r.Phases[i]; p.Phase != Phase(i) || p.Took != want {
				t.Errorf("phase %d: %v took %v, want %v", i, p.Phase, p.Took, want)
			}
		}
	})
}

func TestSD02_LimitOfEachPhase(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer outlast()
		g := Group{Limits: Limits{Intake: time.Second, Drain: 2 * time.Second, Close: 3 * time.Second}}
		mustStart(t, g.Intake("stubborn", after(time.Hour, nil)))
		mustStart(t, g.Go("slow", after(90*time.Minute, nil)))
		mustStart(t, g.Go("quick", after(time.Second, nil)))
		g.On(Close, "obedient", obedient)
		g.On(Flush, "log", after(time.Hour, nil))
		r := g.Shutdown(t.Context())
		wantNames(t, "late", late(r), "intake stubborn", "drain slow", "close obedient", "flush log")
		wantNames(t, "running", r.Running, "log", "slow", "stubborn")
		if want := 6*time.Second + DefaultLimit; r.Took != want {
			t.Errorf("took %v, want %v", r.Took, want)
		}
		wantErr(t, "Err", r.Err(), ErrTimeout)
		if got := r.Phases[Drain]; got.Done != 1 || got.Late[0].Took != 3*time.Second {
			t.Errorf("drain: %+v, want one done, and one late after 3s", got)
		}
	})
}

// The context of work ends only when the limit of the drain has passed.
func TestSD03_WorkIsNotInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := Group{Limits: Limits{Drain: 5 * time.Second}}
		mustStart(t, g.Go("worker", func(ctx context.Context) error {
			<-time.After(3 * time.Second)
			return ctx.Err()
		}))
		g.On(Close, "db", after(4*time.Second, nil))
		wantErr(t, "Err", g.Shutdown(t.Context()).Err(), nil)
	})
}

// What a function has left behind with its context learns that all is over, but
// not before.
func TestContextsEndInTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		left := make(chan context.Context, 1)
		mustStart(t, g.Go("worker", func(ctx context.Context) error {
			left <- ctx
			return nil
		}))
		ctx := <-left
		g.On(Flush, "log", func(context.Context) error { return ctx.Err() })
		r := g.Shutdown(t.Context())
		wantErr(t, "Err", r.Err(), nil)
		wantErr(t, "cause of the context", context.Cause(ctx), ErrStopping)
	})
}

func TestSD04_SecondSignalForces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer outlast()
		var g Group
		mustStart(t, g.Go("obedient", obedient))
		mustStart(t, g.Go("stubborn", after(time.Minute, nil)))
		g.On(Close, "db", func(context.Context) error { t.Error("phase after the second signal"); return nil })
		signals := make(chan os.Signal, 2)
		reports := make(chan Report)
		go func() { reports <- g.run(t.Context(), signals) }()
		synctest.Wait()
		signals <- os.Interrupt
		<-time.After(3 * time.Second)
		signals <- os.Interrupt
		r := <-reports
		if !r.Forced || r.Took != 3*time.Second || !slices.Equal(r.Skipped, []Phase{Close, Flush}) {
			t.Errorf("report %+v, want forced after 3s, without the last phases", r)
		}
		wantNames(t, "late", late(r), "drain obedient", "drain stubborn")
		wantErr(t, "Err", r.Err(), ErrForced)
		if got, want := r.Reason.Error(), "shutdown: signal interrupt"; got != want {
			t.Errorf("Reason %q, want %q", got, want)
		}
	})
}

func TestSD05_OtherReasons(t *testing.T) {
	why := errors.New("why")
	for name, begin := range map[string]func(g *Group, cancel context.CancelCauseFunc){
		"context": func(_ *Group, cancel context.CancelCauseFunc) { cancel(why) },
		"stop":    func(g *Group, _ context.CancelCauseFunc) { g.Stop(why) },
		"failure": func(g *Group, _ context.CancelCauseFunc) { g.Go("x", after(0, why)) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var g Group
				ctx, cancel := context.WithCancelCause(t.Context())
				defer cancel(nil)
				reports := make(chan Report, 1)
				go func() { reports <- g.Run(ctx) }()
				synctest.Wait()
				if len(reports) > 0 {
					t.Fatal("Run returned without a reason")
				}
				begin(&g, cancel)
				r := <-reports
				wantErr(t, "Reason", r.Reason, why)
				if r.Forced || len(r.Phases) != 4 {
					t.Errorf("report %+v, want all phases", r)
				}
			})
		})
	}
}

func TestSD06_EndOfContextForcesShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer outlast()
		var g Group
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		mustStart(t, g.Go("worker", after(time.Minute, nil)))
		r := g.Shutdown(ctx)
		if !r.Forced || r.Took != time.Second {
			t.Errorf("forced %t after %v, want true after 1s", r.Forced, r.Took)
		}
	})
}

func TestForceAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		g.Force()
		r := g.Shutdown(t.Context())
		if len(r.Phases) != 0 || len(r.Skipped) != 4 || !errors.Is(r.Reason, ErrForced) {
			t.Errorf("report %+v, want no phase", r)
		}
	})
}

func TestEveryShutdownReturnsTheSameReport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		calls := 0
		g.On(Close, "db", func(ctx context.Context) error {
			calls++
			return after(time.Second, nil)(ctx)
		})
		reports := make(chan Report, 3)
		for range cap(reports) {
			go func() { reports <- g.Shutdown(t.Context()) }()
		}
		for range cap(reports) {
			if r := <-reports; r.Took != time.Second || len(r.Phases) != 4 {
				t.Errorf("report %+v, want one of 1s", r)
			}
		}
		if calls != 1 {
			t.Errorf("the hook was called %d times", calls)
		}
	})
}

func TestSD07_QueuesAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer outlast()
		g := Group{Limits: Limits{Drain: 5 * time.Second}}
		tx, rx := mpsc.New[int](16)
		defer rx.Close()
		for i := range 12 {
			tx.TrySend(i)
		}
		g.Queue("jobs", rx)
		mustStart(t, g.Intake("listener", func(ctx context.Context) error {
			defer tx.Close()
			return obedient(ctx)
		}))
		mustStart(t, g.Go("worker", func(ctx context.Context) error {
			for range rx.All(ctx) {
				<-time.After(time.Second)
			}
			return ctx.Err()
		}))
		<-time.After(3500 * time.Millisecond) // the fourth job is being done
		r := g.Shutdown(t.Context())
		if got, want := r.Queues, []QueueReport{{"jobs", 5, 3}}; !slices.Equal(got, want) {
			t.Errorf("queues %+v, want %+v", got, want)
		}
		wantErr(t, "Err", r.Err(), ErrLeft)
		wantErr(t, "Err", r.Err(), ErrTimeout)
	})
}

func TestString(t *testing.T) {
	r := Report{
		Reason: errors.New("shutdown: signal terminated"), Forced: true, Took: 12 * time.Second,
		Phases: []PhaseReport{
			{Phase: Intake, Took: time.Second, Done: 2},
			{Phase: Drain, Took: 10 * time.Second, Done: 1,
				Failed: []TaskReport{{"ledger", time.Second, errors.New("disk full")}},
				Late:   []TaskReport{{"mailer", 9 * time.Second, ErrTimeout}}},
		},
		Skipped: []Phase{Close, Flush},
		Queues:  []QueueReport{{"mails", 10, 3}, {"jobs", 4, 0}},
		Running: []string{"mailer"},
	}
	want := `forced to shut down in 12s (shutdown: signal terminated)
intake   1s, 2 done
drain    10s, 1 done, ledger failed: disk full, mailer late after 9s
close    left out
flush    left out
queue mails: 10 drained, 3 left
queue jobs: 4 drained, 0 left
still running: mailer
`
	if got := r.String(); got != want {
		t.Errorf("String:\n%s\nwant:\n%s", got, want)
	}
	wantText := "shutdown: forced\ndrain: ledger: disk full\ndrain: mailer: late: chans: timed out\nqueue mails: shutdown: values left: 3"
	if got := r.Err().Error(); got != wantText {
		t.Errorf("Err:\n%s\nwant:\n%s", got, wantText)
	}
}
