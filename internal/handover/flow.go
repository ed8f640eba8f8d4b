package handover

import (
	"cmp"
	"go/token"
	"iter"
	"slices"

	"golang.org/x/tools/go/ssa"
	"honnef.co/go/tools/analysis/dfa/dense"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// flow is the dataflow over one function.
type flow struct {
	a      *Analysis
	r      *effect.Result
	f      *conc.Func
	gifts  map[giftKey]*Gift
	locked map[ssa.Instruction]bool
	found  []Finding

	exit     []entry        // given away when f returns
	returned bool           // a return was seen
	back     map[*Gift]bool // waited for on some path
	left     []Finding      // at returns
	collect  bool           // the fixpoint is reached
}

// giftKey tells the gifts of a function apart, so that each has one address.
type giftKey struct {
	at     *conc.Op
	index  int // of the case, or of the argument
	mem    place.Place
	member bool
}

// entry is memory that was given away.
type entry struct {
	mem  place.Place
	gift *Gift
}

// state is what is known before an instruction. It is immutable.
type state struct {
	given   []entry
	defers  []*conc.Op
	reached bool
}

// give is s with memory given away.
func (s state) give(e entry) state {
	if slices.Contains(s.given, e) {
		return s
	}
	s.given = append(slices.Clone(s.given), e)
	slices.SortFunc(s.given, compareEntries)
	return s
}

func compareEntries(a, b entry) int {
	return cmp.Or(
		cmp.Compare(a.gift.At.Pos(), b.gift.At.Pos()),
		cmp.Compare(a.gift.Case, b.gift.Case),
		cmp.Compare(a.gift.arg, b.gift.arg),
		cmp.Compare(a.mem.String(), b.mem.String()),
		cmp.Compare(a.gift.Shape, b.gift.Shape),
	)
}

// forget is s without the entries for which gone is true.
func (s state) forget(gone func(entry) bool) state {
	if slices.ContainsFunc(s.given, gone) {
		s.given = slices.DeleteFunc(slices.Clone(s.given), gone)
	}
	return s
}

// lattice is the semilattice of states. Its identity is the state of what is
// not reached.
type lattice struct{}

// Ident returns the state of unreachable code.
func (lattice) Ident() state { return state{} }

// Equals reports whether two states are the same. Entries that compare as equal
// are in no particular order.
func (lattice) Equals(a, b state) bool {
	return a.reached == b.reached && len(a.given) == len(b.given) && slices.Equal(a.defers, b.defers) &&
		!slices.ContainsFunc(a.given, func(e entry) bool { return !slices.Contains(b.given, e) })
}

// Merge joins the states of two paths.
func (lattice) Merge(a, b state) state {
	switch {
	case !a.reached:
		return b
	case !b.reached:
		return a
	}
	for _, e := range b.given {
		a = a.give(e)
	}
	a.defers = mergeDefers(a.defers, b.defers)
	return a
}

// mergeDefers is every operation deferred on either path, the later in the
// source to run first.
func mergeDefers(a, b []*conc.Op) []*conc.Op {
	if slices.Equal(a, b) {
		return a
	}
	out := slices.Clone(a)
	for _, op := range b {
		if !slices.Contains(out, op) {
			out = append(out, op)
		}
	}
	slices.SortStableFunc(out, func(x, y *conc.Op) int { return cmp.Compare(y.Pos(), x.Pos()) })
	return out
}

func (fl *flow) solve() {
	transfer := func(from, to int, s state) state {
		if !s.reached {
			return s
		}
		return fl.edge(from, to, fl.block(from, s))
	}
	res := dense.Forward[lattice](graph{fl.f}, map[int]state{0: {reached: true}}, transfer)
	fl.collect, fl.back = true, make(map[*Gift]bool)
	fl.findLocked()
	for i := range fl.f.Blocks {
		if s := res.In(i); s.reached {
			s = fl.block(i, s)
			for _, succ := range fl.f.Blocks[i].Succs {
				fl.edge(i, succ, s)
			}
		}
	}
	fl.desert()
}

// findLocked notes the operations before which a lock is held for certain.
func (fl *flow) findLocked() {
	fl.locked = make(map[ssa.Instruction]bool)
	for op, set := range fl.r.Flow(fl.f).All() {
		for _, h := range set.Held() {
			fl.locked[op.Instr] = fl.locked[op.Instr] || h.Must
		}
	}
	if len(fl.r.Entry(fl.f)) > 0 {
		for op := range fl.f.Ops {
			fl.locked[op.Instr] = true
		}
	}
}

// block is the state after block i.
func (fl *flow) block(i int, s state) state {
	b := fl.f.Blocks[i]
	ops := b.Ops
	for _, instr := range b.SSA.Instrs {
		if _, ok := instr.(*ssa.Defer); !ok {
			fl.check(instr, s)
		}
		for len(ops) > 0 && ops[0].Instr == instr {
			s = fl.step(ops[0], s)
			ops = ops[1:]
		}
		s = fl.renew(instr, s)
	}
	return s
}

// renew forgets the memory whose place comes to mean other memory by instr.
func (fl *flow) renew(instr ssa.Instruction, s state) state {
	if len(s.given) == 0 {
		return s
	}
	switch instr := instr.(type) {
	case *ssa.Phi:
		return s // see edge
	case *ssa.Store:
		at := fl.r.Places.Of(instr.Addr)
		if fl.target(instr.Val) == at {
			return s // cut, or appended to
		}
		return s.forget(func(e entry) bool { return e.mem == at && !isPointee(instr.Addr, e) || e.mem.Within(at) })
	case ssa.Value:
		return s.forget(func(e entry) bool { return e.mem.DependsOn(instr) })
	}
	return s
}

// isPointee reports whether a store to addr writes to what was given away, and
// does not replace the variable that leads to it.
func isPointee(addr ssa.Value, e entry) bool {
	_, alloc := addr.(*ssa.Alloc)
	return alloc && e.mem.IsRoot() && e.mem.Root() == addr && e.gift.Shape == Pointer
}

// step is the state after op.
func (fl *flow) step(op *conc.Op, s state) state {
	switch op.Kind {
	case conc.Defer:
		if !slices.Contains(s.defers, op) {
			s.defers = append([]*conc.Op{op}, s.defers...)
		}
		return s
	case conc.RunDefers:
		for _, d := range s.defers {
			fl.check(d.Instr, s)
			s = fl.run(d.Inner, s)
		}
		s.defers = nil
		return s
	case conc.Return:
		fl.returns(op, s)
		return s
	}
	return fl.run(op, s)
}

// run is the state after op, which may be deferred, has run.
func (fl *flow) run(op *conc.Op, s state) state {
	s = s.forget(func(e entry) bool { return fl.isBack(e, fl.handsBack(op, e)) })
	if op.Kind == conc.Select {
		return s // see edge
	}
	for _, e := range fl.given(op, -1) {
		s = s.give(e)
	}
	return s
}

// edge is s on the edge between two blocks: with what the case of a select
// gives away or gets back, and with the variables of the target block.
func (fl *flow) edge(from, to int, s state) state {
	b := fl.f.Blocks[from].SSA
	if op, i := fl.chosen(b, to); op != nil {
		if op.Cases[i].Send {
			for _, e := range fl.given(op, i) {
				s = s.give(e)
			}
		} else {
			s = s.forget(func(e entry) bool { return fl.isBack(e, fl.caseHandsBack(op, i, e)) })
		}
	}
	return fl.rename(b, fl.f.Blocks[to].SSA, s)
}

// rename is s with the memory of each phi of a block that is that of the value
// that comes from the block before.
func (fl *flow) rename(from, to *ssa.BasicBlock, s state) state {
	pred := slices.Index(to.Preds, from)
	out := s
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		out = out.forget(func(e entry) bool { return e.mem.DependsOn(phi) })
	}
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		mem := fl.target(phi.Edges[pred])
		for _, e := range s.given {
			if e.mem == mem && fl.r.Places.Of(phi).Root() == phi {
				out = out.give(entry{fl.r.Places.Of(phi), e.gift})
			}
		}
	}
	return out
}

// chosen is the select, and its case, that the edge from b to block to says was
// chosen; nil if it says nothing.
func (fl *flow) chosen(b *ssa.BasicBlock, to int) (*conc.Op, int) {
	br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok || b.Succs[0] == b.Succs[1] || b.Succs[0].Index != to {
		return nil, 0
	}
	eq, ok := br.Cond.(*ssa.BinOp)
	if !ok || eq.Op != token.EQL {
		return nil, 0
	}
	idx, ok := eq.X.(*ssa.Extract)
	if !ok || idx.Index != 0 {
		return nil, 0
	}
	sel, ok := idx.Tuple.(*ssa.Select)
	n := conc.Const(eq.Y)
	if !ok || n < 0 || int(n) >= len(sel.States) {
		return nil, 0
	}
	for _, op := range fl.f.Blocks[sel.Block().Index].Ops {
		if op.Instr == sel {
			return op, int(n)
		}
	}
	return nil, 0
}

// graph presents the blocks of a function to the dataflow solver.
type graph struct{ f *conc.Func }

// NumNodes is the number of blocks.
func (g graph) NumNodes() int { return len(g.f.Blocks) }

// Nodes yields the indices of the blocks.
func (g graph) Nodes() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range g.f.Blocks {
			if !yield(i) {
				return
			}
		}
	}
}

// Out yields the successors of a block.
func (g graph) Out(n int) iter.Seq[int] { return slices.Values(g.f.Blocks[n].Succs) }
