package effect

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// Fresh reports whether a send is on a channel of an object that the function
// has just made, with a goroutine that has nothing to do yet but to receive; or the
// first on a channel that it has made, for a goroutine that receives first of all.
//
// False negative: a constructor whose goroutine does something else first.
func (r *Result) Fresh(w Wait) bool {
	if w.Op == nil || w.Op.Kind != conc.Send || inLoop(w.Op) {
		return false
	}
	if k := w.Op.Place.Kind(); k == place.Made || k == place.Local && w.Op.Place.IsRoot() {
		return r.isFirst(w.Op) && slices.ContainsFunc(r.Uses(w.Op.Place).Recvs, func(u conc.Use) bool {
			return r.startedBefore(u.Op.Fn, w.Op) && r.receivesFirst(u)
		})
	}
	call, ok := w.Op.Place.Root().(*ssa.Call)
	return ok && w.Op.Place.Field() != nil && r.makes(r.Func(call.Call.StaticCallee()))
}

// isFirst reports whether nobody sends on the channel of send, which is made by the
// function, before send does.
func (r *Result) isFirst(send *conc.Op) bool {
	return !slices.ContainsFunc(r.Uses(send.Place).Sends, func(u conc.Use) bool {
		if u.Op == send {
			return false
		}
		at, ok := standing(u.Op, send.Fn)
		return !ok || u.Op.Pos() < send.Pos() || reaches(send.Fn, at, send.Block)
	})
}

// startedBefore reports whether f is a literal of the function of send, written in
// front of it, that is run as a goroutine: the package neither calls nor defers it.
func (r *Result) startedBefore(f *conc.Func, send *conc.Op) bool {
	return f.Parent == send.Fn && f.SSA.Pos() < send.Pos() &&
		!slices.ContainsFunc(r.CallsTo(f), func(call conc.CallTo) bool { return call.Op.Kind != conc.Go })
}

// receivesFirst reports whether the function of u comes to it without having waited
// for anything, or taken a lock.
func (r *Result) receivesFirst(u conc.Use) bool {
	f := u.Op.Fn
	again := func(e conc.Edge) bool { return e.To == u.Op.Block }
	for op := range f.Ops {
		if op == u.Op || op.Kind == conc.Defer || len(r.Waits(op))+len(r.Locks(op)) == 0 {
			continue
		}
		if op.Block == u.Op.Block && precedes(op, u.Op) || op.Block != u.Op.Block && (op.Block == 0 || f.Reaches(0, op.Block, again)) {
			return false
		}
	}
	return true
}

// makes reports whether f returns an object that it has made.
func (r *Result) makes(f *conc.Func) bool {
	if f == nil {
		return false
	}
	returns := 0
	for _, b := range f.SSA.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if _, ok := ret.Results[0].(*ssa.Alloc); !ok {
			return false
		}
		returns++
	}
	return returns > 0
}
