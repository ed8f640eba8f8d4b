package effect

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/place"
)

// mostWaits bounds the waits and locks that a summary lists. Functions with
// more keep the nearest.
const mostWaits = 12

// summary is what calling a function may do.
type summary struct {
	waits    []Wait
	locks    []LockUse
	acquires []lockset.Acquired
	releases []place.Place
	params   []paramCall
	uses     []ChanUse
}

// A LockUse is a lock that is taken, perhaps for a short time.
type LockUse struct {
	Lock    place.Place
	Mode    lockset.Mode
	Op      *conc.Op // the Lock operation
	At      *conc.Op // like Wait.At
	Guarded bool     // under a condition that depends on a parameter, or behind an assertion
	Partial bool     // not on every path through the functions on the way
	Freed   bool     // after it was released, having been the caller's
	Apart   bool     // by a literal that another activation of its function may have made
	Via     conc.Via
	Calls   []string
}

// paramCall is a parameter that is called in place.
type paramCall struct {
	param *ssa.Parameter
	under []lockset.Held
	freed []place.Place
}

// mostRounds bounds how often a function in a cycle of calls is summarized
// again. Summaries only grow, and their sizes are bounded, so the bound is
// hardly ever met.
const mostRounds = 6

// summarize computes all summaries, callees first, and again for the callers
// of what changed, until nothing changes.
func (r *Result) summarize() {
	order := r.postorder()
	callers := r.callers()
	dirty := make(map[*conc.Func]bool)
	for _, f := range order {
		dirty[f.Func] = true
	}
	for range mostRounds {
		again := make(map[*conc.Func]bool)
		for _, f := range order {
			if !dirty[f.Func] {
				continue
			}
			delete(dirty, f.Func)
			delete(again, f.Func)
			f.flow = lockset.Solve(f.Func, r.effect)
			s := r.summary(f)
			if !s.same(f.summary) {
				f.summary = s
				for _, c := range callers[f.Func] {
					dirty[c], again[c] = true, true
				}
			}
		}
		if dirty = again; len(dirty) == 0 {
			return
		}
	}
}

// callers maps each function to those that call it, or pass it on.
func (r *Result) callers() map[*conc.Func][]*conc.Func {
	m := make(map[*conc.Func][]*conc.Func)
	for _, f := range r.Funcs {
		for op := range f.Ops {
			if op.Inner != nil {
				op = op.Inner
			}
			if op.Call == nil {
				continue
			}
			for _, t := range op.Call.Targets {
				m[t.Func] = append(m[t.Func], f)
			}
		}
		if f.Parent != nil { // passed to a function that calls it
			m[f] = append(m[f], f.Parent)
		}
	}
	return m
}

// same reports whether two summaries of one function say the same.
func (s summary) same(t summary) bool {
	return len(s.waits) == len(t.waits) && len(s.locks) == len(t.locks) &&
		slices.Equal(s.acquires, t.acquires) && slices.Equal(s.releases, t.releases) &&
		len(s.params) == len(t.params) && len(s.uses) == len(t.uses)
}

// postorder lists the functions so that callees come before callers where
// the call graph has no cycle.
func (r *Result) postorder() []*function {
	var order []*function
	seen := make(map[*conc.Func]bool)
	var visit func(f *conc.Func)
	visit = func(f *conc.Func) {
		if seen[f] {
			return
		}
		seen[f] = true
		for op := range f.Ops {
			if op.Inner != nil {
				op = op.Inner
			}
			if op.Call != nil {
				for _, t := range op.Call.Targets {
					visit(t.Func)
				}
			}
		}
		for _, anon := range f.Anons {
			visit(anon)
		}
		order = append(order, r.funcs[f])
	}
	for _, f := range r.Funcs {
		visit(f)
	}
	return order
}

// effect is what a call does to locks. It leaves one held only if it is certain
// which function is called.
func (r *Result) effect(op *conc.Op) lockset.Effect {
	var e lockset.Effect
	if op.Call == nil {
		return e
	}
	if fact := r.factOf(op.Call); fact != nil {
		e = fact.effect(op.Call)
	}
	for _, pl := range slices.Concat(r.releases(op.Call), r.entrusted(op)) {
		if !slices.Contains(e.Releases, pl) { // again, it would be the caller's
			e.Releases = append(e.Releases, pl)
		}
	}
	if len(op.Call.Targets) != 1 {
		return e
	}
	t := op.Call.Targets[0]
	for _, a := range r.funcs[t.Func].summary.acquires {
		if pl := t.Into(a.Lock); !pl.IsZero() && t.Shares(a.Lock) {
			e.Acquires = append(e.Acquires, lockset.Acquired{Lock: pl, Mode: a.Mode})
		}
	}
	return e
}

// factOf is the fact about the function that a call names, nil if there is
// none.
func (r *Result) factOf(call *conc.CallSite) *Fact {
	if call.Obj == nil || call.Obj.Pkg() == r.Types || len(call.Targets) > 0 {
		return nil
	}
	return r.fact(call.Obj)
}

// summary computes the summary of f from those of its callees.
func (r *Result) summary(f *function) summary {
	var s summary
	for op, set := range f.flow.All() {
		if op.Kind == conc.Go {
			continue
		}
		for _, w := range r.Waits(op) {
			w.Freed = slices.Concat(set.Freed(), w.Freed)
			w.Under = nil // what is held here is f's own affair
			s.waits = append(s.waits, w)
		}
		locks := r.Locks(op)
		isGuarded := len(locks) > 0 && r.guarded(f.Func, op)
		isPartial := len(locks) > 0 && !postdominates(f.Func, op.Block, 0)
		for _, l := range locks {
			l.Guarded = l.Guarded || isGuarded
			l.Partial = l.Partial || isPartial
			l.Freed = l.Freed || slices.Contains(set.Freed(), l.Lock)
			s.locks = append(s.locks, l)
		}
		if op.Kind == conc.Call && op.Call.Param != nil && op.Call.Param.Parent() == f.SSA {
			s.params = append(s.params, paramCall{op.Call.Param, must(set.Held()), set.Freed()})
		}
	}
	exit := f.flow.Exit()
	for _, h := range exit.Held() {
		if h.Must && outlives(h.Lock) && !handsOver(f.Func, h.Lock) {
			s.acquires = append(s.acquires, lockset.Acquired{Lock: h.Lock, Mode: h.Mode})
		}
	}
	s.releases = exit.Freed()
	s.uses = r.chanUses(f)
	s.waits = nearest(s.waits)
	s.locks = distinct(s.locks)
	return s
}

// handsOver reports whether f starts a goroutine that unlocks lock: how long it is
// held is for that one to say.
func handsOver(f *conc.Func, lock place.Place) bool {
	for op := range f.Ops {
		if op.Kind != conc.Go || op.Inner.Call == nil {
			continue
		}
		for _, t := range op.Inner.Call.Targets {
			for o := range t.Func.Ops {
				if (o.Kind == conc.Unlock || o.Kind == conc.RUnlock) && t.Into(o.Place) == lock {
					return true
				}
			}
		}
	}
	return false
}

// outlives reports whether pl means something to the caller.
func outlives(pl place.Place) bool {
	switch pl.Kind() {
	case place.Param, place.Global:
		return true
	}
	return false
}

// must are the locks held on every path.
func must(held []lockset.Held) []lockset.Held {
	var out []lockset.Held
	for _, h := range held {
		if h.Must {
			out = append(out, h)
		}
	}
	return out
}

// nearest drops repeated root operations and keeps the waits of least depth.
func nearest(waits []Wait) []Wait {
	slices.SortStableFunc(waits, func(a, b Wait) int {
		return cmp.Or(cmp.Compare(a.Depth, b.Depth), cmp.Compare(a.Via, b.Via), cmp.Compare(a.Where, b.Where))
	})
	var out []Wait
	for _, w := range waits {
		if len(out) == mostWaits {
			break
		}
		same := func(v Wait) bool { return v.Op == w.Op && v.Where == w.Where && v.What == w.What }
		if !slices.ContainsFunc(out, same) {
			out = append(out, w)
		}
	}
	return out
}

// distinct drops repeated locks; an unguarded use wins over a guarded one, and
// one of this activation over one of another.
func distinct(locks []LockUse) []LockUse {
	var out []LockUse
	for _, l := range locks {
		i := slices.IndexFunc(out, func(k LockUse) bool { return k.Lock == l.Lock && k.Mode == l.Mode && k.Freed == l.Freed })
		switch {
		case i < 0 && len(out) < mostWaits:
			out = append(out, l)
		case i >= 0 && (out[i].Guarded && !l.Guarded || out[i].Apart && !l.Apart):
			out[i] = l
		}
	}
	return out
}
