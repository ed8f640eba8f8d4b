package chanleak

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/model"
	"github.com/chanlint/chanlint/internal/report"
	"github.com/chanlint/chanlint/internal/stuck"
)

// word makes the diagnostic of a finding.
func word(pass *analysis.Pass, p *conc.Package, g finding) report.Diagnostic {
	d := tell(pass, p, g)
	d.Steps = func() []report.Step { return g.witness.Tell(pass.Fset, pass.Files) }
	return d
}

// tell makes the diagnostic of a finding, but for the way there.
func tell(pass *analysis.Pass, p *conc.Package, g finding) report.Diagnostic {
	if waitsForLock(g.stuck) {
		return wordLock(p, g)
	}
	var d report.Diagnostic
	room := g.roomNeeded()
	if g.byPeer() {
		d = wordPeer(p, g, room)
	} else {
		d = wordFunc(p, g, room)
	}
	if fix, ok := capacityFix(g, room); ok {
		d.Fixes = []analysis.SuggestedFix{fix}
	} else if fix, ok := stopFix(pass, g); ok && g.stuck.Op == explore.Send {
		d.Fixes = []analysis.SuggestedFix{fix}
	}
	return d
}

// wordFunc makes the diagnostic of a finding in what a function starts.
func wordFunc(p *conc.Package, g finding, room int) report.Diagnostic {
	d := report.Diagnostic{
		Pos:      g.site.Pos,
		End:      g.site.Op.End(),
		Category: g.category,
		Related:  related(g),
	}
	subject := subject(g.site)
	last, why := g.last()
	at := report.Line(p.Fset, g.site.Pos, last)
	root := g.models[0].Func.Name
	switch g.category {
	case abandoned:
		d.Message = fmt.Sprintf("%s blocks for ever once %s %s (%s); %s", subject, root, why, at, remedy(g, room))
	case unserved:
		d.Message = fmt.Sprintf("%s blocks for ever once %s %s (%s), nobody is left to end it; %s", subject, root, why, at, remedy(g, room))
	case deadlock:
		d.Message = fmt.Sprintf("%s %s; %s", subject, g.waiting(p), remedy(g, room))
	}
	return d
}

// subject is what blocks: "this send on results".
func subject(s model.Site) string {
	name := s.Name()
	switch s.Op.Kind {
	case conc.Select:
		if s.Case < 0 {
			return "this select"
		}
		if s.Op.Cases[s.Case].Send {
			return "this send on " + name
		}
		return "this receive from " + name
	case conc.Send:
		return "this send on " + name
	case conc.Recv:
		if s.Op.Range {
			return "this range loop over " + name
		}
		return "this receive from " + name
	}
	return name + ".Wait"
}

// last is the last thing that the function does in the witness, and a verb
// for how it then leaves.
func (g finding) last() (pos token.Pos, verb string) {
	m := g.models[0]
	pos, verb = m.Func.SSA.Pos(), "returns"
	for _, st := range g.witness.Steps {
		if st.Lane != 0 {
			continue
		}
		site := m.Sites[st.Site]
		verb = "returns"
		switch {
		case site.Case >= 0:
			verb = "leaves by this case"
		case st.Op == explore.Branch:
			verb = "returns early"
		}
		if len(st.Choices) > 0 {
			site = m.Sites[st.Choices[len(st.Choices)-1].Site]
		}
		if site.Pos.IsValid() {
			pos = site.Pos
		}
	}
	if verb == "leaves by this case" {
		verb = "leaves"
	}
	return pos, verb
}

// waiting says who waits for whom in a deadlock.
func (g finding) waiting(p *conc.Package) string {
	m := g.models[0]
	root := m.Func.Name
	if site := m.Sites[g.root.Site]; site != g.site {
		return fmt.Sprintf("can block for ever, because %s waits too (%s)", root, report.Line(p.Fset, g.site.Pos, site.Pos))
	}
	return "can block for ever, because nobody is left to end it"
}

// remedy is what to do.
func remedy(g finding, room int) string {
	m := g.models[0]
	if room > 0 {
		of := g.site.Name()
		if mk := m.Makes[g.stuck.Obj]; mk.Fn.Root() != g.site.Op.Fn.Root() {
			of = "the channel"
		}
		if room == 1 {
			return fmt.Sprintf("make %s with capacity 1", of)
		}
		return fmt.Sprintf("make %s with room for every send", of)
	}
	switch {
	case g.stuck.Op == explore.Send && m.Type != nil && m.IsCaller(g.witness.Lanes[g.stuck.Lane].Proc):
		return "send in a select with a case for that"
	case g.stuck.Op == explore.Send:
		return "receive all that is sent, or send in a select with a stop case"
	case g.stuck.Op == explore.Recv:
		return fmt.Sprintf("close %s on every path", g.site.Name())
	}
	return "end the wait on every path"
}

// enough is a capacity that has room for all sends of a model.
const enough = 50

// roomNeeded is a capacity of the channel with which nobody is stuck: 1,
// enough, or 0 if there is none.
func (g finding) roomNeeded() int {
	m := g.models[0]
	if g.stuck.Op != explore.Send || g.stuck.Obj < 0 || m.Makes[g.stuck.Obj] == nil {
		return 0
	}
	if m.Type != nil && m.IsCaller(g.witness.Lanes[g.stuck.Lane].Proc) {
		return 0 // there may be more callers
	}
	for _, room := range []int{1, enough} {
		if g.freeWith(room) {
			return room
		}
	}
	return 0
}

// freeWith reports whether nobody is stuck on the channel of g any more, and
// nobody elsewhere who was not before, if the channel has the given capacity.
func (g finding) freeWith(room int) bool {
	for i, m := range g.models {
		prog := *m.Program
		prog.Objects = slices.Clone(prog.Objects)
		prog.Objects[g.stuck.Obj].Cap = room
		res := stuck.Explore(&prog)
		if res.Verdict == explore.GaveUp {
			return false
		}
		before := places(g.results[i])
		for site, obj := range places(res) {
			if _, known := before[site]; obj == g.stuck.Obj || !known {
				return false
			}
		}
	}
	return true
}

// places are the sites at which somebody is stuck, and the object waited for.
func places(res explore.Result) map[int]int {
	out := make(map[int]int)
	for _, w := range res.Witnesses {
		for _, st := range w.Stuck {
			out[st.Site] = st.Obj
		}
	}
	return out
}

// related are the other places of a finding.
func related(g finding) []analysis.RelatedInformation {
	m := g.models[0]
	var out []analysis.RelatedInformation
	add := func(pos token.Pos, format string, args ...any) {
		out = append(out, analysis.RelatedInformation{Pos: pos, End: pos, Message: fmt.Sprintf(format, args...)})
	}
	for _, st := range g.witness.Steps {
		if st.Op == explore.Go && st.Peer == g.stuck.Lane {
			add(m.Sites[st.Site].Pos, "the goroutine is started here")
		}
	}
	if last, _ := g.last(); g.category != deadlock {
		add(last, "%s goes past here", m.Func.Name)
	}
	if g.stuck.Obj >= 0 && m.Makes[g.stuck.Obj] != nil {
		add(m.Makes[g.stuck.Obj].Pos(), "the channel is made here")
	}
	return out
}
