package model

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// graph is what the translation asks about a control flow graph.
type graph struct {
	fn    *ssa.Function
	loops map[int]map[int]bool // the blocks of each natural loop, by its head
	asked map[string]int       // how often a condition is asked
	feeds map[string]bool      // what is asked of phis that become others
	fors  map[token.Pos]*ast.ForStmt
}

func newGraph(fn *ssa.Function) *graph {
	g := &graph{fn: fn, loops: make(map[int]map[int]bool), asked: make(map[string]int), feeds: make(map[string]bool)}
	for _, b := range fn.Blocks {
		for _, h := range b.Succs {
			if h.Dominates(b) {
				g.addLoop(h, b)
			}
		}
		if cond := condition(b); cond != nil {
			key, _ := question(cond)
			g.asked[key]++
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Phi:
				g.feed(instr, "")
				g.feed(instr, isNil)
			case *ssa.Return: // the caller may ask
				for _, v := range instr.Results {
					g.asked[v.Name()]++
					g.asked[v.Name()+isNil]++
					if phi, ok := v.(*ssa.Phi); ok {
						g.feeds[phi.Name()], g.feeds[phi.Name()+isNil] = true, true
						g.feed(phi, "")
						g.feed(phi, isNil)
					}
				}
			}
		}
	}
	return g
}

// feed notes the phis that decide what phi is, if that is asked.
func (g *graph) feed(phi *ssa.Phi, suffix string) {
	if g.asked[phi.Name()+suffix] == 0 && !g.feeds[phi.Name()+suffix] {
		return
	}
	for _, e := range phi.Edges {
		if from, ok := e.(*ssa.Phi); ok && !g.feeds[from.Name()+suffix] {
			g.feeds[from.Name()+suffix] = true
			g.feed(from, suffix)
		}
	}
}

// addLoop adds the natural loop of the edge from b back to h.
func (g *graph) addLoop(h, b *ssa.BasicBlock) {
	body := g.loops[h.Index]
	if body == nil {
		body = map[int]bool{h.Index: true}
		g.loops[h.Index] = body
	}
	work := []*ssa.BasicBlock{b}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if body[n.Index] {
			continue
		}
		body[n.Index] = true
		work = append(work, n.Preds...)
	}
}

// inLoop reports whether a block may run more than once.
func (g *graph) inLoop(block int) bool {
	for _, body := range g.loops {
		if body[block] {
			return true
		}
	}
	return false
}

// innermost is the head of the smallest loop around a block, -1 if there is
// none.
func (g *graph) innermost(block int) int {
	best := -1
	for head, body := range g.loops {
		if body[block] && (best < 0 || len(body) < len(g.loops[best])) {
			best = head
		}
	}
	return best
}

// condition is what the branch at the end of b asks, nil if there is none.
func condition(b *ssa.BasicBlock) ssa.Value {
	if len(b.Instrs) == 0 {
		return nil
	}
	if i, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
		return i.Cond
	}
	return nil
}

// A test is the branch that decides whether a loop goes on with another round.
type test struct {
	head  int  // of the loop
	first bool // it is asked once, before the first round
	count ssa.Value
	plus  int  // how many more rounds than count there are
	fixed bool // whether count and plus are known
}

// test says which loop the branch of block b is the test of, if it is one. It
// is not counted if the loop ends for another reason than a number.
func (g *graph) test(b *ssa.BasicBlock) (t test, counted bool) {
	cond := condition(b)
	if cond == nil {
		return t, false
	}
	t.head = b.Index
	cmp, isCompare := cond.(*ssa.BinOp)
	switch body := b.Succs[0].Comment; {
	case body == "rangeint.body" && isCompare:
		t.head = b.Succs[0].Index
		t.first = !g.loops[t.head][b.Index]
		t.count, t.fixed = cmp.Y, true
	case body == "rangeindex.body" && b.Comment == "rangeindex.loop" && isCompare:
		t.count, t.fixed = cmp.Y, true
	case body == "rangeiter.body" && b.Comment == "rangeiter.loop":
		t.count = ranged(cond)
		t.fixed = t.count != nil
	case b.Comment == "for.loop" && isCompare && isInteger(cmp.X.Type()) && !isField(cmp.X) && !isChoice(cmp.X):
		t.count, t.plus, t.fixed = g.forCount(cmp)
	default:
		return t, false
	}
	return t, g.loops[t.head] != nil
}

// isChoice reports whether v is the case that a select has chosen.
func isChoice(v ssa.Value) bool {
	ext, ok := v.(*ssa.Extract)
	if !ok {
		return false
	}
	_, ok = ext.Tuple.(*ssa.Select)
	return ok
}

// isField reports whether v is read from a field: a state that is waited for,
// rather than a counter.
func isField(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	_, ok = load.X.(*ssa.FieldAddr)
	return ok
}

// ranged is the map or string that a range loop is over, whose next element
// cond says there is.
func ranged(cond ssa.Value) ssa.Value {
	ext, ok := cond.(*ssa.Extract)
	if !ok {
		return nil
	}
	next, ok := ext.Tuple.(*ssa.Next)
	if !ok {
		return nil
	}
	if rng, ok := next.Iter.(*ssa.Range); ok {
		return rng.X
	}
	return nil
}

func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// forCount is the number of rounds of a loop like for i := 0; i < n; i++.
func (g *graph) forCount(cmp *ssa.BinOp) (n ssa.Value, plus int, ok bool) {
	s := g.forStmt(cmp.Pos())
	if s == nil {
		return nil, 0, false
	}
	init, ok1 := s.Init.(*ast.AssignStmt)
	post, ok2 := s.Post.(*ast.IncDecStmt)
	cond, ok3 := s.Cond.(*ast.BinaryExpr)
	if !ok1 || !ok2 || !ok3 || post.Tok != token.INC || len(init.Lhs) != 1 {
		return nil, 0, false
	}
	i, ok1 := init.Lhs[0].(*ast.Ident)
	j, ok2 := post.X.(*ast.Ident)
	k, ok3 := cond.X.(*ast.Ident)
	from, ok4 := init.Rhs[0].(*ast.BasicLit)
	if !ok1 || !ok2 || !ok3 || !ok4 || i.Name != j.Name || i.Name != k.Name {
		return nil, 0, false
	}
	switch {
	case cond.Op == token.LEQ:
		plus = 1
	case cond.Op != token.LSS && cond.Op != token.NEQ:
		return nil, 0, false
	}
	switch from.Value {
	case "0":
	case "1":
		plus--
	default:
		return nil, 0, false
	}
	return cmp.Y, plus, true
}

// forStmt is the for statement whose condition has its operator at pos.
func (g *graph) forStmt(pos token.Pos) *ast.ForStmt {
	if g.fors == nil {
		g.fors = make(map[token.Pos]*ast.ForStmt)
		if g.fn.Syntax() == nil {
			return nil
		}
		ast.Inspect(g.fn.Syntax(), func(n ast.Node) bool {
			if s, ok := n.(*ast.ForStmt); ok {
				if cond, ok := s.Cond.(*ast.BinaryExpr); ok {
					g.fors[cond.OpPos] = s
				}
			}
			return true
		})
	}
	return g.fors[pos]
}
