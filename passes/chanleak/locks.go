package chanleak

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/model"
	"github.com/chanlint/chanlint/internal/report"
)

// A hold is why a goroutine waits for a lock: who has it, where it was taken,
// and where its holder is stuck, if it is.
type hold struct {
	lane  int
	taken model.Site
	at    *explore.Step // nil if the holder has returned, or goes on
}

// holder is who holds the lock that st waits for.
func (g finding) holder(st explore.Step) (hold, bool) {
	for _, h := range g.witness.Held {
		if h.Obj != st.Obj {
			continue
		}
		out := hold{lane: h.Lane, taken: g.models[0].Sites[h.Site]}
		for i := range g.witness.Stuck {
			if g.witness.Stuck[i].Lane == h.Lane {
				out.at = &g.witness.Stuck[i]
			}
		}
		return out, true
	}
	return hold{}, false
}

// waitsForLock reports whether st is stuck at a lock.
func waitsForLock(st explore.Step) bool { return st.Op == explore.Lock || st.Op == explore.RLock }

// lockCause picks the goroutine of a witness whose wait for a lock is the
// cause: one that holds it itself, or that waits for a holder who waits for a
// lock too, if there is one.
func (g finding) lockCause() (explore.Step, bool) {
	var found *explore.Step
	cycle := false
	for i := range g.witness.Stuck {
		st := &g.witness.Stuck[i]
		if !waitsForLock(*st) {
			continue
		}
		h, ok := g.holder(*st)
		switch {
		case ok && h.lane == st.Lane:
			return *st, true
		case found == nil, ok && h.at != nil && waitsForLock(*h.at) && !cycle:
			found, cycle = st, ok && h.at != nil && waitsForLock(*h.at)
		}
	}
	if found == nil {
		return explore.Step{}, false
	}
	return *found, true
}

// wordLock makes the diagnostic of a finding that ends with a wait for a lock.
func wordLock(p *conc.Package, g finding) report.Diagnostic {
	lock, verb := g.site.Name(), "Lock"
	if g.stuck.Op == explore.RLock {
		verb = "RLock"
	}
	d := report.Diagnostic{Pos: g.site.Pos, End: g.site.Op.End(), Category: deadlock}
	h, ok := g.holder(g.stuck)
	line := func(pos token.Pos) string { return report.Line(p.Fset, g.site.Pos, pos) }
	why := "nobody is left to unlock it; unlock it on every path"
	switch {
	case !ok:
	case h.lane == g.stuck.Lane && g.stuck.Op == explore.RLock && h.taken.Op.Kind == conc.RLock:
		why = fmt.Sprintf("because it is read-locked already (%s) and a writer may wait in between; read-lock it once", line(h.taken.Pos))
	case h.lane == g.stuck.Lane:
		why = fmt.Sprintf("because the same goroutine has locked it (%s); unlock it first", line(h.taken.Pos))
	case h.at == nil:
		why = fmt.Sprintf("because it is locked (%s) and not unlocked on some way; unlock it on every path", line(h.taken.Pos))
	case waitsForLock(*h.at):
		other := g.models[0].Sites[h.at.Site]
		why = fmt.Sprintf("because %s is locked while it is held (%s); lock both in one order", other.Name(), line(other.Pos))
	default:
		other := g.models[0].Sites[h.at.Site]
		why = fmt.Sprintf("because it is held across %s (%s); unlock it before that", waitOf(other), line(other.Pos))
	}
	d.Message = fmt.Sprintf("%s.%s can block for ever, %s", lock, verb, why)
	d.Related = g.relatedLocks(h, ok)
	return d
}

// waitOf is an operation at which the holder of a lock is stuck.
func waitOf(s model.Site) string {
	switch s.Op.Kind {
	case conc.Select:
		return "a select"
	case conc.Send:
		return "a send on " + s.Name()
	case conc.Recv:
		return "a receive from " + s.Name()
	}
	return s.Name() + ".Wait"
}

// relatedLocks are the other places of a wait for a lock.
func (g finding) relatedLocks(h hold, held bool) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	add := func(pos token.Pos, format string, args ...any) {
		if pos.IsValid() {
			out = append(out, analysis.RelatedInformation{Pos: pos, End: pos, Message: fmt.Sprintf(format, args...)})
		}
	}
	if held {
		add(h.taken.Pos, "%s is locked here", h.taken.Name())
		if h.at != nil && h.lane != g.stuck.Lane {
			add(g.models[0].Sites[h.at.Site].Pos, "its holder waits here")
		}
	}
	for _, st := range g.witness.Steps {
		if st.Op == explore.Go && st.Peer == g.stuck.Lane && len(out) < 3 {
			add(g.models[0].Sites[st.Site].Pos, "the goroutine is started here")
		}
	}
	return out
}

// ofLocks reports whether a finding is one that lockacrossblock knows: a lock
// taken twice by one goroutine, or held across a wait that it can see.
func (g finding) ofLocks(r *effect.Result) bool {
	for _, st := range g.witness.Stuck {
		if !waitsForLock(st) {
			continue
		}
		h, ok := g.holder(st)
		if !ok || h.at == nil {
			continue
		}
		shared := st.Op == explore.RLock && h.taken.Op.Kind == conc.RLock
		if h.lane == st.Lane && !shared && r.Relocks(h.taken.Op, g.models[0].Sites[st.Site].Op) {
			return true
		}
		if !waitsForLock(*h.at) && r.Deadlocks(h.taken.Op, g.models[0].Sites[h.at.Site].Op) {
			return true
		}
	}
	return false
}
