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
