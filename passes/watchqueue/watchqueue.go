package watchqueue

import (
	_ "embed"
	"go/ast"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/feed"
	"github.com/chanlint/chanlint/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports wake-ups and latest values that are used as if each of them
// arrived.
var Analyzer = &analysis.Analyzer{
	Name:     "watchqueue",
	Doc:      report.Doc(doc),
	URL:      report.URL("watchqueue", ""),
	Run:      run,
	Requires: slices.Concat(report.Requires, []*analysis.Analyzer{effect.Analyzer}),
}

var strict, tests bool

func init() {
	Analyzer.Flags.BoolVar(&strict, "strict", false, "also report what needs a closer look")
	Analyzer.Flags.BoolVar(&tests, "tests", false, "also report in test files")
}

// Categories of reports: what goes wrong with the items.
const (
	history = "history" // they are counted or kept, but some are merged
	single  = "single"  // one is taken off a queue for each wake-up, but wake-ups are merged
	unheard = "unheard" // a wake-up is lost unless the receiver waits at that moment
	late    = "late"    // who waits, or subscribes, does so after the fact
	baton   = "baton"   // strict: a waiter takes the wake-up of others along
	polled  = "polled"  // strict: changes of an atomic value are looked for now and then
)

// Method. A channel carries less than what is sent if each send of the package
// drops the item, or replaces the old one, when there is no room. That is
// right for wake-ups and for state: the receiver looks again. It is wrong if
// the receiver does something once for each item that makes sense only if each
// arrives, which is what package feed looks for. Whether a receiver that does
// one thing for each item may miss some is not known in general, so it is
// reported only if the thing is to count, to keep, or to take one of what was
// put in a queue.

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass, tests)
	if strict {
		for _, f := range pass.Files {
			for _, p := range polls(pass.TypesInfo, f) {
				rep.Report(wordPolled(p))
			}
		}
	}
	if r := pass.ResultOf[effect.Analyzer].(*effect.Result); r != nil {
		for _, d := range find(pass, r) {
			rep.Report(d)
		}
	}
	rep.Flush()
	return nil, nil
}

// find returns the reports on what the engine knows.
func find(pass *analysis.Pass, r *effect.Result) []report.Diagnostic {
	var out []report.Diagnostic
	for _, c := range feed.Carriers(r) {
		out = append(out, carried(pass, r, c)...)
	}
	for _, s := range feed.Sources(r) {
		if a, ok := feed.First(s.Acts, keeps); ok {
			out = append(out, wordSource(r, s, a))
		}
	}
	if strict {
		for _, d := range feed.DroppedWakeups(r) {
			out = append(out, wordBaton(pass, r, d))
		}
	}
	for _, op := range feed.BlindWaits(r) {
		out = append(out, wordBlind(r, op))
	}
	for _, l := range feed.LateSubscriptions(r) {
		out = append(out, wordLate(r, l))
	}
	return out
}

// carried returns the reports on one channel that is filled without waiting.
func carried(pass *analysis.Pass, r *effect.Result, c feed.Carrier) []report.Diagnostic {
	switch {
	case c.Cap == 0 && c.Fill == feed.Dropping && c.Signal():
		if deaf(r, c) && !agreed(pass, c) {
			return []report.Diagnostic{wordUnheard(r, c)}
		}
	case c.Cap == 1 && (c.Fill == feed.Replacing || !r.Semaphore(c.Place())):
		return conflated(pass, r, c)
	}
	return nil
}

// agreed reports whether a comment at a wake-up says that it may be lost.
func agreed(pass *analysis.Pass, c feed.Carrier) bool {
	return slices.ContainsFunc(c.Sends, func(u conc.Use) bool {
		sel, ok := u.Op.Node.(*ast.SelectStmt)
		return ok && report.Agreed(pass, sel)
	})
}

// conflated returns the reports on a channel with room for one item.
func conflated(pass *analysis.Pass, r *effect.Result, c feed.Carrier) []report.Diagnostic {
	var out []report.Diagnostic
	if c.Signal() && strict {
		for _, d := range feed.DroppedTokens(r, c) {
			out = append(out, wordBaton(pass, r, d))
		}
	}
	for _, u := range c.Recvs {
		acts := feed.Acts(r, u)
		if a, ok := feed.First(acts, counts(c)); ok && !c.Renewed(u) {
			out = append(out, wordHistory(r, c, u, a))
			continue
		}
		one := func(a feed.Act) bool { return a.Kind == feed.Take && filler(r, c, a) != nil }
		if a, ok := feed.First(acts, one); ok && c.Signal() && !passesOn(c, u) {
			out = append(out, wordSingle(r, c, u, a))
		}
	}
	return out
}

// counts tells the acts that need each item of c.
func counts(c feed.Carrier) func(feed.Act) bool {
	return func(a feed.Act) bool {
		switch a.Kind {
		case feed.Count, feed.Sum, feed.Append:
			return true
		case feed.Tally:
			return strict
		case feed.Start:
			return strict && !c.Signal()
		}
		return false
	}
}

// keeps tells the acts that need each value of a source of newest values.
func keeps(a feed.Act) bool {
	switch a.Kind {
	case feed.Count, feed.Sum, feed.Append, feed.Start:
		return true
	case feed.Tally:
		return strict
	}
	return false
}

// filler is the send of c in a function that also puts something into the
// queue of a, nil if there is none.
func filler(r *effect.Result, c feed.Carrier, a feed.Act) *conc.Op {
	for _, s := range c.Sends {
		if feed.Fills(r.Package, s.Op.Fn.Root(), a.Queue) {
			return s.Op
		}
		byCaller := func(f *conc.Func) bool { return calls(f, s.Op.Fn) && feed.Fills(r.Package, f, a.Queue) }
		if slices.ContainsFunc(r.Funcs, byCaller) {
			return s.Op // the send is in a function of its own
		}
	}
	return nil
}

// calls reports whether f calls g.
func calls(f, g *conc.Func) bool {
	for op := range f.Ops {
		if op.Call != nil && slices.ContainsFunc(op.Call.Targets, func(t conc.Target) bool { return t.Func == g }) {
			return true
		}
	}
	return false
}

// passesOn reports whether who receives calls a function that sends, for the
// next in line.
func passesOn(c feed.Carrier, u conc.Use) bool {
	return slices.ContainsFunc(c.Sends, func(s conc.Use) bool { return calls(u.Op.Fn, s.Op.Fn) })
}

// isFirst reports whether op is the first operation of its function that may
// wait.
func isFirst(r *effect.Result, op *conc.Op) bool {
	for o := range op.Fn.Ops {
		if o == op || len(r.Waits(o)) > 0 {
			return o == op
		}
	}
	return false
}

// deaf reports whether a receiver of c can be busy when a signal comes, and
// waits for nothing but signals and the end. A goroutine that waits once, before
// anything else, is not busy. Where who sends also closes the channel, for the last
// time, no receiver waits for ever.
//
// False positive: a receiver that looks at the state between the moment from
// which it would hear a signal and the wait, which no channel allows.
// False negative: a receiver with a timer, which is only late.
func deaf(r *effect.Result, c feed.Carrier) bool {
	closes := func(s conc.Use) bool {
		return slices.ContainsFunc(r.Uses(c.Place()).Closes, func(u conc.Use) bool { return u.Op.Fn == s.Op.Fn })
	}
	if slices.ContainsFunc(c.Sends, closes) {
		return false
	}
	busy := func(u conc.Use) bool { return r.InLoop(u.Op) || !u.Op.Fn.Started || !isFirst(r, u.Op) }
	return slices.ContainsFunc(c.Recvs, busy) && !slices.ContainsFunc(c.Recvs, func(u conc.Use) bool {
		return u.Op.HasDefault || slices.ContainsFunc(u.Op.Cases, func(c conc.Case) bool { return c.Bound == conc.ByTimer })
	})
}
