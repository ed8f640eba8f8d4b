package conc

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// condLock is the lock that the condition variable at pl is made with, zero if
// it is not known.
func (p *Package) condLock(pl place.Place) place.Place {
	c, ok := p.conds[pl.Join()]
	if !ok {
		return place.Place{}
	}
	return pl.Follow(c.cond, c.lock)
}

// CondLocks are the names of the lock that a wait on a condition variable
// releases: its L, and the lock that it was made with if that is known.
func (p *Package) CondLocks(op *Op) []place.Place {
	var locks []place.Place
	if l := condL(op); l != nil {
		locks = append(locks, op.Place.Select(l))
	}
	if lock := p.condLock(op.Place); !lock.IsZero() {
		locks = append(locks, lock)
	}
	return locks
}

// condL is the field L of sync.Cond.
func condL(op *Op) *types.Var {
	sig := op.Call.Obj.Signature()
	ptr, ok := sig.Recv().Type().(*types.Pointer)
	if !ok {
		return nil
	}
	st, ok := ptr.Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range st.Fields() {
		if f.Name() == "L" {
			return f
		}
	}
	return nil
}

func (p *Package) addCond(cond place.Place, lock ssa.Value) {
	pl := p.Places.Of(lock)
	if call, ok := lock.(*ssa.Call); ok && isRLocker(&call.Call) {
		pl = p.Places.Of(call.Call.Args[0])
	}
	p.conds[cond.Join()] = condLock{cond, pl}
}

func isNewCond(call *ssa.CallCommon) bool {
	fn := call.StaticCallee()
	if fn == nil {
		return false
	}
	obj, ok := fn.Object().(*types.Func)
	return ok && known.OpOf(obj.FullName()) == known.NewCond
}

func isCondL(fa *ssa.FieldAddr) bool {
	f := fieldVar(fa.X.Type(), fa.Field)
	return f != nil && f.Name() == "L" && f.Pkg() != nil && f.Pkg().Path() == "sync"
}
