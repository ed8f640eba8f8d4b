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

// A branch on a value that was received may know what the sender will do next:
// after an error, say, nothing. So where the sender decides on what it has just
// sent, there is no model.
//
// False negative: a sender whose decision has nothing to do with the receiver's.

// An ask is why a branch is not a free choice: it asks for a value from a
// channel of the group, or, without a channel, for what goroutines may have
// agreed on.
type ask struct {
	ch   int  // -1 if there is none
	only bool // nothing else ends the loop that the branch is in
}

// judge notes why the way taken at the end of b may not be a free choice.
func (fr *frame) judge(b *ssa.BasicBlock, cond ssa.Value) {
	leaves := make(map[ssa.Value]bool)
	slice(cond, 8, leaves)
	for v := range leaves {
		ch := received(v)
		if ch == nil {
			continue
		}
		if obj, ok := fr.objects[fr.heap.Eval(fr.act, ch)]; ok {
			fr.asks[cond.Pos()] = append(fr.asks[cond.Pos()], ask{obj, fr.onlyExit(b)})
		}
	}
	if fr.counts(b, leaves) {
		fr.giveUp("a loop that ends by a counter")
	}
	for v := range leaves {
		if fr.arranged(v) {
			fr.asks[cond.Pos()] = append(fr.asks[cond.Pos()], ask{ch: -1})
		}
	}
}

// arranged reports whether goroutines may use v to agree on who does what: an
// atomic operation, or a number or truth value in a variable that they share.
//
//	if atomic.AddInt32(&left, -1) == 0 { close(done) }
func (fr *frame) arranged(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Call:
		_, name := fr.pkg.Operation(&v.Call)
		if addr, u := fr.atomicUse(v); addr != nil && u.asks != nil && fr.flags[fr.heap.Eval(fr.act, addr)] {
			return false
		}
		return strings.Contains(name, "sync/atomic.") || strings.HasSuffix(name, ".TryLock")
	case *ssa.FreeVar:
		a, ok := fr.resolve(v).(*ssa.Alloc)
		if fr.flags[fr.heap.Eval(fr.act, v)] {
			return false
		}
		return ok && isShared(a) && len(fr.pkg.Places.Stored(a)) > 1
	case *ssa.Alloc:
		return !fr.flags[fr.heap.Eval(fr.act, v)] && isShared(v) && len(fr.pkg.Places.Stored(v)) > 1
	case *ssa.UnOp:
		if _, isTest := heap.NilTest(v); !isTest && isNilable(v.X.Type()) {
			return false
		}
		at := fr.heap.Eval(fr.act, v.X)
		return at.Known() && at.Path != "" && at.Obj.In != fr.act && !at.Obj.Extern && fr.written[at]
	}
	return false
}

// isShared reports whether a is a variable that literals capture, and a number
// or truth value.
func isShared(a *ssa.Alloc) bool {
	b, ok := a.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Basic)
	if !ok || b.Info()&(types.IsInteger|types.IsBoolean) == 0 {
		return false
	}
	return slices.ContainsFunc(*a.Referrers(), func(ref ssa.Instruction) bool {
		_, captured := ref.(*ssa.MakeClosure)
		return captured
	})
}

// counts reports whether b leaves a loop that matters by a number that the loop
// computes.
func (fr *frame) counts(b *ssa.BasicBlock, leaves map[ssa.Value]bool) bool {
	for head, body := range fr.g.loops {
		exits := body[b.Index] && (!body[b.Succs[0].Index] || !body[b.Succs[1].Index])
		if !exits || !fr.matters(head) {
			continue
		}
		for v := range leaves {
			if phi, ok := v.(*ssa.Phi); ok && body[phi.Block().Index] && isInteger(phi.Type()) {
				return true
			}
			if a, ok := v.(*ssa.Alloc); ok && isCounter(a) {
				return true
			}
			if call, ok := v.(*ssa.Call); ok && body[call.Block().Index] && isLen(call) {
				return true
			}
		}
	}
	return false
}

// isLen reports whether call is of len.
func isLen(call *ssa.Call) bool {
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "len"
}

// isCounter reports whether a variable is a number that changes.
func isCounter(a *ssa.Alloc) bool {
	for _, ref := range *a.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == a && isInteger(st.Val.Type()) {
			if _, ok := st.Val.(*ssa.BinOp); ok {
				return true
			}
		}
	}
	return false
}

// onlyExit reports whether b is in a loop that matters and that ends neither
// by counting nor when a channel is closed.
func (fr *frame) onlyExit(b *ssa.BasicBlock) bool {
	for head, body := range fr.g.loops {
		if !body[b.Index] || !fr.matters(head) {
			continue
		}
		ends := false
		for i := range body {
			blk := fr.fn.SSA.Blocks[i]
			if t, ok := fr.g.test(blk); ok && t.head == head && t.fixed || blk.Comment == "rangechan.loop" {
				ends = true
			}
		}
		if !ends {
			return true
		}
	}
	return false
}

// received is the channel that v was received from, nil if it was not.
func received(v ssa.Value) ssa.Value {
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.ARROW {
			return v.X
		}
	case *ssa.Extract:
		switch t := v.Tuple.(type) {
		case *ssa.UnOp:
			if t.Op == token.ARROW && v.Index == 0 {
				return t.X
			}
		case *ssa.Select:
			n := 1
			for _, st := range t.States {
				if st.Send == nil {
					n++
				}
				if n == v.Index && st.Send == nil {
					return st.Chan
				}
			}
		}
	}
	return nil
}

// slice collects what v is computed from: calls, parameters, receives, and
// variables.
func slice(v ssa.Value, depth int, leaves map[ssa.Value]bool) {
	if depth == 0 || leaves[v] {
		return
	}
	switch v := v.(type) {
	case *ssa.Const, *ssa.Function, *ssa.Builtin:
		return
	case *ssa.Extract:
		leaves[v] = true
		leaves[v.Tuple] = true
		return
	case *ssa.Alloc:
		leaves[v] = true
		stores(v, depth, leaves)
		return
	case *ssa.Call:
		leaves[v] = true
		for _, a := range v.Call.Args {
			slice(a, depth-1, leaves)
		}
		return
	case *ssa.Phi, *ssa.Parameter, *ssa.FreeVar, *ssa.Global:
		leaves[v] = true
	}
	instr, ok := v.(ssa.Instruction)
	if !ok {
		return
	}
	if u, ok := v.(*ssa.UnOp); ok && u.Op == token.ARROW {
		leaves[v] = true
		return
	} else if ok && u.Op == token.MUL {
		leaves[v] = true
	}
	for _, op := range instr.Operands(nil) {
		if *op != nil {
			slice(*op, depth-1, leaves)
		}
	}
}

// stores collects what is stored to a variable and to its fields.
func stores(addr ssa.Value, depth int, leaves map[ssa.Value]bool) {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == addr {
				slice(ref.Val, depth-1, leaves)
			}
		case *ssa.FieldAddr:
			if ref.X == addr {
				stores(ref, depth-1, leaves)
			}
		}
	}
}

// weigh takes the asks of the branches that are left in a proc into account.
func (b *builder) weigh(code []explore.Instr) {
	for _, in := range code {
		if in.Op != explore.Branch {
			continue
		}
		for _, a := range b.asks[b.model.Sites[in.Site].Pos] {
			if a.ch < 0 {
				b.model.agreed[in.Site] = true
				continue
			}
			b.valued[a.ch] = true
			b.endless[a.ch] = b.endless[a.ch] || a.only
		}
	}
}

// checkValues gives up if a receiver decides on a value whose sender decides
// on it too.
func (b *builder) checkValues() {
	for _, s := range b.sends {
		if b.valued[s.ch] && (decides(s.op, s.val) || b.endless[s.ch] && b.repeated(s.ch)) {
			b.giveUp("a receiver that knows what its sender does")
		}
	}
}

// repeated reports whether a goroutine sends more than once on ch.
func (b *builder) repeated(ch int) bool {
	n := 0
	for _, s := range b.sends {
		if s.ch == ch && !s.foreign {
			n++
			if b.graph(s.op.Fn.SSA).inLoop(s.op.Block) {
				return true
			}
		}
	}
	return n > 1
}

// knows reports whether a branch asks for a value whose sender may know what it
// means.
func (b *builder) knows() bool {
	return slices.ContainsFunc(b.sends, func(s sent) bool { return b.valued[s.ch] && !s.foreign })
}

// A sent is a send on a channel of the group.
type sent struct {
	op  *conc.Op
	ch  int
	val ssa.Value

	foreign bool // a caller of a harness sends what it likes
}

// decides reports whether the function of a send, after it, branches on what
// was sent. What it computes anew before it branches is not what was sent.
func decides(op *conc.Op, val ssa.Value) bool {
	leaves := make(map[ssa.Value]bool)
	slice(val, 8, leaves)
	for _, blk := range op.Fn.SSA.Blocks {
		cond := condition(blk)
		if cond == nil {
			continue
		}
		asked := make(map[ssa.Value]bool)
		slice(cond, 8, asked)
		for v := range asked {
			if leaves[v] && !fixed(v) && (v == val || !isList(v)) && reachable(op.Fn.SSA.Blocks[op.Block], blk, origin(v)) {
				return true
			}
		}
	}
	return false
}

// isList reports whether v is a slice or map. How long it is says nothing of the
// elements.
func isList(v ssa.Value) bool {
	switch v.Type().Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	}
	return false
}

// origin is the block in which v is computed, nil if that is not known: a
// variable may change anywhere.
func origin(v ssa.Value) *ssa.BasicBlock {
	switch v := v.(type) {
	case *ssa.Alloc:
		return nil
	case ssa.Instruction:
		return v.Block()
	}
	return nil
}

// fixed reports whether v stays the same as long as the function runs.
func fixed(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global:
		return true
	}
	return false
}

// reachable reports whether the end of b comes after an operation in a, without
// a new pass through block around in between, which may be nil.
func reachable(a, b, around *ssa.BasicBlock) bool {
	if a == b {
		return true
	}
	seen := make(map[*ssa.BasicBlock]bool)
	for work := slices.Clone(a.Succs); len(work) > 0; {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[n] || n == around {
			continue
		}
		if n == b {
			return true
		}
		seen[n] = true
		work = append(work, n.Succs...)
	}
	return false
}
