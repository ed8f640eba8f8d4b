package effect

import (
	"go/types"
	"slices"
	"strings"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/place"
)

// caller is a call of a function from inside the package.
type caller struct {
	fn     *function
	target conc.Target
	held   []lockset.Held
	freed  []place.Place
}

// enter finds the locks that functions are entered with: those that all their
// callers hold. It must know all callers, so functions that are exported, used
// as values or started as goroutines are entered with none, unless their name
// ends in Locked.
func (r *Result) enter() {
	open := make(map[*function]bool) // may be entered from elsewhere
	for _, f := range r.funcs {
		open[f] = f.AsValue || f.Obj != nil && f.Obj.Exported()
	}
	for _, f := range r.Funcs {
		r.findCalls(r.funcs[f], open)
	}
	for range 4 {
		for _, f := range r.Funcs {
			if fn := r.funcs[f]; !open[fn] {
				fn.entry = fn.heldByAll()
			}
		}
	}
	for _, f := range r.Funcs {
		fn := r.funcs[f]
		if named := slices.DeleteFunc(byName(f), fn.takes); len(named) > 0 {
			fn.entry = named
		}
	}
}

// findCalls records the calls that f makes with what is held at each.
func (r *Result) findCalls(f *function, open map[*function]bool) {
	for op, set := range f.flow.All() {
		started := op.Kind == conc.Go
		if started {
			op = op.Inner
		}
		if op.Call == nil {
			continue
		}
		for _, t := range op.Call.Targets {
			to := r.funcs[t.Func]
			if started {
				open[to] = true
				continue
			}
			to.callers = append(to.callers, caller{f, t, must(set.Held()), set.Freed()})
		}
		for i := range op.Call.Common.Args { // literals passed to unknown callers
			for _, t := range r.ArgTargets(op.Call, i) {
				open[r.funcs[t.Func]] = true
			}
		}
	}
}

// heldByAll are the locks that every caller of f holds, in the places of f.
func (f *function) heldByAll() []lockset.Held {
	var all []lockset.Held
	for i, c := range f.callers {
		var here []lockset.Held
		for _, h := range slices.Concat(c.held, without(c.fn.entry, c.freed)) {
			if pl := c.target.Enter(h.Lock); !pl.IsZero() {
				h.Lock = pl
				here = append(here, h)
			}
		}
		if i == 0 {
			all = here
			continue
		}
		all = slices.DeleteFunc(all, func(h lockset.Held) bool {
			return !slices.ContainsFunc(here, func(g lockset.Held) bool { return g.Lock == h.Lock })
		})
	}
	return all
}

// takes reports whether f takes a lock itself, so that its name must mean
// something else.
func (f *function) takes(h lockset.Held) bool {
	for op := range f.Ops {
		if (op.Kind == conc.TryLock || op.Kind == conc.TryRLock) && op.Place == h.Lock {
			return true
		}
	}
	return slices.ContainsFunc(f.summary.locks, func(l LockUse) bool { return l.Lock == h.Lock && !l.Freed })
}

// without are the locks that have not been released.
func without(held []lockset.Held, freed []place.Place) []lockset.Held {
	return slices.DeleteFunc(slices.Clone(held), func(h lockset.Held) bool { return slices.Contains(freed, h.Lock) })
}

// byName is the lock that a method whose name ends in Locked says its callers
// hold: the only lock among the fields of its receiver.
func byName(f *conc.Func) []lockset.Held {
	if f.Obj == nil || !strings.HasSuffix(f.Name, "Locked") || f.Obj.Signature().Recv() == nil || len(f.SSA.Params) == 0 {
		return nil
	}
	typ := f.SSA.Params[0].Type().Underlying()
	if ptr, ok := typ.(*types.Pointer); ok {
		typ = ptr.Elem().Underlying()
	}
	st, ok := typ.(*types.Struct)
	if !ok {
		return nil
	}
	var lock *types.Var
	for field := range st.Fields() {
		if isMutex(field.Type()) {
			if lock != nil {
				return nil
			}
			lock = field
		}
	}
	if lock == nil {
		return nil
	}
	recv := place.NewResolver().Of(f.SSA.Params[0])
	return []lockset.Held{{Lock: recv.Select(lock), Must: true}}
}

func isMutex(t types.Type) bool {
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem()
	}
	switch t.String() {
	case "sync.Mutex", "sync.RWMutex":
		return true
	}
	return false
}
