package model

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/heap"
)

// A flag is a truth value or small number that goroutines share, in a variable
// or field, or as an atomic: it is set to constants, counted up and down, and
// compared with constants. What else is done to it makes it an unknown. Whether
// a variable is nil is a flag as well; see nilUse.

// mostFlags bounds the flags of a model, and largest their values.
const (
	mostFlags = 8
	largest   = 16
)

// A use says what an instruction does to a flag.
type use struct {
	kind useKind
	n    int // what is set, added, or compared with
	old  int // swap: what it must be before
	less bool
	not  bool      // compare: the answer is the contrary
	asks ssa.Value // compare and swap: what holds the answer

	nilable bool // 0 stands for nil, and 1 for what is not nil
}

type useKind uint8

const (
	unknownUse useKind = iota
	read               // for nothing that matters
	compare
	set
	add
	swap
)

// A candidate is a variable that may be a flag, and what all of its uses do to it.
type candidate struct {
	asked, written, unknown bool
	nilable                 bool // by nilUse
	given                   bool // it is set to something that is not nil
	changes                 bool // it is set by others than who makes it
}

// note adds a use, by who makes the variable or by others.
func (c *candidate) note(u use, maker bool) {
	c.asked = c.asked || u.asks != nil
	c.written = c.written || u.kind >= set
	c.unknown = c.unknown || u.kind == unknownUse
	c.nilable = c.nilable || u.nilable
	c.changes = c.changes || !maker && (u.kind >= set || u.kind == unknownUse)
	c.given = c.given || u.n != 0 && u.kind == set
}

// isFlag reports whether all that c can be is known. What is never more than nil
// is set where it cannot be seen.
func (c *candidate) isFlag() bool {
	return c.written && !c.unknown && (c.given || !c.nilable)
}

// findFlags finds the flags that are written by others than who makes them,
// and makes operations of their uses.
func (b *builder) findFlags() {
	found := make(map[heap.Value]*candidate)
	var order []heap.Value
	for _, a := range b.heap.Activations {
		for _, instr := range b.heap.Variables(a) {
			at, u, ok := b.useOf(a, instr)
			if !ok {
				continue
			}
			if found[at] == nil {
				found[at] = new(candidate)
				order = append(order, at)
			}
			found[at].note(u, at.Obj.In == a)
		}
	}
	slices.SortStableFunc(order, func(x, y heap.Value) int { return truth(found[x].nilable) - truth(found[y].nilable) })
	for _, at := range order {
		switch c := found[at]; {
		case c.nilable && (!c.asked || c.unknown && !c.changes): // it tells nobody what others do
		case c.isFlag() && b.tracked(at) && !(c.nilable && len(b.flags) >= mostFlags):
			b.flags[at] = true
		case c.written || c.unknown:
			b.written[at] = true
		}
	}
	if len(b.flags) > mostFlags {
		b.giveUp("too many flags")
	}
	for _, a := range b.heap.Activations {
		for _, instr := range b.heap.Variables(a) {
			if block := instr.Block().Index; b.usesFlag(a, instr) && b.steps[stepKey{a, block}] == nil {
				b.addSteps(a, block)
			}
		}
	}
}

// usesFlag reports whether instr does something to a flag that matters.
func (b *builder) usesFlag(a *heap.Activation, instr ssa.Instruction) bool {
	at, u, ok := b.useOf(a, instr)
	return ok && b.flags[at] && u.kind != read
}

// useOf is the variable that instr uses, if it may be a flag, and how.
func (b *builder) useOf(a *heap.Activation, instr ssa.Instruction) (heap.Value, use, bool) {
	var addr ssa.Value
	var u use
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if instr.Op != token.MUL {
			return heap.Unknown, u, false
		}
		addr, u = instr.X, compared(instr)
	case *ssa.Store:
		addr, u = instr.Addr, stored(instr)
	case *ssa.Call:
		addr, u = b.atomicUse(instr)
	}
	switch {
	case addr == nil:
		return heap.Unknown, u, false
	case isSmall(addr.Type()):
	case isNilable(addr.Type()):
		if u = b.nilUse(a, instr); u.kind == read {
			return heap.Unknown, u, false
		}
	default:
		return heap.Unknown, u, false
	}
	at := b.heap.Eval(a, addr)
	return at, u, at.Known()
}

// isSmall reports whether t is a pointer to a truth value or integer, be it an
// atomic one.
func isSmall(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	if basic, ok := ptr.Elem().Underlying().(*types.Basic); ok {
		return basic.Info()&(types.IsBoolean|types.IsInteger) != 0
	}
	switch ptr.Elem().String() {
	case "sync/atomic.Bool", "sync/atomic.Int32", "sync/atomic.Int64", "sync/atomic.Uint32", "sync/atomic.Uint64":
		return true
	}
	return false
}

// small is the value of a constant truth value or number that a flag can have.
func small(v ssa.Value) (n int, ok bool) {
	c, isConst := v.(*ssa.Const)
	if !isConst || c.Value == nil {
		return 0, false
	}
	switch c.Value.Kind() {
	case constant.Bool:
		return truth(constant.BoolVal(c.Value)), true
	case constant.Int:
		i, exact := constant.Int64Val(c.Value)
		return int(i), exact && i >= -1 && i <= largest
	}
	return 0, false
}

// stored is the use of a variable that a store makes.
func stored(st *ssa.Store) use {
	if n, ok := small(st.Val); ok && n >= 0 {
		return use{kind: set, n: n}
	}
	sum, ok := st.Val.(*ssa.BinOp)
	if !ok || sum.Op != token.ADD && sum.Op != token.SUB {
		return use{}
	}
	load, ok := sum.X.(*ssa.UnOp)
	n, isSmall := small(sum.Y)
	if !ok || !isSmall || load.Op != token.MUL || !sameAddr(load.X, st.Addr) {
		return use{}
	}
	if sum.Op == token.SUB {
		n = -n
	}
	return use{kind: add, n: n}
}

// sameAddr reports whether two addresses are the same variable, or the same
// field of one.
func sameAddr(x, y ssa.Value) bool {
	if x == y {
		return true
	}
	f, ok1 := x.(*ssa.FieldAddr)
	g, ok2 := y.(*ssa.FieldAddr)
	if ok1 && ok2 {
		return f.Field == g.Field && sameAddr(f.X, g.X)
	}
	l, ok1 := x.(*ssa.UnOp)
	m, ok2 := y.(*ssa.UnOp)
	return ok1 && ok2 && l.Op == m.Op && sameAddr(l.X, m.X)
}

// compared is the use of a variable that is read: what it is compared with.
func compared(v ssa.Value) use {
	if basic, ok := v.Type().Underlying().(*types.Basic); ok && basic.Info()&types.IsBoolean != 0 {
		return use{kind: compare, n: 1, asks: v}
	}
	for _, ref := range *v.Referrers() {
		cmp, ok := ref.(*ssa.BinOp)
		if !ok || cmp.X != v {
			continue
		}
		n, ok := small(cmp.Y)
		if !ok {
			continue
		}
		u := use{kind: compare, n: n, asks: cmp}
		switch cmp.Op {
		case token.EQL:
		case token.NEQ:
			u.not = true
		case token.LSS, token.GEQ:
			u.less, u.not = true, cmp.Op == token.GEQ
		case token.LEQ, token.GTR:
			u.less, u.not, u.n = true, cmp.Op == token.GTR, n+1
		default:
			continue
		}
		if u.n >= 0 {
			return u
		}
	}
	return use{kind: read}
}

// atomicUse is the variable that a call of package sync/atomic uses, and how;
// nil if the call is of anything else.
func (b *builder) atomicUse(call *ssa.Call) (addr ssa.Value, u use) {
	_, name := b.pkg.Operation(&call.Call)
	if !strings.Contains(name, "sync/atomic.") || len(call.Call.Args) == 0 {
		return nil, u
	}
	args := call.Call.Args[1:]
	op := name[strings.LastIndexByte(name, '.')+1:]
	switch {
	case strings.HasPrefix(op, "Load"):
		u = compared(call)
	case strings.HasPrefix(op, "Store"):
		if n, ok := small(args[0]); ok && n >= 0 {
			u = use{kind: set, n: n}
		}
	case strings.HasPrefix(op, "CompareAndSwap"):
		old, ok1 := small(args[0])
		n, ok2 := small(args[1])
		if ok1 && ok2 && old >= 0 && n >= 0 {
			u = use{kind: swap, old: old, n: n, asks: call}
		}
	case strings.HasPrefix(op, "Add"):
		if n, ok := small(args[0]); ok && len(*call.Referrers()) == 0 {
			u = use{kind: add, n: n}
		}
	}
	return call.Call.Args[0], u
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

// flag translates a use of a flag. What is found decides branches.
func (fr *frame) flag(op *conc.Op, p path) (explore.Instr, bool) {
	at, u, _ := fr.useOf(fr.act, op.Instr)
	obj := fr.object(at, explore.Object{Kind: explore.Flag, Nil: u.nilable}, nil)
	in := explore.Instr{Obj: obj, N: u.n, Less: u.less, Site: fr.site(op, -1)}
	found := func(yes int) int { return fr.place(p.with(u.asks.Name(), yes^truth(u.not), op.Block)) }
	switch u.kind {
	case set:
		in.Op, in.Next = explore.Set, fr.place(p)
	case add:
		in.Op, in.Next = explore.Add, fr.place(p)
	case swap:
		change := fr.add(explore.Instr{Op: explore.Set, Obj: obj, N: u.n, Next: found(1), Site: in.Site})
		in.Op, in.N, in.Next, in.Else = explore.Test, u.old, change, found(0)
	case compare:
		in.Op, in.Next, in.Else = explore.Test, found(1), found(0)
	}
	return in, true
}
