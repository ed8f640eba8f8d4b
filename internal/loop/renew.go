package loop

import (
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// renewed reports whether the channel may be another one than in the round
// before.
func (w *walk) renewed(st state) bool {
	ch := channel(w.use)
	if ch == nil {
		return false
	}
	if w.outside(ch) || st.vals[ch].kind == same {
		return false
	}
	switch v := ch.(type) {
	case *ssa.Phi, *ssa.Next:
		return true
	case *ssa.Call:
		if c, ok := closing(&v.Call); doneOf(&v.Call) || ok && c.Same {
			return !w.steady(receiver(&v.Call), st)
		}
	}
	pl := w.p.Places.Of(ch)
	if pl.Root() == ch || pl.IsZero() || !w.steady(pl.Root(), st) || pl.Elem() {
		return true
	}
	return slices.Contains(st.stored, pl) || w.assigned(pl.Join()) || w.foreign(pl)
}

// foreign reports whether pl is a field of a type of another package, and the
// round calls something with that object that may replace it.
func (w *walk) foreign(pl place.Place) bool {
	if pl.Field() == nil || pl.Field().Pkg() == w.p.Types {
		return false
	}
	return slices.ContainsFunc(w.round.Ops, func(op *conc.Op) bool {
		return op.Call != nil && slices.ContainsFunc(op.Call.Args, func(a place.Place) bool { return a.Root() == pl.Root() })
	})
}

// steady reports whether v is one object in all rounds.
func (w *walk) steady(v ssa.Value, st state) bool {
	for range 8 {
		if w.outside(v) || st.vals[v].kind == same {
			return true
		}
		switch x := v.(type) {
		case *ssa.UnOp:
			if slices.Contains(st.stored, w.p.Places.Of(x.X)) {
				return false
			}
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.Call: // a method without arguments, as of a request's context
			if !doneOf(&x.Call) && !contextOf(&x.Call) {
				return false
			}
			v = receiver(&x.Call)
		default:
			return false
		}
	}
	return false
}

// assigned reports whether a function that the round calls assigns to j, or makes
// the channel that j is.
func (w *walk) assigned(j place.Join) bool {
	return slices.ContainsFunc(w.round.Ops, func(op *conc.Op) bool {
		return op.Kind != conc.Go && w.p.assignsIn(op, j)
	})
}

// assignsIn reports whether what op calls assigns to j.
func (p *Package) assignsIn(op *conc.Op, j place.Join) bool {
	if op.Inner != nil {
		op = op.Inner
	}
	if op.Call == nil || j.IsZero() {
		return false
	}
	return slices.ContainsFunc(op.Call.Targets, func(t conc.Target) bool { return p.assigns(t.Func)[j] })
}

// assigns are the fields and variables that f, with all it calls, assigns to, and
// the channels that it makes.
func (p *Package) assigns(f *conc.Func) map[place.Join]bool {
	if m, ok := p.stores[f]; ok {
		return m
	}
	m := make(map[place.Join]bool)
	p.stores[f] = m // for recursion
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				m[p.Places.Of(instr.Addr).Join()] = true
			case *ssa.MakeChan:
				m[p.Places.Of(instr).Join()] = true
			}
		}
	}
	for op := range f.Ops {
		if op.Call == nil {
			continue
		}
		for _, t := range op.Call.Targets {
			maps.Copy(m, p.assigns(t.Func))
		}
	}
	return m
}

// doneOf reports whether call is of Done of a context.
func doneOf(call *ssa.CallCommon) bool {
	fn := conc.Callee(call)
	return fn != nil && known.OpOf(fn.FullName()) == known.ContextDone
}

// contextOf reports whether call asks its receiver for its context.
func contextOf(call *ssa.CallCommon) bool {
	fn := conc.Callee(call)
	return fn != nil && fn.Name() == "Context" && fn.Signature().Recv() != nil && fn.Signature().Params().Len() == 0
}

// receiver is the value that a method is called on.
func receiver(call *ssa.CallCommon) ssa.Value {
	if call.IsInvoke() {
		return call.Value
	}
	if len(call.Args) > 0 {
		return call.Args[0]
	}
	return call.Value
}
