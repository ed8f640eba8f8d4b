package model

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/heap"
)

// findGroup finds out what the scope uses, and adds its channels. It is false
// if it has none, nor locks that goroutines share, nor wait groups.
func (b *builder) findGroup(s Scope) bool {
	b.heap = heap.New(b.pkg, heap.Scope{Fn: b.root, Within: b.within, Loops: b.repeats})
	if s.typ != nil {
		b.enterAll(s)
	}
	b.heap.Follow()
	for _, a := range b.heap.Activations {
		for op := range a.Fn.Ops {
			switch op.Kind {
			case conc.Make:
				b.addChannel(a, op)
			case conc.Wait, conc.CondWait:
				b.waits = b.waits || b.tracked(b.receiver(a, op))
			}
		}
	}
	b.findLocks()
	b.findFlags()
	if b.heap.Full {
		b.giveUp("too many calls")
	}
	return len(b.objects) > 0 || len(b.locks) > 0 || b.waits
}

// within reports whether a block of the root belongs to the scope.
func (b *builder) within(block int) bool {
	return b.scope < 0 || b.graph(b.root.SSA).loops[b.scope][block]
}

// repeats reports whether a block may run more than once in an activation of
// its function. The loop that is the scope has one round.
func (b *builder) repeats(fn *ssa.Function, block int) bool {
	for head, body := range b.graph(fn).loops {
		if body[block] && !(fn == b.root.SSA && b.scope >= 0 && b.graph(fn).loops[head][b.scope]) {
			return true
		}
	}
	return false
}

// addChannel adds the channel that op makes in a, if it is one only and every
// use of it is seen.
func (b *builder) addChannel(a *heap.Activation, op *conc.Op) {
	mc := op.Instr.(*ssa.MakeChan)
	v := b.heap.Eval(a, mc)
	if a == b.heap.Root && b.graph(op.Fn.SSA).innermost(op.Block) != b.scope || !b.tracked(v) {
		return
	}
	b.object(v, explore.Object{Kind: explore.Chan, Cap: b.capacity(mc.Size)}, op)
}

// tracked reports whether v is one object, every use of which is seen.
func (b *builder) tracked(v heap.Value) bool {
	return v.Known() && b.single(v) && !v.Obj.Extern && !b.heap.Escaped(v) && b.complete(v)
}

// single reports whether v is one object in each activation of the scope.
func (b *builder) single(v heap.Value) bool {
	if v.Obj.Plural || strings.Contains(v.Path, "[*]") {
		return false
	}
	instr, ok := v.Obj.Site.(ssa.Instruction)
	if !ok || v.Obj.In != b.heap.Root || b.scope < 0 {
		return true
	}
	return b.within(instr.Block().Index)
}

// stepKey is a block of an activation.
type stepKey struct {
	act   *heap.Activation
	block int
}

// blockOps are the operations of a block, those on flags included.
func (b *builder) blockOps(a *heap.Activation, block int) []*conc.Op {
	if ops, ok := b.steps[stepKey{a, block}]; ok {
		return ops
	}
	return a.Fn.Blocks[block].Ops
}

// findLocks finds the locks that several goroutines of the scope take.
func (b *builder) findLocks() {
	takers := make(map[heap.Value]map[*heap.Activation]bool)
	for _, a := range b.heap.Activations {
		for op := range a.Fn.Ops {
			if op.Kind == conc.Defer {
				op = op.Inner
			}
			v := heap.Unknown
			switch op.Kind {
			case conc.Lock, conc.RLock, conc.TryLock, conc.TryRLock:
				v = b.receiver(a, op)
			case conc.CondWait:
				v = b.heap.Field(b.receiver(a, op), "L")
				b.locks[v] = b.ownLock(v)
			}
			if !b.ownLock(v) {
				continue
			}
			if takers[v] == nil {
				takers[v] = make(map[*heap.Activation]bool)
			}
			g := a.Goroutine()
			takers[v][g] = true
			if g.Plural && g.Go || len(takers[v]) > 1 {
				b.locks[v] = true
			}
		}
	}
}

// receiver is what the method is called on that op is a call of.
func (b *builder) receiver(a *heap.Activation, op *conc.Op) heap.Value {
	return b.heap.Receiver(a, op.Instr.(ssa.CallInstruction).Common())
}

// ownLock reports whether v is one mutex.
func (b *builder) ownLock(v heap.Value) bool {
	if !v.Known() || !b.single(v) {
		return false
	}
	_, isCall := v.Obj.Site.(*ssa.Call)
	_, ok := lockKind(v)
	return ok && !(isCall && v.Obj.Extern)
}

// lockKind is the kind of the mutex at v.
func lockKind(v heap.Value) (explore.Kind, bool) {
	t := v.Type()
	if t == nil {
		return 0, false
	}
	switch types.Unalias(t).String() {
	case "sync.Mutex":
		return explore.Mutex, true
	case "sync.RWMutex":
		return explore.RWMutex, true
	}
	return 0, false
}

// mostFlags bounds the flags of a model.
const mostFlags = 8

// findFlags finds the truth values that goroutines share and only ever set to
// constants, and makes operations of their uses.
func (b *builder) findFlags() {
	for _, a := range b.heap.Activations {
		for i, blk := range a.Fn.SSA.Blocks {
			if slices.ContainsFunc(blk.Instrs, func(instr ssa.Instruction) bool { return b.usesFlag(a, instr) }) {
				b.addSteps(a, i)
			}
		}
	}
	if len(b.flags) > mostFlags {
		b.giveUp("too many flags")
	}
}

// usesFlag reports whether instr reads or sets a flag.
func (b *builder) usesFlag(a *heap.Activation, instr ssa.Instruction) bool {
	at := b.flagAt(a, instr)
	if at == heap.Unknown {
		return false
	}
	b.flags[at] = true
	return true
}

// flagAt is the flag that instr reads or sets, unknown if it does neither.
func (b *builder) flagAt(a *heap.Activation, instr ssa.Instruction) heap.Value {
	var addr ssa.Value
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if instr.Op == token.MUL {
			addr = instr.X
		}
	case *ssa.Store:
		addr = instr.Addr
	}
	if addr == nil || !isBool(addr.Type()) {
		return heap.Unknown
	}
	if at := b.heap.Eval(a, addr); b.tracked(at) && b.heap.Constant(at) && b.heap.Written(at) {
		return at
	}
	return heap.Unknown
}

// isBool reports whether t is a pointer to a truth value.
func isBool(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	basic, ok := ptr.Elem().Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsBoolean != 0
}

// addSteps makes the list of operations of a block with flags in it.
func (b *builder) addSteps(a *heap.Activation, block int) {
	known := make(map[ssa.Instruction][]*conc.Op)
	for _, op := range a.Fn.Blocks[block].Ops {
		known[op.Instr] = append(known[op.Instr], op)
	}
	var ops []*conc.Op
	for _, instr := range a.Fn.SSA.Blocks[block].Instrs {
		ops = append(ops, known[instr]...)
		if b.usesFlag(a, instr) {
			ops = append(ops, &conc.Op{Fn: a.Fn, Block: block, Instr: instr})
		}
	}
	b.steps[stepKey{a, block}] = ops
}
