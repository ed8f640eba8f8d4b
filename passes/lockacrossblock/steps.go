package lockacrossblock

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/report"
)

// steps is how a deadlock comes about: its witness, or if it has none what is
// known of both ends: one goroutine waits with the lock, and the one that would
// end the wait waits for the lock. What merely stalls has no such way, and a lock
// that is taken twice by one goroutine needs none.
func steps(pass *analysis.Pass, r *effect.Result, g finding) []report.Step {
	if g.category != deadlock {
		return nil
	}
	if g.witness.Witness != nil {
		return g.witness.Tell(pass.Fset, pass.Files)
	}
	t := teller{actor: g.fn.Root().Name}
	lock := lockName(g.lock)
	t.take(g, lock)
	if g.wait.Op != g.op {
		t.add(g.op, "calls %s", callName(g))
	}
	t.stuck(g.wait.Op, "blocks for ever: it %s", g.wait.What)
	holder := t.actor
	t.actor = counterpart(g)
	t.stuck(g.party.Need, "blocks for ever, because %s holds %s%s", holder, lock, unreached(r, g))
	return t.steps
}

// take adds how the lock of g came to be held.
func (t *teller) take(g finding, lock string) {
	switch {
	case g.lock.Op == nil:
		s := report.Step{Pos: g.fn.SSA.Pos()}
		s.Actor, s.Message = t.actor, fmt.Sprintf("is called with %s locked", lock)
		t.steps = append(t.steps, s)
	case g.lock.Mode == lockset.Once:
		t.add(g.lock.Op, "calls %s.Do", lock)
	case g.lock.Mode == lockset.Read:
		t.add(g.lock.Op, "read-locks %s", lock)
	default:
		t.add(g.lock.Op, "locks %s", lock)
	}
}

// counterpart names the goroutine that would end the wait of g.
func counterpart(g finding) string {
	fn := g.party.Need.Fn
	root := fn.Root()
	switch {
	case fn != root:
		return "func in " + root.Name
	case root == g.fn.Root():
		return "another " + root.Name
	}
	return root.Name
}

// unreached says what the counterpart does not get to.
func unreached(r *effect.Result, g finding) string {
	need, end := g.party.Need.Pos(), g.party.Op.Pos()
	switch at := report.Line(r.Fset, need, end); {
	case need == end:
		return ""
	case g.party.Op.Kind == conc.Go:
		return ", and never returns" // its end is what is waited for
	case end < need:
		return ", and never gets back to " + at
	default:
		return ", and never gets to " + at
	}
}

// A teller collects the steps of goroutines.
type teller struct {
	actor string
	steps []report.Step
}

func (t *teller) add(op *conc.Op, format string, args ...any) {
	s := report.Step{Pos: op.Pos(), End: op.End()}
	s.Actor, s.Message = t.actor, fmt.Sprintf(format, args...)
	t.steps = append(t.steps, s)
}

func (t *teller) stuck(op *conc.Op, format string, args ...any) {
	t.add(op, format, args...)
	t.steps[len(t.steps)-1].Stuck = true
}
