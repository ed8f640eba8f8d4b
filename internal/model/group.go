package model

import (
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
	b.follow(s)
	if b.heap.Full {
		b.giveUp("too many calls")
		return true
	}
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
	b.findMade()
	b.findLocks()
	b.findFlags()
	return len(b.objects) > 0 || len(b.locks) > 0 || b.waits
}

// depths are how many calls deep a scope is followed: less, if that is too much.
var depths = []int{8, 1}

// follow finds what the scope holds. It is the same for all numbers of rounds.
func (b *builder) follow(s Scope) {
	if p := b.cache; p.last == s && p.found != nil {
		b.heap, b.owner, b.entries = p.found, p.owner, slices.Clone(p.calls)
		return
	}
	for _, depth := range depths {
		b.heap = heap.New(b.pkg, heap.Scope{Fn: b.root, Within: b.within, Loops: b.repeats, Depth: depth})
		b.entries = nil
		if s.typ != nil {
			b.enterAll(s)
		}
		if b.heap.Follow(); !b.heap.Full {
			break
		}
	}
	if !b.heap.Full { // a reply channel in what is received may be another's
		b.heap.EscapeSent(func(ch heap.Value) bool { return !b.complete(ch) })
	}
	b.cache.last, b.cache.found, b.cache.owner, b.cache.calls = s, b.heap, b.owner, slices.Clone(b.entries)
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

// findLocks finds the locks that several goroutines of the scope take, or that
// one takes in a function and in what that calls.
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
				v = b.condLock(b.receiver(a, op))
				b.locks[v] = b.ownLock(v)
			}
			if !b.ownLock(v) {
				continue
			}
			if takers[v] == nil {
				takers[v] = make(map[*heap.Activation]bool)
			}
			takers[v][a] = true
			if g := a.Goroutine(); g.Plural && g.Go {
				b.locks[v] = true
			}
		}
	}
	for v, acts := range takers {
		b.locks[v] = b.locks[v] || contended(acts)
	}
}

// contended reports whether two of some activations are of different goroutines,
// or one leads to the other.
func contended(acts map[*heap.Activation]bool) bool {
	var first *heap.Activation
	for a := range acts {
		if first == nil {
			first = a.Goroutine()
		}
		if a.Goroutine() != first {
			return true
		}
		for outer := a.Caller; outer != nil && !a.Go; outer = outer.Caller {
			if acts[outer] {
				return true
			}
			if outer.Go {
				break
			}
		}
	}
	return false
}

// condLock is the lock of a condition variable.
func (b *builder) condLock(cond heap.Value) heap.Value {
	return promoted(b.heap.Field(cond, "L"))
}

// receiver is what the method is called on that op is a call of.
func (b *builder) receiver(a *heap.Activation, op *conc.Op) heap.Value {
	return promoted(b.heap.Receiver(a, op.Instr.(ssa.CallInstruction).Common()))
}

// promoted is the lock that a structure embeds at v, or v if it embeds none.
func promoted(v heap.Value) heap.Value {
	t := v.Type()
	if t == nil {
		return v
	}
	if _, ok := lockKind(v); ok {
		return v
	}
	_, index, _ := types.LookupFieldOrMethod(types.NewPointer(t), true, nil, "Unlock")
	if len(index) < 2 {
		return v
	}
	for _, i := range index[:len(index)-1] {
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return v
		}
		v.Path += "." + st.Field(i).Name()
		t = st.Field(i).Type()
	}
	return v
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
