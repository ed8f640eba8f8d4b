package shutdown

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"
)

// errAsked is the reason of a shutdown for which no other is known.
var errAsked = errors.New("shutdown: asked for")

// Run waits for a reason to shut down: one of signals, the end of ctx, a call of
// [Group.Stop], or a function that fails. Then it does what [Group.Shutdown]
// does, but for the end of ctx; the next of signals cuts it short. A context from
// signal.NotifyContext must not be for the same signals, or one would do both.
func (g *Group) Run(ctx context.Context, signals ...os.Signal) Report {
	c := make(chan os.Signal, 2)
	if len(signals) > 0 { // Notify would take none for all
		signal.Notify(c, signals...)
		defer signal.Stop(c)
	}
	return g.run(ctx, c)
}

func (g *Group) run(ctx context.Context, signals <-chan os.Signal) Report {
	select {
	case s := <-signals:
		g.Stop(fmt.Errorf("shutdown: signal %v", s))
	case <-ctx.Done():
		g.Stop(context.Cause(ctx))
	case <-g.Stopping():
	}
	over := make(chan struct{})
	listening := make(chan struct{})
	go func() {
		defer close(listening)
		select {
		case <-signals:
			g.Force()
		case <-over:
		}
	}()
	report := g.Shutdown(context.WithoutCancel(ctx))
	close(over)
	<-listening
	return report
}

// Stop begins the shutdown, unless it has begun: contexts of the intake end,
// and Run goes on. It does not wait. The reason goes into the report.
func (g *Group) Stop(reason error) {
	g.lock()
	defer g.mu.Unlock()
	g.stop(reason)
}

// stop is Stop with g locked.
func (g *Group) stop(reason error) {
	if g.reason != nil {
		return
	}
	if reason == nil {
		reason = errAsked
	}
	g.reason = reason
	g.begun = time.Now()
	for t := range g.tasks {
		if t.of == g.end {
			g.members = append(g.members, t)
		}
	}
	close(g.stopping)
	g.intake.end(ErrStopping)
	g.ring()
}

// Force cuts the shutdown short, and begins it if need be: all contexts end, and
// nobody is waited for.
func (g *Group) Force() {
	g.lock()
	defer g.mu.Unlock()
	g.stop(ErrForced)
	g.forced.end(ErrForced)
}

// force is Force for the shutdown that ends with end only.
func (g *Group) force(end *end) {
	g.lock()
	defer g.mu.Unlock()
	if g.end == end {
		g.forced.end(ErrForced)
	}
}

// Shutdown goes through the phases, and returns a report when they are over or
// cut short, which the end of ctx does, as [Group.Force] does. If it was called
// before, it waits for that shutdown and returns the same report.
func (g *Group) Shutdown(ctx context.Context) Report {
	g.lock()
	g.stop(nil)
	first := !g.started
	g.started = true
	end := g.end
	g.mu.Unlock()
	release := context.AfterFunc(ctx, func() { g.force(end) })
	defer release()
	if first {
		end.report = g.shutDown()
		close(end.done)
	}
	<-end.done
	return end.report
}

// shutDown goes through the phases.
func (g *Group) shutDown() Report {
	g.lock()
	r := Report{Reason: g.reason}
	queues := slices.Clone(g.queues)
	g.mu.Unlock()
	before := readAll(queues)
	for phase := range phases {
		if phase == Close {
			r.Queues = compare(queues, before)
		}
		if g.forced.Err() == nil {
			r.Phases = append(r.Phases, g.phase(phase))
		} else {
			r.Skipped = append(r.Skipped, phase)
		}
	}
	r.Forced = g.forced.Err() != nil
	r.Took = time.Since(g.begun)
	r.Running = g.Running()
	g.forced.end(ErrStopping) // what hangs on the contexts ends as well
	return r
}

// phase does one phase.
func (g *Group) phase(phase Phase) PhaseReport {
	ctx, cancel := context.WithTimeoutCause(g.forced, cmp.Or(g.Limits[phase], DefaultLimit), ErrTimeout)
	defer cancel()
	begun := time.Now()
	report := PhaseReport{Phase: phase}
	for _, t := range g.tasksOf(ctx, phase) {
		select {
		case <-t.done:
		case <-ctx.Done():
		}
		report.add(ctx, t)
	}
	report.Took = time.Since(begun)
	if phase == Drain && len(report.Late) > 0 {
		g.work.end(ErrTimeout)
	}
	return report
}

// tasksOf starts the functions for a phase, and returns them after those that
// belong to it already, sorted by name.
func (g *Group) tasksOf(ctx context.Context, phase Phase) []*task {
	g.lock()
	defer g.mu.Unlock()
	var all []*task
	for _, t := range g.members {
		if t.phase == phase {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b *task) int { return strings.Compare(a.name, b.name) })
	for _, h := range g.hooks[phase] {
		all = append(all, g.launch(ctx, h.name, phase, false, h.f))
	}
	return all
}
