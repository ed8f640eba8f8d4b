package limit

import (
	"iter"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
)

// Filled reports whether the constant capacity of the channel that mk makes is
// also the bound of a loop of the function: as many are sent.
func Filled(r *effect.Result, mk *conc.Op) bool {
	n := r.Cap(mk.Size)
	for _, f := range r.Funcs {
		if f.Root() != mk.Fn.Root() {
			continue
		}
		for _, b := range f.SSA.Blocks {
			br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
			if !ok || !f.Reaches(b.Index, b.Index, nil) {
				continue
			}
			if cmp, ok := br.Cond.(*ssa.BinOp); ok && (r.Cap(cmp.Y) == n || r.Cap(cmp.X) == n) {
				return true
			}
		}
	}
	return false
}

// Permits reports whether the channel that mk makes passes permits, or is a
// list of free things: nobody waits to put one in or to take one out.
func Permits(r *effect.Result, mk *conc.Op) bool {
	if r.Semaphore(mk.Place) {
		return true
	}
	for u := range sends(r, mk) {
		return r.Semaphore(u.Place()) || freeList(r.Uses(u.Place()))
	}
	return false
}

// Awaited reports whether all sends on the channel that mk makes wait when there
// is no room, and one is seen to wait for nothing else. Who does not wait, or has
// a context to end it, has thought of a channel that is full.
func Awaited(r *effect.Result, mk *conc.Op) bool {
	awaited := false
	for u := range sends(r, mk) {
		if u.Op.HasDefault {
			return false
		}
		bounded := func(c conc.Case) bool { return c.Bound != conc.Unbounded }
		awaited = awaited || !slices.ContainsFunc(u.Op.Cases, bounded)
	}
	return awaited
}

// sends yields the sends on the channel that mk makes.
func sends(r *effect.Result, mk *conc.Op) iter.Seq[conc.Use] {
	fills := func(u conc.Use) bool { return slices.Contains(r.Uses(u.Place()).Makes, mk) }
	return func(yield func(conc.Use) bool) {
		for _, f := range r.Funcs {
			for op := range f.Ops {
				i := slices.IndexFunc(op.Offers(), fills)
				if i >= 0 && !yield(op.Offers()[i]) {
					return
				}
			}
		}
	}
}

func freeList(u *conc.Uses) bool {
	waits := func(u conc.Use) bool { return !u.Op.HasDefault }
	return len(u.Recvs) > 0 && !slices.ContainsFunc(u.Sends, waits) && !slices.ContainsFunc(u.Recvs, waits)
}
