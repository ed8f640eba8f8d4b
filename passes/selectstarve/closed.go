package selectstarve

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/loop"
)

// hot finds the receives of op that do not wait once the channel is closed,
// and come back for ever: receives from what the package closes, from a
// context, and those that ask whether the channel is closed and then go on.
func (c *checker) hot(op *conc.Op) []finding {
	if op.Range || !c.InLoop(op) {
		return nil
	}
	var out []finding
	for _, u := range op.Receives() {
		if g, ok := c.hotReceive(u); ok {
			out = append(out, g)
		}
	}
	return out
}

func (c *checker) hotReceive(u conc.Use) (finding, bool) {
	g := finding{category: closed, use: u}
	round := c.After(u, true)
	g.name = c.ClosedBy(u)
	if g.name != "" && round.Nil && !c.asks(u) {
		g.nils = true
		return g, true
	}
	if !round.Stays() {
		return g, false // it leaves, or receives from another channel then
	}
	if round.Noted && !strict {
		return g, false // it takes note, and may leave by another case
	}
	if c.Prompts(u) {
		return g, false // another case is ready soon, and leaves
	}
	if br := c.selectBreak(u); br != nil {
		if c.ineffective(br) {
			return g, false // staticcheck's SA4011
		}
		g.category = breaks
		g.pos, g.end = br.Pos(), br.End()
	}
	switch {
	case loop.Done(u) || g.name != "":
	case c.closer(&g):
	case !c.asks(u):
		return g, false // never closed, as far as we know
	case g.category == closed && c.own(u):
		return g, false // closed by this package if at all, but not in the loop
	}
	if g.category == closed && c.slows(round) {
		return g, false // something else sets the pace
	}
	return g, true
}

// closer sets where the channel of g is closed.
func (c *checker) closer(g *finding) bool {
	if closes := c.Closes(g.use); len(closes) > 0 {
		g.other = closes[0]
		return true
	}
	return false
}

// own reports whether the channel of u is in a field that only this package can
// see.
func (c *checker) own(u conc.Use) bool {
	field := u.Place().Join().Field()
	return field != nil && !field.Exported()
}

// slows reports whether something in the round waits, other than to send: the
// loop then goes on with zero values, but it does not spin.
func (c *checker) slows(round loop.Round) bool {
	return slices.ContainsFunc(round.Ops, func(op *conc.Op) bool {
		return slices.ContainsFunc(c.Waits(op), func(w effect.Wait) bool {
			return w.Kind != effect.Send && w.Kind != effect.Token && w.Kind != effect.IO
		})
	})
}

// asks reports whether a receive has the form with ok, and uses it.
func (c *checker) asks(u conc.Use) bool {
	assign, ok := c.assignment(u).(*ast.AssignStmt)
	if !ok || len(assign.Lhs) != 2 {
		return false
	}
	id, ok := assign.Lhs[1].(*ast.Ident)
	return !ok || id.Name != "_"
}

// assignment is the statement that u is in, if it is a case or a plain
// assignment.
func (c *checker) assignment(u conc.Use) ast.Stmt {
	if u.Case >= 0 {
		if clause := u.Op.Clause(u.Case); clause != nil {
			return clause.Comm
		}
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(c.file(u.Op.Pos()), u.Op.Pos(), u.Op.End())
	for _, n := range path {
		if s, ok := n.(ast.Stmt); ok {
			return s
		}
	}
	return nil
}

// selectBreak is a break in the case of u that leaves the select and does not
// stand at its end, where it does nothing; nil if there is none.
func (c *checker) selectBreak(u conc.Use) *ast.BranchStmt {
	if u.Case < 0 {
		return nil
	}
	clause := u.Op.Clause(u.Case)
	if clause == nil {
		return nil
	}
	var found *ast.BranchStmt
	for _, s := range clause.Body {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
				return false
			case *ast.BranchStmt:
				if n.Tok == token.BREAK && n.Label == nil && found == nil {
					found = n
				}
			}
			return true
		})
	}
	return found
}

// ineffective reports whether staticcheck reports br: the select stands
// directly in the body of the loop, and br at the end of the case, or of an if
// statement there.
func (c *checker) ineffective(br *ast.BranchStmt) bool {
	path, _ := astutil.PathEnclosingInterval(c.file(br.Pos()), br.Pos(), br.End())
	// break, [block, if,] clause, block, select, block, for
	i := slices.IndexFunc(path, func(n ast.Node) bool { _, ok := n.(*ast.CommClause); return ok })
	if i < 0 || i+4 >= len(path) {
		return false
	}
	clause := path[i].(*ast.CommClause)
	switch path[i+4].(type) {
	case *ast.ForStmt, *ast.RangeStmt:
	default:
		return false
	}
	last := clause.Body[len(clause.Body)-1]
	if ifs, ok := last.(*ast.IfStmt); ok {
		if isLast(ifs.Body, br) {
			return true
		}
		block, ok := ifs.Else.(*ast.BlockStmt)
		return ok && isLast(block, br)
	}
	return last == ast.Stmt(br)
}

func isLast(b *ast.BlockStmt, s ast.Stmt) bool { return len(b.List) > 0 && b.List[len(b.List)-1] == s }
