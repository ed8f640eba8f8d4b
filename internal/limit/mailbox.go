package limit

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// Mailboxes are the lists of the package that one function fills, waking
// another, which waits and takes the first element off; and whose length
// nothing in the package compares.
//
// False negative: a list in an exported field, or one that is emptied at once.
func Mailboxes(r *effect.Result) []Queue {
	fills := make(map[place.Join]Queue)
	takes := make(map[place.Join]token.Pos)
	limited := make(map[place.Join]bool)
	var order []place.Join
	for _, f := range r.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				load, ok := instr.(*ssa.UnOp)
				if !ok || load.Op != token.MUL {
					continue
				}
				pl := r.Places.Of(load.X)
				j := pl.Join()
				if pl.Field() == nil || j.IsZero() || pl.Field().Exported() {
					continue
				}
				limited[j] = limited[j] || lengthCompared(load)
				if app := appended(r, load, pl); app != nil && wakes(f) {
					if _, seen := fills[j]; !seen {
						order = append(order, j)
						fills[j] = Queue{Fn: f, Name: pl.String(), Append: app.Pos()}
					}
				}
				if pos := firstOff(r, load, pl); pos.IsValid() && waits(r, f, 2) {
					takes[j] = pos
				}
			}
		}
	}
	var out []Queue
	for _, j := range order {
		if q := fills[j]; takes[j].IsValid() && !limited[j] {
			q.Take = takes[j]
			out = append(out, q)
		}
	}
	return out
}

// appended is the append that makes the list at pl longer by one.
func appended(r *effect.Result, load *ssa.UnOp, pl place.Place) *ssa.Call {
	for _, ref := range *load.Referrers() {
		if call, ok := ref.(*ssa.Call); ok && appends(call, nil) && storedBack(r, call, pl) {
			return call
		}
	}
	return nil
}

// firstOff is where the list at pl is made shorter by its first element.
func firstOff(r *effect.Result, load *ssa.UnOp, pl place.Place) token.Pos {
	for _, ref := range *load.Referrers() {
		sl, ok := ref.(*ssa.Slice)
		if ok && conc.Const(sl.Low) == 1 && sl.High == nil && storedBack(r, sl, pl) {
			return sl.Pos()
		}
	}
	return token.NoPos
}

func storedBack(r *effect.Result, v ssa.Value, pl place.Place) bool {
	for _, ref := range *v.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Val == v && r.Places.Of(st.Addr) == pl {
			return true
		}
	}
	return false
}

// wakes reports whether f wakes a waiter, itself.
func wakes(f *conc.Func) bool {
	for op := range f.Ops {
		switch op.Kind {
		case conc.Signal, conc.Broadcast, conc.Send:
			return true
		case conc.Select:
			if offers(op) {
				return true
			}
		case conc.Defer:
			if op.Inner.Kind == conc.Signal || op.Inner.Kind == conc.Broadcast {
				return true
			}
		}
	}
	return false
}

// waits reports whether f, or who calls it, waits for something to come.
func waits(r *effect.Result, f *conc.Func, depth int) bool {
	for op := range f.Ops {
		if op.Kind == conc.CondWait || op.Kind == conc.Recv || op.Kind == conc.Select && !op.HasDefault {
			return true
		}
	}
	if depth == 0 {
		return false
	}
	for _, g := range r.Funcs {
		for op := range g.Ops {
			if op.Kind == conc.Call && len(op.Call.Targets) == 1 && op.Call.Targets[0].Func == f && waits(r, g, depth-1) {
				return true
			}
		}
	}
	return false
}
