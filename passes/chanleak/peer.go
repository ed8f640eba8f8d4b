package chanleak

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/report"
)

// A peer is a goroutine that could have ended a wait.
type peer struct {
	lane int
	last explore.Step  // what it did last
	at   *explore.Step // where it is stuck itself, if it is
}

// peer finds who could have ended the wait of g, and did not: the one that acted
// last.
func (g finding) peer() (peer, bool) {
	var found peer
	ok := false
	for _, st := range g.witness.Steps {
		lane := st.Lane
		if lane == g.stuck.Lane || !g.serves(g.witness.Lanes[lane].Proc) {
			continue
		}
		found, ok = peer{lane: lane, last: st}, true
	}
	for i := range g.witness.Stuck {
		if st := &g.witness.Stuck[i]; ok && st.Lane == found.lane {
			found.at = st
		}
	}
	return found, ok
}

// enders are the operations that end the wait of another one.
var enders = map[explore.Op][]explore.Op{
	explore.Send: {explore.Recv}, explore.Recv: {explore.Send, explore.Close},
	explore.Wait: {explore.Add}, explore.CondWait: {explore.Signal, explore.Broadcast},
}

// serves reports whether a proc of the model has an operation that ends the wait
// of g, in any of its cases.
func (g finding) serves(proc int) bool {
	waits := []explore.Case{{Op: g.stuck.Op, Obj: g.stuck.Obj}}
	if g.stuck.Op == explore.Select {
		waits = g.cases()
	}
	ends := func(op explore.Op, obj int) bool {
		return slices.ContainsFunc(waits, func(w explore.Case) bool {
			return w.Obj == obj && slices.Contains(enders[w.Op], op)
		})
	}
	return slices.ContainsFunc(g.models[0].Program.Procs[proc].Code, func(in explore.Instr) bool {
		return ends(in.Op, in.Obj) || slices.ContainsFunc(in.Cases, func(c explore.Case) bool { return ends(c.Op, c.Obj) })
	})
}

// cases are those of the select that g is stuck at.
func (g finding) cases() []explore.Case {
	for _, in := range g.models[0].Program.Procs[g.witness.Lanes[g.stuck.Lane].Proc].Code {
		if in.Op == explore.Select && in.Site == g.stuck.Site {
			return in.Cases
		}
	}
	return nil
}

// byPeer reports whether it is not the function itself that could have ended the
// wait of g, but another goroutine.
func (g finding) byPeer() bool {
	if g.models[0].Type != nil {
		return true
	}
	_, ok := g.peer()
	return ok && !g.serves(0)
}

// wordPeer makes the diagnostic of a finding whose wait another goroutine could
// have ended.
func wordPeer(p *conc.Package, g finding, room int) report.Diagnostic {
	m := g.models[0]
	d := report.Diagnostic{Pos: g.site.Pos, End: g.site.Op.End(), Category: g.category}
	subject := subject(g.site)
	line := func(pos token.Pos) string { return report.Line(p.Fset, g.site.Pos, pos) }
	peer, ok := g.peer()
	switch {
	case !ok:
		d.Message = fmt.Sprintf("%s can block for ever, nobody is left to end it; %s", subject, remedy(g, room))
	case peer.at != nil:
		d.Message = fmt.Sprintf("%s can block for ever, because %s waits too (%s); %s",
			subject, g.nameOf(peer.lane), line(m.Sites[peer.at.Site].Pos), remedy(g, room))
	default:
		name, at := g.nameOf(peer.lane), ""
		if pos := m.Sites[peer.last.Site].Pos; pos.IsValid() {
			at = " (" + line(pos) + ")"
			d.Related = append(d.Related, analysis.RelatedInformation{Pos: pos, End: pos, Message: "the last thing that " + name + " does is here"})
		}
		d.Message = fmt.Sprintf("%s blocks for ever once %s leaves%s; %s", subject, name, at, remedy(g, room))
	}
	if g.stuck.Obj >= 0 && m.Makes[g.stuck.Obj] != nil {
		d.Related = append(d.Related, analysis.RelatedInformation{
			Pos: m.Makes[g.stuck.Obj].Pos(), End: m.Makes[g.stuck.Obj].Pos(), Message: "the channel is made here",
		})
	}
	return d
}

// nameOf is the function that a lane runs: for a caller the one that it calls.
func (g finding) nameOf(lane int) string {
	m, proc := g.models[0], g.witness.Lanes[lane].Proc
	switch name := m.Program.Procs[proc].Name; {
	case m.IsCaller(proc):
		return cmp.Or(g.witness.Called(proc), "a caller")
	case name == "a function literal":
		return role(g.stuck.Op)
	default:
		return name
	}
}

// role is what the goroutine is called that should end a wait, if it has no name.
func role(op explore.Op) string {
	switch op {
	case explore.Send:
		return "its receiver"
	case explore.Recv:
		return "its sender"
	}
	return "the goroutine it waits for"
}

// classifyType says how a goroutine is left behind by an object's peers.
func (g *finding) classifyType() string {
	if peer, ok := g.peer(); waitsForLock(g.stuck) || ok && peer.at != nil {
		return deadlock
	}
	if g.stuck.Op == explore.Send {
		return abandoned
	}
	return unserved
}
