package shutdown

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A Report says how a shutdown went.
type Report struct {
	Reason  error         // why it began
	Forced  bool          // it was cut short
	Took    time.Duration // from the reason to the end
	Phases  []PhaseReport // those that were begun, in order
	Skipped []Phase       // those that were not
	Queues  []QueueReport // in the order of the calls of Group.Queue
	Running []string      // who had not returned at the end, sorted
}

// A PhaseReport says how one phase went.
type PhaseReport struct {
	Phase  Phase
	Took   time.Duration
	Done   int          // functions that returned in time without an error
	Failed []TaskReport // those that returned an error
	Late   []TaskReport // those that had not returned when the phase ended, or gave up then
}

// A TaskReport says how a function fared.
type TaskReport struct {
	Name string
	Took time.Duration // from its start, up to its return or the end of the phase
	Err  error         // what it returned, or why it was not waited for: ErrTimeout or ErrForced
}

// A QueueReport says what became of the values in a queue.
type QueueReport struct {
	Name    string
	Drained uint64 // received during the intake and drain phases
	Left    int    // queued after that
}

// add adds what became of t when ctx has ended or t is done.
func (p *PhaseReport) add(ctx context.Context, t *task) {
	select {
	case <-t.done:
	default:
		p.Late = append(p.Late, TaskReport{t.name, time.Since(t.begun), context.Cause(ctx)})
		return
	}
	switch {
	case t.err == nil:
		p.Done++
	case ctx.Err() != nil && errors.Is(t.err, ctx.Err()): // it ended in time, but because of the limit
		p.Late = append(p.Late, TaskReport{t.name, t.took, context.Cause(ctx)})
	default:
		p.Failed = append(p.Failed, TaskReport{t.name, t.took, t.err})
	}
}

// Err returns nil if all functions returned in time and without an error, and
// left nothing in the queues. Otherwise the error matches, by errors.Is,
// [ErrForced] if the shutdown was cut short, [ErrTimeout] if a function was
// late, [ErrLeft] if a queue was not empty, and what functions returned.
func (r Report) Err() error {
	var errs []error
	if r.Forced {
		errs = append(errs, ErrForced)
	}
	for _, p := range r.Phases {
		for _, t := range p.Failed {
			errs = append(errs, fmt.Errorf("%v: %s: %w", p.Phase, t.Name, t.Err))
		}
		for _, t := range p.Late {
			errs = append(errs, fmt.Errorf("%v: %s: late: %w", p.Phase, t.Name, t.Err))
		}
	}
	for _, q := range r.Queues {
		if q.Left > 0 {
			errs = append(errs, fmt.Errorf("queue %s: %w: %d", q.Name, ErrLeft, q.Left))
		}
	}
	return errors.Join(errs...)
}

// String renders r as a small table, a line for each phase and each queue.
func (r Report) String() string {
	var b strings.Builder
	how := "shut down"
	if r.Forced {
		how = "forced to shut down"
	}
	fmt.Fprintf(&b, "%s in %v (%v)\n", how, r.Took, r.Reason)
	for _, p := range r.Phases {
		fmt.Fprintf(&b, "%-8v %v, %d done", p.Phase, p.Took, p.Done)
		for _, t := range p.Failed {
			fmt.Fprintf(&b, ", %s failed: %v", t.Name, t.Err)
		}
		for _, t := range p.Late {
			fmt.Fprintf(&b, ", %s late after %v", t.Name, t.Took)
		}
		b.WriteByte('\n')
	}
	for _, p := range r.Skipped {
		fmt.Fprintf(&b, "%-8v left out\n", p)
	}
	for _, q := range r.Queues {
		fmt.Fprintf(&b, "queue %s: %d drained, %d left\n", q.Name, q.Drained, q.Left)
	}
	if len(r.Running) > 0 {
		fmt.Fprintf(&b, "still running: %s\n", strings.Join(r.Running, ", "))
	}
	return b.String()
}

// A queue is one to report on.
type queue struct {
	name   string
	source chans.Source
}

// readAll returns the stats of queues.
func readAll(queues []queue) []chans.Stats {
	all := make([]chans.Stats, len(queues))
	for i, q := range queues {
		all[i] = q.source.Stats()
	}
	return all
}

// compare tells what became of the values in queues.
func compare(queues []queue, before []chans.Stats) []QueueReport {
	var all []QueueReport
	for i, now := range readAll(queues) {
		all = append(all, QueueReport{queues[i].name, now.Received - before[i].Received, now.Len})
	}
	return all
}
