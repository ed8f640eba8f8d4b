package conc

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// An Edge leads from one block of a function to another.
type Edge struct{ From, To int }

// Reaches reports whether there is a path of at least one edge from block to
// block that takes no edge for which cut holds. A nil cut holds for none.
func (f *Func) Reaches(from, to int, cut func(Edge) bool) bool {
	seen := make([]bool, len(f.Blocks))
	work := []int{from}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, s := range f.Blocks[b].Succs {
			if cut != nil && cut(Edge{b, s}) {
				continue
			}
			if s == to {
				return true
			}
			if !seen[s] {
				seen[s] = true
				work = append(work, s)
			}
		}
	}
	return false
}

// CaseEdge is the edge by which a select goes to the body of case i. There is
// none if the body does not depend on which case was taken.
func (op *Op) CaseEdge(i int) (Edge, bool) {
	index := extracted(op.Instr.(*ssa.Select), 0)
	if index == nil {
		return Edge{}, false
	}
	for _, ref := range *index.Referrers() {
		eq, ok := ref.(*ssa.BinOp)
		if !ok || eq.Op != token.EQL || Const(eq.Y) != int64(i) {
			continue
		}
		b := eq.Block()
		if br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok && br.Cond == eq {
			return Edge{b.Index, b.Succs[0].Index}, true
		}
	}
	return Edge{}, false
}

// Item is the value that a use receives, nil if it is thrown away or if the
// use does not receive.
func (u Use) Item() ssa.Value {
	switch instr := u.Op.Instr.(type) {
	case *ssa.UnOp:
		if !instr.CommaOk {
			return instr
		}
		if v := extracted(instr, 0); v != nil {
			return v
		}
	case *ssa.Select:
		n := 2 // the index and ok come before the received values
		for _, st := range instr.States[:max(u.Case, 0)] {
			if st.Dir == types.RecvOnly {
				n++
			}
		}
		if v := extracted(instr, n); v != nil {
			return v
		}
	}
	return nil
}

// extracted is part i of a tuple, nil if nothing uses it.
func extracted(tuple ssa.Value, i int) *ssa.Extract {
	for _, ref := range *tuple.Referrers() {
		if ext, ok := ref.(*ssa.Extract); ok && ext.Index == i {
			return ext
		}
	}
	return nil
}

// Elem is the type of the items of the channel that a Make makes.
func (op *Op) Elem() types.Type {
	return op.Instr.(*ssa.MakeChan).Type().Underlying().(*types.Chan).Elem()
}

// Lone reports whether all that is done with the channel that a Make makes is one
// receive, so that there is nobody at the other end.
func (op *Op) Lone() bool {
	uses := 0
	for _, ref := range *op.Instr.(*ssa.MakeChan).Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			if ref.Op != token.ARROW {
				return false
			}
			uses++
		default:
			return false
		}
	}
	return uses == 1
}

// CaseRange is where the send or receive of case i of a select is in the
// source.
func (op *Op) CaseRange(i int) (pos, end token.Pos) {
	if sel, ok := op.Node.(*ast.SelectStmt); ok {
		for _, clause := range sel.Body.List {
			if n := commNode(clause.(*ast.CommClause).Comm); n != nil && commPos(n) == op.Cases[i].Pos {
				return n.Pos(), n.End()
			}
		}
	}
	return op.Pos(), op.End()
}

// Instrs yields every instruction of f, by block.
func (f *Func) Instrs(yield func(ssa.Instruction) bool) {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if !yield(instr) {
				return
			}
		}
	}
}

// Receives are the receives that op is, or offers as cases.
func (op *Op) Receives() []Use {
	switch op.Kind {
	case Recv:
		return []Use{{Op: op, Case: -1}}
	case Select:
		return op.uses(false)
	}
	return nil
}

// Offers are the sends that op is, or offers as cases.
func (op *Op) Offers() []Use {
	switch op.Kind {
	case Send:
		return []Use{{Op: op, Case: -1}}
	case Select:
		return op.uses(true)
	}
	return nil
}

// uses are the cases of a select that send, or that receive.
func (op *Op) uses(send bool) []Use {
	var out []Use
	for i, c := range op.Cases {
		if c.Send == send {
			out = append(out, Use{Op: op, Case: i})
		}
	}
	return out
}
