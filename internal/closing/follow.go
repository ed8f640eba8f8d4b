package closing

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// follows reports whether e comes after c closed the channel, on a path that can
// be taken: no condition in between may know of the close.
func (fl *flow) follows(c entry, e Event) bool {
	first, then := c.event, e
	if first.Started() && e.Use.Kind == conc.Send {
		return false // the goroutine may wait for what is sent before
	}
	if !first.Use.Once.IsZero() && first.Use.Once == e.Use.Once {
		return false
	}
	if first.At == then.At {
		return fl.everyRound(then.At)
	}
	if fl.guarded(first.At, then.At, c.ch) {
		return false
	}
	if !c.must {
		return !e.Deferred && fl.postdominates(then.At.Block, first.At.Block)
	}
	// A call that was deferred under a condition may not be there.
	return !e.Deferred || fl.dominates(then.At.Block, first.At.Block) || fl.dominates(first.At.Block, then.At.Block)
}

// guarded reports whether a condition that may know of the close decides that
// then runs after first.
func (fl *flow) guarded(first, then *conc.Op, ch place.Place) bool {
	from := fl.f.Blocks[first.Block].SSA
	for b := fl.f.Blocks[then.Block].SSA.Idom(); b != nil; b = b.Idom() {
		if b.Dominates(from) && b != from {
			return false
		}
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if ok && !fl.postdominates(then.Block, b.Index) && fl.knows(br.Cond, ch, 4) {
			return true
		}
	}
	return false
}

// knows reports whether a condition may depend on whether the channel at ch has
// been closed: on something in memory, on what a call returns, or on the channel
// itself.
func (fl *flow) knows(v ssa.Value, ch place.Place, depth int) bool {
	if depth == 0 {
		return true
	}
	switch v := v.(type) {
	case *ssa.Const, *ssa.Parameter:
		return false
	case *ssa.BinOp:
		if isError(v.X.Type()) {
			return false
		}
		return fl.knows(v.X, ch, depth-1) || fl.knows(v.Y, ch, depth-1)
	case *ssa.UnOp:
		if v.Op == token.ARROW {
			return fl.r.Places.Of(v.X) == ch
		}
		return v.Op == token.MUL || fl.knows(v.X, ch, depth-1)
	case *ssa.Extract:
		return fl.knows(v.Tuple, ch, depth)
	case *ssa.Next:
		return false
	case *ssa.Select:
		return slices.ContainsFunc(v.States, func(st *ssa.SelectState) bool { return fl.r.Places.Of(st.Chan) == ch })
	case *ssa.Call:
		b, ok := v.Call.Value.(*ssa.Builtin)
		return !ok || b.Name() != "len" || fl.r.Places.Of(v.Call.Args[0]) == ch
	case *ssa.Phi: // the variable of a loop, but not a flag
		return isBool(v.Type())
	}
	return true
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// everyRound reports whether op, which is in a loop, runs in each round: no
// condition but those that end the loop decides that it does.
func (fl *flow) everyRound(op *conc.Op) bool {
	at := fl.f.Blocks[op.Block].SSA
	for b := at.Idom(); b != nil; b = b.Idom() {
		if !fl.reaches(op.Block, b.Index) {
			return true // before the loop
		}
		if len(b.Succs) < 2 || fl.postdominates(op.Block, b.Index) {
			continue
		}
		leaves := slices.ContainsFunc(b.Succs, func(s *ssa.BasicBlock) bool { return !fl.reaches(s.Index, op.Block) && s.Index != op.Block })
		if !leaves {
			return false // a round without it
		}
	}
	return true
}

// reaches reports whether there is a path of at least one edge from a to b.
func (fl *flow) reaches(a, b int) bool {
	return fl.escapes(fl.f.Blocks[a].Succs, -1, func(n int) bool { return n == b })
}

// postdominates reports whether every path from block b to the end passes
// through block a.
func (fl *flow) postdominates(a, b int) bool {
	return a == b || !fl.escapes([]int{b}, a, func(n int) bool { return len(fl.f.Blocks[n].Succs) == 0 })
}

// escapes reports whether from some block of start a block that is wanted can be
// reached without passing through avoid.
func (fl *flow) escapes(start []int, avoid int, wanted func(int) bool) bool {
	seen := make([]bool, len(fl.f.Blocks))
	work := slices.Clone(start)
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if n == avoid || seen[n] {
			continue
		}
		seen[n] = true
		if wanted(n) {
			return true
		}
		work = append(work, fl.f.Blocks[n].Succs...)
	}
	return false
}

func (fl *flow) dominates(a, b int) bool {
	return fl.f.Blocks[a].SSA.Dominates(fl.f.Blocks[b].SSA)
}

// Recovers reports whether f recovers from panics, so that it may close, or
// send, to see whether it can.
func Recovers(f *conc.Func) bool {
	for op := range f.Ops {
		if op.Kind != conc.Defer || op.Inner.Call == nil {
			continue
		}
		if strings.Contains(strings.ToLower(op.Inner.Call.Name), "recover") {
			return true // a function that may have no operations to look at
		}
		if slices.ContainsFunc(op.Inner.Call.Targets, func(t conc.Target) bool { return callsRecover(t.Func) }) {
			return true
		}
	}
	return false
}

func callsRecover(f *conc.Func) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "recover" {
					return true
				}
			}
		}
	}
	return false
}

// waits reports whether op may wait for a goroutine that was started before.
func (fl *flow) waits(op *conc.Op) bool {
	switch op.Kind {
	case conc.Recv:
		return !foreign(op.Instr.(*ssa.UnOp).X, op.Bound)
	case conc.Wait, conc.CondWait, conc.Send:
		return true
	case conc.Known:
		return op.Blocking.Kind != known.Disk && op.Blocking.Kind != known.Delay
	case conc.Call:
		if len(op.Call.Targets) == 0 {
			return fl.unknown(op.Call)
		}
		return slices.ContainsFunc(fl.r.Waits(op), func(w effect.Wait) bool {
			return w.Kind != effect.IO && w.Kind != effect.Delay
		})
	}
	return false
}

// waitsBetween reports whether between the start of a goroutine and e there is a
// loop that waits in its rounds, of which there may be one for each goroutine,
// or a wait for goroutines to end, under a condition that may know of them.
//
// False negative: a loop that is left by a timeout.
func (fl *flow) waitsBetween(start *conc.Op, e Event) bool {
	for op := range fl.f.Ops {
		waits := fl.waits(op) || op.Kind == conc.Select && slices.ContainsFunc(op.Cases, func(c conc.Case) bool { return !c.Send })
		ends := op.Kind == conc.Wait || op.Kind == conc.Known && op.Blocking.Kind == known.Wait
		if !waits || op.Kind == conc.Defer || !ends && !fl.reaches(op.Block, op.Block) || !fl.reaches(start.Block, op.Block) {
			continue
		}
		if e.Deferred || fl.reaches(op.Block, e.At.Block) {
			return true
		}
	}
	return false
}

// foreign reports whether a receive from ch tells nothing of the goroutines of
// the function: a timer, or a context.
func foreign(ch ssa.Value, bound conc.Bound) bool {
	if bound != conc.ByContext {
		return bound == conc.ByTimer
	}
	call, ok := ch.(*ssa.Call)
	return ok && call.Call.IsInvoke() && known.OpOf(call.Call.Method.FullName()) == known.ContextDone
}

// unknown reports whether a call that is not followed may wait.
func (fl *flow) unknown(call *conc.CallSite) bool {
	if call.Obj == nil || types.IsInterface(recvType(call.Obj)) {
		return true
	}
	if call.Obj.Pkg() == nil || known.IsStd(call.Obj.Pkg().Path()) {
		return false
	}
	for _, word := range []string{"Wait", "Stop", "Close", "Shutdown", "Join", "Done", "Run"} {
		if strings.Contains(call.Obj.Name(), word) {
			return true
		}
	}
	return false
}

func recvType(fn *types.Func) types.Type {
	if recv := fn.Signature().Recv(); recv != nil {
		return recv.Type()
	}
	return types.Typ[types.Invalid]
}

// edge is s on the edge between two blocks: a case of a select that receives
// from a goroutine has waited for it.
func (fl *flow) edge(from, to int, s state) state {
	if len(s.senders) == 0 {
		return s
	}
	b := fl.f.Blocks[from].SSA
	br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok || b.Succs[0] == b.Succs[1] || b.Succs[0].Index != to {
		return s
	}
	cmp, ok := br.Cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL {
		return s
	}
	idx, ok := cmp.X.(*ssa.Extract)
	if !ok || idx.Index != 0 {
		return s
	}
	sel, ok := idx.Tuple.(*ssa.Select)
	n := conc.Const(cmp.Y)
	if !ok || n < 0 || int(n) >= len(sel.States) {
		return s
	}
	if st := sel.States[n]; st.Dir == types.RecvOnly && !foreign(st.Chan, fl.boundOf(sel, int(n))) {
		s.senders = nil
	}
	return s
}

// boundOf is what case i of a select receives from.
func (fl *flow) boundOf(sel *ssa.Select, i int) conc.Bound {
	for _, op := range fl.f.Blocks[sel.Block().Index].Ops {
		if op.Instr == sel {
			return op.Cases[i].Bound
		}
	}
	return conc.Unbounded
}
