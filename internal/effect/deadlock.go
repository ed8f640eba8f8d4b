package effect

import (
	"slices"

	"github.com/chanlint/chanlint/internal/conc"
)

// Deadlocks reports whether the lock that taken takes is held across the wait
// at op, in the function of taken or in what it calls, and whoever would end
// the wait needs the lock.
func (r *Result) Deadlocks(taken, op *conc.Op) bool {
	for at, set := range r.Flow(taken.Fn).All() {
		for _, w := range r.Waits(at) {
			if w.Op != op {
				continue
			}
			for _, h := range slices.Concat(set.Held(), w.Under) {
				if _, stuck := r.Stuck(h, w); stuck && h.Op == taken && !r.Arranged(h, w) && !r.Fresh(w) {
					return true
				}
			}
		}
	}
	return false
}

// Relocks reports whether the function that takes a lock at taken leads to again,
// which takes one.
func (r *Result) Relocks(taken, again *conc.Op) bool {
	for op := range r.Flow(taken.Fn).All() {
		if slices.ContainsFunc(r.Locks(op), func(l LockUse) bool { return l.Op == again }) {
			return true
		}
	}
	return false
}

// Forgotten reports whether the function that takes a lock at taken returns with
// it on some way although it means to give it back: the last return, in the
// order of the source, is without it, and another one is with it for sure.
func (r *Result) Forgotten(taken *conc.Op) bool {
	var last *conc.Op
	kept := false
	held := make(map[*conc.Op]bool)
	for op, set := range r.Flow(taken.Fn).All() {
		if op.Kind != conc.Return {
			continue
		}
		h, ok := set.Lookup(taken.Place)
		held[op] = ok
		kept = kept || ok && h.Must
		if last == nil || op.Instr.Pos() > last.Instr.Pos() {
			last = op
		}
	}
	return kept && !held[last]
}
