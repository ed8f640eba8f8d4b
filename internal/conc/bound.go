package conc

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
)

// bound says what ends a wait on ch by itself: the weakest of all that ch may
// be. A nil channel is never ready and adds nothing.
func (p *Package) bound(ch ssa.Value) Bound {
	b, _ := p.boundOf(ch, 4)
	return b
}

// unknownBound is the bound of a channel of which only the type is known: one of
// times that can only be received from is of a timer, whose clock it may be.
func unknownBound(v ssa.Value) Bound {
	if ofTimes(v.Type()) {
		return ByTimer
	}
	return Unbounded
}

func ofTimes(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	return ok && ch.Dir() == types.RecvOnly && ch.Elem().String() == "time.Time"
}

// boundOf follows v through at most depth variables. It is not ok if v is nil.
func (p *Package) boundOf(v ssa.Value, depth int) (b Bound, ok bool) {
	if depth == 0 {
		return unknownBound(v), true
	}
	switch v := v.(type) {
	case *ssa.Const:
		return Unbounded, false
	case *ssa.ChangeType:
		return p.boundOf(v.X, depth)
	case *ssa.Call:
		if b := callBound(&v.Call); b != Unbounded {
			return b, true
		}
	case *ssa.Phi:
		return p.weakest(v.Edges, depth)
	case *ssa.UnOp:
		if fa, ok := v.X.(*ssa.FieldAddr); ok {
			if b := fieldBound(fa); b != Unbounded {
				return b, true
			}
			break
		}
		if vals := p.Places.Stored(v.X); len(vals) > 0 || !ofTimes(v.Type()) {
			return p.weakest(vals, depth)
		}
	}
	return unknownBound(v), true
}

// weakest is the bound that all of vals that are not nil have, if they have
// the same one or all have one.
func (p *Package) weakest(vals []ssa.Value, depth int) (Bound, bool) {
	all, some := Unbounded, false
	for _, v := range vals {
		b, ok := p.boundOf(v, depth-1)
		if !ok {
			continue
		}
		if b == Unbounded {
			return Unbounded, true
		}
		all, some = b, true
	}
	return all, some
}

// fieldBound is the bound of a field: C of a timer or ticker has one.
func fieldBound(fa *ssa.FieldAddr) Bound {
	if ptr, ok := fa.X.Type().Underlying().(*types.Pointer); ok {
		named, ok := types.Unalias(ptr.Elem()).(*types.Named)
		if ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "time" {
			return ByTimer
		}
	}
	return Unbounded
}

// callBound is the bound of the channel that a call returns. A method without
// parameters that returns a <-chan struct{} is taken for a Done method.
//
// False negative: a method that returns the wake-up channel of a queue, as
// in <-q.notEmpty(), is taken for one too.
func callBound(call *ssa.CallCommon) Bound {
	var fn *types.Func
	if call.IsInvoke() {
		fn = call.Method
	} else if callee := call.StaticCallee(); callee != nil {
		fn, _ = callee.Object().(*types.Func)
	}
	if fn == nil {
		return Unbounded
	}
	switch known.OpOf(fn.Origin().FullName()) {
	case known.After, known.Tick:
		return ByTimer
	case known.ContextDone:
		return ByContext
	}
	sig := fn.Signature()
	if sig.Recv() == nil || sig.Params().Len() != 0 || sig.Results().Len() != 1 {
		return Unbounded
	}
	ch, ok := sig.Results().At(0).Type().Underlying().(*types.Chan)
	if ok && ch.Dir() == types.RecvOnly && IsEmptyStruct(ch.Elem()) {
		return ByContext
	}
	return Unbounded
}
