package lockacrossblock

import (
	"cmp"
	_ "embed"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/place"
	"github.com/chanlint/chanlint/internal/report"
	"github.com/chanlint/chanlint/internal/stuck"
)

//go:embed doc.go
var doc string

// Analyzer reports locks that are held across an operation that blocks.
var Analyzer = &analysis.Analyzer{
	Name:     "lockacrossblock",
	Doc:      report.Doc(doc),
	URL:      report.URL("lockacrossblock", ""),
	Run:      run,
	Requires: slices.Concat(report.Requires, []*analysis.Analyzer{stuck.Analyzer}),
}

var strict, tests bool

func init() {
	Analyzer.Flags.BoolVar(&strict, "strict", false, "also report waits that a timer or context ends, input and output, and callbacks")
	Analyzer.Flags.BoolVar(&tests, "tests", false, "also report in test files")
}

// Categories of reports: what may happen.
const (
	deadlock = "deadlock" // whoever would end the wait needs the lock
	relock   = "relock"   // the lock is taken again by who holds it
	stall    = "stall"    // others that only touch state wait as long
	bounded  = "bounded"  // strict: the same, but a timer or context ends it, or a receiver that comes back
	io       = "io"       // strict: the same, for the network or a process
	indirect = "indirect" // strict: the wait is behind a function value, an interface, or several calls, or in another package
)

// near is how many calls away a wait may be for a default report of a stall.
// The further away, the more likely it is on a path that is not taken while
// the lock is held.
const near = 1

// far is the same for strict reports; a wait in another package must be that
// of the called function itself.
const far = 2

// severity orders categories; of several findings about one lock the most
// severe is reported.
var severity = map[string]int{relock: 0, deadlock: 1, stall: 2, indirect: 3, bounded: 4, io: 5}

// finding is a lock held across an operation.
type finding struct {
	category  string
	fn        *conc.Func
	op        *conc.Op // what is reported
	lock      lockset.Held
	wait      effect.Wait    // unless relock
	doubt     effect.Doubt   // of a stall
	again     effect.LockUse // relock
	party     effect.Party   // deadlock
	witness   stuck.Witness  // of a deadlock, if there is one
	contender *effect.Section
}

// Method. For each operation that may block, itself or in what it calls, and
// each lock that is held before it on every path: if whoever would end the
// wait needs that lock, it is a deadlock; else, if the wait has no bound and
// other functions take the lock only to touch state, it stalls them. What is
// meant to be held meanwhile stays silent: an operation lock has no such
// contenders, a semaphore is no wait, a handshake ends by what was done just
// before, and goroutines started under the lock do its work. A deadlock is then
// looked for in the models of package stuck: one that they have both ends of, and
// that no schedule leads to, is dropped, and a schedule that does is its witness.

func run(pass *analysis.Pass) (any, error) {
	r := pass.ResultOf[stuck.Analyzer].(*stuck.Result)
	if r == nil {
		return nil, nil // no function of the package matters
	}
	var all []finding
	for _, f := range r.Funcs {
		for _, g := range find(r.Result, f) {
			if g.explore(r) {
				all = append(all, g)
			}
		}
	}
	rep := report.New(pass, tests)
	for _, g := range group(all) {
		d := word(pass, r.Result, g)
		d.Fixes = unlockFix(pass, r.Result, g)
		rep.Report(d)
	}
	rep.Flush()
	return nil, nil
}

// find collects the findings of one function.
func find(r *effect.Result, f *conc.Func) []finding {
	var out []finding
	for op, set := range r.Flow(f).All() {
		if op.Kind == conc.Go {
			continue // another goroutine holds nothing
		}
		out = append(out, relocks(r, f, op, set)...)
		held := mustHeld(set)
		if len(held) == 0 {
			held = byConvention(r, f)
		}
		for _, w := range r.Waits(op) {
			for _, h := range slices.Concat(held, w.Under) {
				if slices.Contains(w.Freed, h.Lock) || slices.Contains(set.Freed(), h.Lock) {
					continue // released before the wait
				}
				if expectsLock(r, op, h) {
					continue // reported in the function that says so
				}
				if g, ok := judge(r, finding{fn: f, op: inside(w.At, op, h), lock: h, wait: w}); ok {
					out = append(out, g)
				}
			}
		}
	}
	return out
}

// mustHeld are the locks of the function that are held on every path.
func mustHeld(set lockset.Set) []lockset.Held {
	var out []lockset.Held
	for _, h := range set.Held() {
		if h.Must {
			out = append(out, h)
		}
	}
	return out
}

// byConvention is the lock that the function's name says its callers hold.
// What callers in the package are seen to hold is reported at their calls.
func byConvention(r *effect.Result, f *conc.Func) []lockset.Held {
	return slices.DeleteFunc(slices.Clone(r.Entry(f)), func(h lockset.Held) bool { return h.Op != nil })
}

// inside is where to report what op leads to: at, in a literal that is written
// where the lock is held, else op itself.
func inside(at, op *conc.Op, h lockset.Held) *conc.Op {
	if h.Op != nil && at.Pos() < h.Pos() {
		return op
	}
	return at
}

// expectsLock reports whether op calls a function whose name says that its
// callers hold h.
func expectsLock(r *effect.Result, op *conc.Op, h lockset.Held) bool {
	if op.Call == nil || len(op.Call.Targets) != 1 {
		return false
	}
	return slices.ContainsFunc(byConvention(r, op.Call.Targets[0].Func), func(e lockset.Held) bool {
		return e.Lock.Join() == h.Lock.Join()
	})
}

// relocks are the locks that op takes although they are held.
func relocks(r *effect.Result, f *conc.Func, op *conc.Op, set lockset.Set) []finding {
	var out []finding
	for _, l := range r.Locks(op) {
		h, ok := set.Lookup(l.Lock)
		switch {
		case !ok || !h.Must || h.Op == op:
		case h.Mode == lockset.Read && l.Mode == lockset.Read: // readers share
		case l.Guarded || l.Freed: // the caller chooses, or it is released first
		case l.Partial && len(l.Calls) > near: // each function may know better than to go on
		case l.Via == conc.Interface: // not certain to get there
		case l.Renewed(op) || !steady(r, op, l.Lock): // may be another object in each round
		default:
			out = append(out, finding{category: relock, fn: f, op: inside(l.At, op, h), lock: h, again: l})
		}
	}
	for _, l := range onceAgain(r, op) {
		out = append(out, finding{category: relock, fn: f, op: l.At, again: l,
			lock: lockset.Held{Lock: op.Place, Mode: lockset.Once, Op: op, Must: true}})
	}
	return out
}

// onceAgain are the calls of Do, on the same Once, in the function that op
// passes to Do.
func onceAgain(r *effect.Result, op *conc.Op) []effect.LockUse {
	if op.Kind != conc.Once {
		return nil
	}
	var out []effect.LockUse
	for _, l := range r.Locks(op) {
		again := l.Op != op || len(l.Calls) > 0
		if again && !l.Renewed(op) && l.Mode == lockset.Once && l.Lock == op.Place && l.Via == conc.Static {
			out = append(out, l)
		}
	}
	return out
}

// steady reports whether a place denotes one object as long as the function
// runs.
func steady(r *effect.Result, op *conc.Op, pl place.Place) bool {
	if pl.Elem() {
		return false
	}
	return pl.Kind() != place.Value || !r.InLoop(op)
}

// judge decides whether a lock held across a wait is worth a report, and
// which.
func judge(r *effect.Result, g finding) (finding, bool) {
	if r.Arranged(g.lock, g.wait) || r.Fresh(g.wait) || r.ForReply(g.wait) {
		return g, false
	}
	if p, ok := r.Stuck(g.lock, g.wait); ok {
		g.category, g.party = deadlock, p
		return g, g.wait.Via != conc.Interface
	}
	if g.lock.Mode == lockset.Once || fresh(g.lock) {
		return g, false // others are meant to wait, or there are none yet
	}
	if r.Handshake(g.op, g.wait) || r.OwnWork(g.wait) || r.Prompt(g.wait) ||
		r.Gates(g.lock, g.wait) || r.Exchange(g.wait) {
		return g, false
	}
	cs := r.Contenders(g.lock, g.fn)
	if len(cs) == 0 {
		return g, false // an operation lock: whoever waits for it waits for the operation
	}
	g.contender = &cs[0]
	if g.category = category(r, g); g.category == "" || g.category != stall && !strict {
		return g, false
	}
	var ok bool
	g.doubt, ok = r.Doubt(g.lock, g.wait)
	if g.category == stall && g.doubt.Kind == effect.Busy {
		g.category = bounded
		return g, ok && strict
	}
	return g, ok
}

// explore looks for a schedule that leads to the deadlock of g, and reports
// whether it can happen: it cannot if there is a model with both of its ends,
// and nobody gets stuck in any. Where no model has both, g stands.
func (g *finding) explore(r *stuck.Result) bool {
	if g.category != deadlock {
		return true
	}
	w, verdict := r.Meets(g.wait.Op, g.party.Need)
	g.witness = w
	return verdict != explore.Clean
}

// category is what a lock held across a wait amounts to, or "" if it is not
// worth a report: a stall, or one of the weaker kinds.
func category(r *effect.Result, g finding) string {
	w := g.wait
	switch {
	case w.Kind == effect.Token || w.Kind == effect.Other:
		return "" // a signal, or a wait that may bring about its own end
	case w.Op != nil && w.Op.Kind == conc.Select && len(w.Op.Cases) == 0:
		return "" // it is meant to wait for ever, as behind a go panic
	case w.Depth > far || w.Depth > near && (w.Kind == effect.IO || w.Kind == effect.Delay):
		return "" // nearly everything waits somewhere, and comes to an end
	case w.Op == nil && (w.Depth > near || terminates(w)):
		return ""
	case r.Unknown(w) || r.Newborn(g.fn, w) || r.Foreign(g.fn, w):
		return "" // the other end is known only to others
	case w.Kind == effect.IO && r.Guards(g.lock, w):
		return "" // the lock is there for this
	case w.Kind == effect.IO:
		return io
	case w.Via != conc.Static || w.Depth > near:
		if terminates(w) || w.Bound == effect.ByStop {
			return ""
		}
		return indirect
	case w.Bound != effect.Unbounded && w.Kind != effect.Delay:
		return bounded
	case w.Op == nil:
		return indirect
	case !strict && w.Kind == effect.Delay && !w.Fixed:
		return ""
	}
	return stall
}

// terminates reports whether a wait in another package is for something to
// end: what it does to bring that about cannot be seen from here.
func terminates(w effect.Wait) bool {
	return w.Kind != effect.Send && w.Kind != effect.Delay
}

// fresh reports whether the lock belongs to an object that the function is
// making.
func fresh(h lockset.Held) bool {
	return h.Lock.Kind() == place.Local && h.Lock.Field() != nil
}

// group picks one finding for each cause, which is an acquisition of a lock:
// the most severe, and of those the first. Stalls and strict findings share a
// cause if they are of one lock and end in the same wait.
func group(all []finding) []finding {
	type root struct {
		lock  place.Join
		where string
	}
	ended := make(map[root]bool)
	slices.SortStableFunc(all, compare)
	taken := make(map[*conc.Op]bool)
	var out []finding
	for _, g := range all {
		cause := cmp.Or(g.lock.Op, g.op)
		end := root{g.lock.Lock.Join(), g.wait.Where}
		if taken[cause] || severity[g.category] >= severity[stall] && ended[end] || slices.ContainsFunc(out, g.meets) {
			continue
		}
		taken[cause], ended[end] = true, true
		out = append(out, g)
	}
	return out
}

// meets reports whether g and other are the two ends of one deadlock: each
// waits for the other with the lock held.
func (g finding) meets(other finding) bool {
	return g.category == deadlock && other.category == deadlock &&
		g.party.Op == other.wait.Op && other.party.Op == g.wait.Op
}

func compare(a, b finding) int {
	if c := severity[a.category] - severity[b.category]; c != 0 {
		return c
	}
	if c := a.wait.Depth - b.wait.Depth; c != 0 {
		return c
	}
	if a.op.Pos() != b.op.Pos() {
		return int(a.op.Pos() - b.op.Pos())
	}
	return strings.Compare(a.wait.Where, b.wait.Where)
}

// pos is the expression to change.
func (g finding) pos() (pos, end token.Pos) { return g.op.Pos(), g.op.End() }
