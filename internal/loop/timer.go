package loop

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
)

// Timer is the call, in the loop of u, that makes the timer that u receives
// from anew in each round, nil if there is none. It is steady if the timer has
// the same duration every time.
func (p *Package) Timer(u conc.Use) (made *conc.Op, steady bool) {
	within := p.within(u.Op)
	if within == nil || Bound(u) != conc.ByTimer {
		return nil, false
	}
	w := &walk{p: p, use: u, within: within}
	call := w.timer(channel(u), 3)
	if call == nil {
		return nil, false
	}
	for op := range u.Op.Fn.Ops {
		if op.Instr == call {
			return op, w.fixed(call.Call.Args[0], 6)
		}
	}
	return nil, false
}

// AtOnce reports whether nothing is called, and nothing waited for, between made
// and op, so that the time of a timer cannot pass there.
func AtOnce(made, op *conc.Op) bool {
	if made.Block != op.Block {
		return false
	}
	instrs := made.Instr.Block().Instrs
	from, to := slices.Index(instrs, made.Instr), slices.Index(instrs, op.Instr)
	return from < to && !slices.ContainsFunc(instrs[from+1:to], func(instr ssa.Instruction) bool {
		_, call := instr.(*ssa.Call)
		return call
	})
}

// timer is the only call in the loop that v comes from, nil if there are
// others, or it may be from an earlier round.
func (w *walk) timer(v ssa.Value, depth int) *ssa.Call {
	if depth == 0 || w.outside(v) {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Call:
		if fn := conc.Callee(&v.Call); fn != nil {
			switch known.OpOf(fn.FullName()) {
			case known.After, known.Tick, known.NewTimer, known.NewTicker:
				return v
			}
		}
	case *ssa.UnOp:
		if fa, ok := v.X.(*ssa.FieldAddr); ok {
			return w.timer(fa.X, depth)
		}
	case *ssa.Phi:
		var only *ssa.Call
		for _, e := range v.Edges {
			if conc.IsNil(e) {
				continue
			}
			call := w.timer(e, depth-1)
			if call == nil || only != nil {
				return nil
			}
			only = call
		}
		return only
	}
	return nil
}

// fixed reports whether v is computed from what the loop does not change.
func (w *walk) fixed(v ssa.Value, depth int) bool {
	if depth == 0 {
		return false
	}
	if w.outside(v) {
		return true
	}
	switch v := v.(type) {
	case *ssa.BinOp:
		return w.fixed(v.X, depth-1) && w.fixed(v.Y, depth-1)
	case *ssa.Convert:
		return w.fixed(v.X, depth-1)
	case *ssa.ChangeType:
		return w.fixed(v.X, depth-1)
	case *ssa.FieldAddr:
		return w.fixed(v.X, depth-1)
	case *ssa.Field:
		return w.fixed(v.X, depth-1)
	case *ssa.UnOp:
		return w.fixed(v.X, depth-1) && !w.writes(v.X)
	}
	return false
}

// writes reports whether the loop assigns to what is at addr.
func (w *walk) writes(addr ssa.Value) bool {
	pl := w.p.Places.Of(addr)
	for _, b := range w.use.Op.Fn.SSA.Blocks {
		if !w.within[b.Index] {
			continue
		}
		for _, instr := range b.Instrs {
			if st, ok := instr.(*ssa.Store); ok && (st.Addr == addr || w.p.Places.Of(st.Addr) == pl) {
				return true
			}
		}
	}
	for _, op := range w.p.opsWithin(w.use.Op.Fn, w.within) {
		if op.Kind != conc.Go && w.p.assignsIn(op, pl.Join()) {
			return true
		}
	}
	return false
}

func (p *Package) opsWithin(f *conc.Func, within []bool) []*conc.Op {
	var out []*conc.Op
	for op := range f.Ops {
		if within[op.Block] {
			out = append(out, op)
		}
	}
	return out
}

// Done reports whether u receives from Done of a context, which is closed when
// the context ends.
func Done(u conc.Use) bool {
	call, ok := channel(u).(*ssa.Call)
	return ok && doneOf(&call.Call)
}
