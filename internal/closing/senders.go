package closing

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// WaitsBefore reports whether the function of op may wait for goroutines to end,
// or to answer, before it gets to op.
func WaitsBefore(r *effect.Result, op *conc.Op) bool {
	fl := flow{r: r, f: op.Fn}
	for o := range op.Fn.Ops {
		if o.Pos() < op.Pos() && fl.waits(o) {
			return true
		}
	}
	return false
}

// Unlocked finds a send, in another function, on the channel that op closes
// under a lock: it is sent after the function has held that lock, to look
// whether the channel is closed, and has released it.
//
// False positive: a sender that op waits for in a way that is not seen.
func Unlocked(r *effect.Result, op *conc.Op) (send, lock *conc.Op) {
	locks := LocksAt(r, op)
	if len(locks) == 0 || WaitsBefore(r, op) {
		return nil, nil
	}
	for _, s := range r.Uses(op.Place).Sends {
		if s.Op.Fn.Root() == op.Fn.Root() || s.Op.Fn.Parent != nil || Recovers(s.Op.Fn) || !place.Alike(s.Place(), op.Place) {
			continue
		}
		if len(LocksAt(r, s.Op)) > 0 {
			continue // the same, or one that we cannot compare
		}
		if lock := heldBefore(r, s.Op, locks); lock != nil {
			return s.Op, lock
		}
	}
	return nil, nil
}

// heldBefore finds where the function of op takes one of locks, whenever it gets
// to op.
func heldBefore(r *effect.Result, op *conc.Op, locks []place.Place) *conc.Op {
	for o := range op.Fn.Ops {
		if o.Kind != conc.Lock && o.Kind != conc.RLock {
			continue
		}
		before := op.Fn.Blocks[o.Block].SSA.Dominates(op.Fn.Blocks[op.Block].SSA) && o.Pos() < op.Pos()
		if before && slices.ContainsFunc(locks, func(l place.Place) bool { return place.Alike(l, o.Place) }) {
			return o
		}
	}
	return nil
}

// Restarted reports whether each call of a method starts, by op, a goroutine that
// closes the channel of a field, which the method does not make anew, and several
// functions of the package call it.
func Restarted(r *effect.Result, op *conc.Op) (effect.ChanUse, bool) {
	f := op.Fn
	if op.Kind != conc.Go || f.Obj == nil || f.Obj.Signature().Recv() == nil || inOnce(r, f) || !calledBySeveral(r, f) {
		return effect.ChanUse{}, false
	}
	for _, u := range r.ChanUses(op) {
		own := u.Chan.Root() == f.SSA.Params[0] && u.Chan.Field() != nil && !u.Handle
		if u.Kind == conc.Close && u.Always && u.Once.IsZero() && own && !madeAnew(r, u.Chan) && decidedByNone(f, op.Block) {
			return u, true
		}
	}
	return effect.ChanUse{}, false
}

// madeAnew reports whether a function of the package assigns to the field of pl in
// an object that it has not made itself.
func madeAnew(r *effect.Result, pl place.Place) bool {
	for _, f := range r.Funcs {
		for instr := range f.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			to := r.Places.Of(st.Addr)
			if to.Join() == pl.Join() && to.Kind() == place.Param {
				return true
			}
		}
	}
	return false
}

// calledBySeveral reports whether more than one function of the package calls f.
func calledBySeveral(r *effect.Result, f *conc.Func) bool {
	callers := make(map[*conc.Func]bool)
	for _, c := range r.CallsTo(f) {
		callers[c.Op.Fn.Root()] = true
	}
	return len(callers) > 1
}

// decidedByNone reports whether every path through f comes through block.
func decidedByNone(f *conc.Func, block int) bool { return !decides(f, 0, block) }

// Settled reports whether f waits for other goroutines before it gets to op, or all
// who call f do: see [WaitsBefore]. Those that send are done then.
//
// False negative: a wait for others than those that send.
func Settled(r *effect.Result, op *conc.Op) bool {
	if WaitsBefore(r, op) {
		return true
	}
	calls := r.CallsTo(op.Fn)
	obj := op.Fn.Obj
	return len(calls) > 0 && (obj == nil || !obj.Exported()) &&
		!slices.ContainsFunc(calls, func(call conc.CallTo) bool { return !WaitsBefore(r, call.Op) })
}
