package chanleak

import (
	_ "embed"
	"go/token"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/model"
	"github.com/chanlint/chanlint/internal/report"
	"github.com/chanlint/chanlint/internal/stuck"
)

//go:embed doc.go
var doc string

// Analyzer reports goroutines that can be left blocked for ever.
var Analyzer = &analysis.Analyzer{
	Name:     "chanleak",
	Doc:      report.Doc(doc),
	URL:      report.URL("chanleak", ""),
	Run:      run,
	Requires: slices.Concat(report.Requires, []*analysis.Analyzer{stuck.Analyzer}),
}

var strict, tests bool

func init() {
	Analyzer.Flags.BoolVar(&strict, "strict", false, "also report what callers may abandon, and in package main and the commands of a command line")
	Analyzer.Flags.BoolVar(&tests, "tests", false, "also report in test files")
}

// Categories of reports: how the goroutine is left behind.
const (
	abandoned = "abandoned" // it sends, and the function that should receive has returned
	unserved  = "unserved"  // it receives, and nobody is left to send or close
	deadlock  = "deadlock"  // the function that started it is stuck as well
	caller    = "caller"    // it sends, and the caller that should receive may stop; strict
)

// Method. Each function that makes a channel and starts a goroutine, or the
// round of a loop that does, and each type with goroutines of its own, is made
// a model with everything that uses what it makes, and all schedules of the
// model are searched for goroutines that can never move again (package stuck).
// What is found here is judged: who may know better than the model does, which
// of those that are stuck is the cause, and what to say of it.

func run(pass *analysis.Pass) (any, error) {
	r := pass.ResultOf[stuck.Analyzer].(*stuck.Result)
	if r == nil {
		return nil, nil // no function of the package matters
	}
	if pass.Pkg.Name() == "main" && !strict {
		return nil, nil // what is left behind mostly ends with the program
	}
	support := report.Support(pass)
	rep := report.New(pass, tests)
	var all []finding
	for _, s := range r.Scopes() {
		if tests || !support[pass.Fset.File(s.Pos())] {
			all = append(all, find(r, s)...)
		}
	}
	for _, g := range group(all) {
		rep.Report(word(pass, r.Package, g))
	}
	for _, f := range r.Funcs {
		if tests || !support[pass.Fset.File(f.Root().SSA.Pos())] {
			for _, d := range tickers(r.Package, f) {
				rep.Report(d)
			}
			if strict {
				for _, d := range callers(pass, r.Result, f) {
					rep.Report(d)
				}
			}
		}
	}
	rep.Flush()
	return nil, nil
}

// group keeps one finding for each cause that several scopes have found: of those
// stuck at one place any, and of those stuck on one channel none but those of the
// function that makes it, if there are such.
func group(all []finding) []finding {
	places := make(map[token.Pos]finding)
	channels := make(map[*conc.Op]bool)
	for _, g := range all {
		if known, ok := places[g.site.Pos]; !ok || g.near() && !known.near() {
			places[g.site.Pos] = g
		}
		if g.near() {
			channels[g.made()] = true
		}
	}
	var out []finding
	for _, pos := range slices.Sorted(maps.Keys(places)) {
		if g := places[pos]; g.near() || !channels[g.made()] {
			out = append(out, g)
		}
	}
	return out
}

// finding is a goroutine that can be stuck for ever.
type finding struct {
	category string
	models   []*model.Model   // of different numbers of rounds
	results  []explore.Result // of their searches
	witness  stuck.Witness
	stuck    explore.Step
	root     *explore.Step // where the function can be stuck too
	site     model.Site
}

// internal reports whether g is a call that only the package itself can make, of
// a function of a type that is not exported: it may know when not to. The same
// goes for what makes or starts an object. In public code few of these are true,
// so they are not reported, be it with the strict rules.
//
// False negative: a package that does not know, as it sends after Close.
func (g finding) internal() bool {
	m := g.models[0]
	if m.Type == nil || waitsForLock(g.stuck) {
		return false
	}
	return g.stuck.Lane == 0 || !m.Type.Obj().Exported() && m.IsCaller(g.witness.Lanes[g.stuck.Lane].Proc)
}

// made is where the channel is made that g is stuck on, nil if it is no channel,
// or may be one of several.
func (g finding) made() *conc.Op {
	if g.stuck.Obj < 0 {
		return nil
	}
	return g.models[0].Makes[g.stuck.Obj]
}

// near reports whether the function of the model is the one that makes the
// channel.
func (g finding) near() bool {
	mk := g.made()
	return mk != nil && mk.Fn == g.models[0].Func
}

// find returns the findings of one scope, one for each cause.
func find(r *stuck.Result, s model.Scope) []finding {
	found := r.Search(s)
	if found.Verdict != explore.Stuck {
		return nil
	}
	var out []finding
	for i := range found.Results[0].Witnesses {
		g := finding{models: found.Models, results: found.Results, witness: found.Witness(i)}
		g.choose()
		if g.ofLocks(r.Result) || !g.stuckInAll() {
			continue
		}
		g.root = waiting(found.Results[0])
		g.category = g.classify()
		if g.internal() || g.known(r.Result) || !strict && g.ofCommand(r.Result) {
			continue
		}
		out = append(out, g)
	}
	return distinct(out)
}

// ofCommand reports whether g is left behind by a command of a program, which ends
// soon after it: the channel is made once, and the command itself is not stuck.
func (g finding) ofCommand(r *effect.Result) bool {
	mk := g.made()
	return g.category != deadlock && mk != nil && model.Command(mk.Fn) && !r.InLoop(mk)
}

// known reports whether goroutines may know more of each other than the model
// does, so that what it finds does not happen.
func (g finding) known(r *effect.Result) bool {
	m := g.models[0]
	if g.mayGoOn() || g.forGood() {
		return true
	}
	if g.stuck.Op == explore.CondWait && !r.InLoop(g.site.Op) {
		return true // watchqueue reports who waits without looking first
	}
	if waitsForLock(g.stuck) {
		h, ok := g.holder(g.stuck)
		if ok && h.at != nil && waitsForLock(*h.at) {
			return false
		}
		return m.Agreed(g.witness.Witness) || ok && h.at == nil && !r.Forgotten(h.taken.Op)
	}
	if m.Agreed(g.witness.Witness) {
		return true
	}
	if g.category == abandoned && g.site.Op != nil && r.ServerError(g.site.Op, m.Func) || g.noneStarted() {
		return true
	}
	if g.category != abandoned && m.Valued {
		return true // whoever sends may know which way the receiver takes
	}
	// The condition under which it is closed may know what is left.
	return g.category == unserved && g.stuck.Obj >= 0 && m.Chosen(r.Package, g.stuck.Obj)
}

// mayGoOn reports whether somebody who could end the wait of g is neither stuck
// nor gone: it waits for what others may still bring, or works for ever.
func (g finding) mayGoOn() bool {
	if g.stuck.Obj >= 0 && g.models[0].OneCall(g.stuck.Obj) {
		return false
	}
	for i, lane := range g.witness.Lanes {
		if !lane.Idle {
			continue
		}
		holds := slices.ContainsFunc(g.witness.Held, func(h explore.Hold) bool { return h.Lane == i && h.Obj == g.stuck.Obj })
		if holds || g.serves(lane.Proc) {
			return true
		}
	}
	return false
}

// noneStarted reports whether the function waits for one of several goroutines, each
// of which it starts on a condition, and has started none: whoever sets the
// conditions knows that one holds.
//
// False negative: somebody who does not.
func (g finding) noneStarted() bool {
	if g.stuck.Lane != 0 || len(g.witness.Lanes) != 1 {
		return false
	}
	n := 0
	for op := range g.models[0].Func.Ops {
		if op.Kind == conc.Go && model.Skipped(op) {
			n++
		}
	}
	return n > 1
}

// forGood reports whether g is a receive from a channel that has no other use, as
// <-make(chan struct{}) is: it is meant to wait for ever.
//
// False negative: a channel that was never handed to who should close it, with
// which the program hangs at once.
func (g finding) forGood() bool {
	mk := g.made()
	return g.stuck.Op == explore.Recv && mk != nil && mk.Lone()
}

// choose picks which of the stuck goroutines to report: one that was started,
// rather than the function itself, which may wait for it; and the first.
func (g *finding) choose() {
	m := g.models[0]
	if st, ok := g.lockCause(); ok {
		g.stuck, g.site = st, m.Sites[st.Site]
		return
	}
	for i, st := range g.witness.Stuck {
		site := m.Sites[st.Site]
		if i == 0 || better(st, g.stuck) || better(st, g.stuck) == better(g.stuck, st) && site.Pos < g.site.Pos {
			g.stuck, g.site = st, site
		}
	}
}

// better reports whether a is a better place to report than b.
func better(a, b explore.Step) bool { return rank(a) < rank(b) }

// rank is lower for better places to report. Who waits for a wait group waits for
// goroutines that may be stuck themselves, and so may the function.
func rank(st explore.Step) int {
	switch {
	case st.Lane == 0:
		return 2
	case st.Op == explore.Wait:
		return 1
	}
	return 0
}

// waiting is where the function itself can be stuck, nil if it cannot.
func waiting(res explore.Result) *explore.Step {
	for _, w := range res.Witnesses {
		for i := range w.Stuck {
			if w.Stuck[i].Lane == 0 {
				return &w.Stuck[i]
			}
		}
	}
	return nil
}

func (g *finding) classify() string {
	if g.models[0].Type != nil {
		return g.classifyType()
	}
	if g.root != nil || waitsForLock(g.stuck) {
		return deadlock
	}
	if g.stuck.Op == explore.Send {
		return abandoned
	}
	return unserved
}

// stuckInAll reports whether the place of g is stuck in all results.
func (g *finding) stuckInAll() bool {
	for i, res := range g.results {
		same := func(st explore.Step) bool { return g.models[i].Sites[st.Site] == g.site }
		if !slices.ContainsFunc(res.Witnesses, func(w *explore.Witness) bool {
			return slices.ContainsFunc(w.Stuck, same)
		}) {
			return false
		}
	}
	return true
}

// distinct keeps one finding for each cause: what is stuck together has one, and
// so has what is stuck on one object. If somebody waits for goroutines that are
// stuck, they are the cause.
func distinct(all []finding) []finding {
	// Who waits for a wait group comes last: those it waits for are the cause.
	slices.SortStableFunc(all, func(a, b finding) int { return rank(a.stuck) - rank(b.stuck) })
	started := slices.ContainsFunc(all, func(g finding) bool { return g.stuck.Lane != 0 })
	objects := make(map[int]bool)
	sites := make(map[model.Site]bool)
	with := make(map[model.Site]bool) // stuck together with what is reported
	var out []finding
	for _, g := range all {
		switch {
		case objects[g.stuck.Obj]:
			continue
		case slices.ContainsFunc(g.witness.Stuck, func(st explore.Step) bool { return sites[g.models[0].Sites[st.Site]] }):
			continue
		case g.stuck.Op == explore.Wait && (with[g.site] || g.waitsFor(objects)):
			continue
		case started && g.stuck.Lane == 0 && !waitsForLock(g.stuck):
			continue
		}
		out = append(out, g)
		objects[g.stuck.Obj] = true
		sites[g.site] = true
		for _, st := range g.witness.Stuck {
			with[g.models[0].Sites[st.Site]] = true
		}
	}
	slices.SortStableFunc(out, func(a, b finding) int { return int(a.site.Pos - b.site.Pos) })
	return out
}

// waitsFor reports whether g waits for a wait group that somebody would be done
// with who can be stuck on one of objects.
func (g finding) waitsFor(objects map[int]bool) bool {
	code := func(w *explore.Witness, st explore.Step) []explore.Instr {
		return g.models[0].Program.Procs[w.Lanes[st.Lane].Proc].Code
	}
	done := func(in explore.Instr) bool { return in.Op == explore.Add && in.Obj == g.stuck.Obj && in.N < 0 }
	return slices.ContainsFunc(g.results[0].Witnesses, func(w *explore.Witness) bool {
		return slices.ContainsFunc(w.Stuck, func(st explore.Step) bool {
			return objects[st.Obj] && slices.ContainsFunc(code(w, st), done)
		})
	})
}
