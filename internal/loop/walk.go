package loop

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// mostSteps bounds how many blocks one question visits.
const mostSteps = 1000

// walk follows the paths of one round.
type walk struct {
	p      *Package
	use    conc.Use
	closed bool
	within []bool
	steps  int
	seen   map[string]bool
	round  Round
}

// state is what is known at a point of a path. Maps are shared between states
// and copied before they change.
type state struct {
	vals    map[ssa.Value]value
	mem     map[*ssa.Alloc]value // local variables whose address is taken
	stored  []place.Place        // what was assigned to
	changed bool                 // something was done that may make a difference
	noted   bool                 // a variable that outlives the round was set to what no round changes
}

// begin follows the rest of the operation's own block.
func (w *walk) begin(st state) {
	block := w.use.Op.Fn.SSA.Blocks[w.use.Op.Block]
	i := slices.Index(block.Instrs, w.use.Op.Instr)
	w.rest(block, i+1, st)
}

// enter goes from one block to the next.
func (w *walk) enter(b, pred *ssa.BasicBlock, st state) {
	w.steps++
	if w.steps > mostSteps || !w.within[b.Index] {
		w.round.Leaves = true
		return
	}
	st = w.phis(b, pred, st)
	key := st.key(b)
	if w.seen[key] {
		return
	}
	w.seen[key] = true
	if !slices.Contains(w.round.blocks, b.Index) {
		w.round.blocks = append(w.round.blocks, b.Index)
	}
	w.rest(b, 0, st)
}

// phis gives the phis of b their values from pred, all at once.
func (w *walk) phis(b, pred *ssa.BasicBlock, st state) state {
	edge := slices.Index(b.Preds, pred)
	vals := maps.Clone(st.vals)
	carried := b.Dominates(w.use.Op.Instr.Block())
	for _, instr := range b.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		from := phi.Edges[edge]
		v := w.eval(from, st)
		if from == phi {
			v = value{kind: same}
		}
		if carried && v.kind != same {
			st.changed = true
			st.noted = st.noted || v.kind == exact || v.kind == held
		}
		delete(vals, phi)
		if v.kind != unknown {
			vals[phi] = v
		}
	}
	st.vals = vals
	return st
}

// rest follows a block from instruction i on.
func (w *walk) rest(b *ssa.BasicBlock, i int, st state) {
	ops := w.use.Op.Fn.Blocks[b.Index].Ops
	for _, instr := range b.Instrs[i:] {
		if instr == w.use.Op.Instr {
			w.back(st)
			return
		}
		for _, op := range ops {
			if op.Instr == instr && !slices.Contains(w.round.Ops, op) {
				w.round.Ops = append(w.round.Ops, op)
			}
		}
		var ends bool
		if st, ends = w.step(instr, st); ends {
			w.round.Leaves, w.round.Nil = true, true
			return
		}
	}
	w.leave(b, st)
}

// leave goes on to the successors of b that can be taken.
func (w *walk) leave(b *ssa.BasicBlock, st state) {
	br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		for _, s := range b.Succs {
			w.enter(s, b, st)
		}
		if len(b.Succs) == 0 {
			w.round.Leaves = true
		}
		return
	}
	taken, other := b.Succs[0], b.Succs[1]
	switch v := w.eval(br.Cond, st); {
	case v.kind == exact && v.c.Kind() == constant.Bool:
		if !constant.BoolVal(v.c) {
			taken = other
		}
		w.enter(taken, b, st)
	case w.repeats(b, br.Cond, st):
		if !w.leadsBack(taken) {
			taken = other
		}
		w.enter(taken, b, st)
	default:
		w.enter(taken, b, st)
		w.enter(other, b, st)
	}
}

// repeats reports whether a condition is as it was in this round, when it led
// to the operation: it is tested in front of it, and nothing has changed.
func (w *walk) repeats(b *ssa.BasicBlock, cond ssa.Value, st state) bool {
	at := w.use.Op.Instr.Block()
	return b != at && b.Dominates(at) && w.leadsBack(b.Succs[0]) != w.leadsBack(b.Succs[1]) &&
		w.unchanged(cond, st, 6)
}

// leadsBack reports whether the operation can be reached from b.
func (w *walk) leadsBack(b *ssa.BasicBlock) bool { return w.within[b.Index] }

// outside reports whether v is set before the loop, perhaps in a function
// around it.
func (w *walk) outside(v ssa.Value) bool {
	instr, ok := v.(ssa.Instruction)
	return !ok || instr.Parent() != w.use.Op.Fn.SSA || instr.Block() == nil || !w.within[instr.Block().Index]
}

// unchanged reports whether v is what it was in the round before.
func (w *walk) unchanged(v ssa.Value, st state, depth int) bool {
	if depth == 0 {
		return false
	}
	if st.vals[v].kind == same || w.outside(v) {
		return true
	}
	switch v := v.(type) {
	case *ssa.BinOp:
		return w.unchanged(v.X, st, depth-1) && w.unchanged(v.Y, st, depth-1)
	case *ssa.UnOp:
		return pure(v) && w.unchanged(v.X, st, depth-1)
	case *ssa.Convert:
		return w.unchanged(v.X, st, depth-1)
	case *ssa.ChangeType:
		return w.unchanged(v.X, st, depth-1)
	case *ssa.Call:
		return isLen(v) && st.vals[v.Call.Args[0]].kind != altered && w.unchanged(v.Call.Args[0], st, depth-1)
	}
	return false
}

// step is what is known after an instruction, and whether the path ends there
// because it panics.
func (w *walk) step(instr ssa.Instruction, st state) (after state, ends bool) {
	switch instr := instr.(type) {
	case *ssa.Store:
		return w.store(instr, st), false
	case *ssa.FieldAddr:
		return st, w.eval(instr.X, st).kind == zero && variable(instr) == nil
	case *ssa.UnOp:
		st.changed = st.changed || instr.Op == token.ARROW
		return st, instr.Op == token.MUL && w.eval(instr.X, st).kind == zero
	case *ssa.MapUpdate:
		st.changed = true
		return st.alter(instr.Map), false
	case *ssa.Send, *ssa.Select, *ssa.Go, *ssa.Defer, *ssa.Next:
		st.changed = true
	case *ssa.Call:
		if instr.Call.IsInvoke() && w.eval(instr.Call.Value, st).kind == zero {
			return st, true // a method of a nil interface
		}
		st.changed = st.changed || !trivial(&instr.Call)
		if !isLen(instr) {
			st = st.alter(instr.Call.Args...)
		}
		return w.forget(&instr.Call, st), false
	}
	return st, false
}

// alter is what is known after the maps among args may have changed.
func (st state) alter(args ...ssa.Value) state {
	for _, arg := range args {
		if _, ok := arg.Type().Underlying().(*types.Map); ok {
			st.vals = maps.Clone(st.vals)
			st.vals[arg] = value{kind: altered}
		}
	}
	return st
}

// store is what is known after an assignment.
func (w *walk) store(instr *ssa.Store, st state) state {
	if _, ok := instr.Val.Type().Underlying().(*types.Basic); !ok { // else it leads to no channel
		st.stored = append(slices.Clip(st.stored), w.p.Places.Of(instr.Addr))
	}
	alloc := variable(instr.Addr)
	v := value{}
	if alloc == nil || alloc == instr.Addr {
		v = w.eval(instr.Val, st)
	}
	if alloc == nil {
		st.changed = true
		_, constant := instr.Val.(*ssa.Const)
		st.noted = st.noted || constant
		return st
	}
	if w.outside(alloc) {
		st.changed = true
		st.noted = st.noted || v.kind == exact || v.kind == held
	}
	st.mem = maps.Clone(st.mem)
	st.mem[alloc] = v
	return st
}

// forget drops what a call may change of local variables, and of the channel.
func (w *walk) forget(call *ssa.CallCommon, st state) state {
	if _, ok := call.Value.(*ssa.Builtin); ok {
		return st
	}
	st.mem = maps.Clone(st.mem)
	for alloc := range st.mem {
		if alloc.Heap {
			delete(st.mem, alloc)
		}
	}
	return st
}

// back records that a path comes back to the operation.
func (w *walk) back(st state) {
	w.round.Back = true
	if w.renewed(st) {
		w.round.Renewed = true
	}
	w.round.Idle = w.round.Idle || !st.changed
	w.round.Noted = w.round.Noted || st.noted
}

// trivial reports whether a call takes no time and changes nothing.
func trivial(call *ssa.CallCommon) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return b.Name() == "len" || b.Name() == "cap" || b.Name() == "ssa:wrapnilchk"
	}
	fn := conc.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch known.OpOf(fn.FullName()) {
	case known.Lock, known.Unlock, known.RLock, known.RUnlock, known.ContextDone:
		return true
	}
	return fn.Pkg().Path() == "sync/atomic" && strings.HasPrefix(fn.Name(), "Load") || fn.FullName() == "(context.Context).Err"
}

// pure reports whether an operator only computes.
func pure(v *ssa.UnOp) bool { return v.Op != token.ARROW && v.Op != token.MUL }

// key identifies a state at the start of a block.
func (st state) key(b *ssa.BasicBlock) string {
	var parts []string
	for v, val := range st.vals {
		parts = append(parts, v.Name()+val.String())
	}
	for alloc, val := range st.mem {
		if val.kind != unknown {
			parts = append(parts, "*"+alloc.Name()+val.String())
		}
	}
	for _, pl := range st.stored {
		parts = append(parts, pl.String())
	}
	slices.Sort(parts)
	return fmt.Sprint(b.Index, st.changed, st.noted, slices.Compact(parts))
}
