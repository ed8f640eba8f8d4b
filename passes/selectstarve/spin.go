package selectstarve

import (
	"go/ast"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/loop"
)

// spins finds a select whose default case comes back to it without having done
// anything.
func (c *checker) spins(op *conc.Op) []finding {
	u := conc.Use{Op: op, Case: loop.Default}
	if !op.HasDefault || !c.After(u, false).Idle || c.Nested(u) {
		return nil // what a loop inside does, it may do in each round
	}
	clause := op.Clause(loop.Default)
	if clause == nil || c.emptyDefault(op, clause) {
		return nil // staticcheck's SA5004
	}
	return []finding{{category: spin, use: u, pos: clause.Case, end: clause.Colon}}
}

// emptyDefault reports whether staticcheck reports the default case: it is
// empty, and the select is all that an endless loop consists of.
func (c *checker) emptyDefault(op *conc.Op, clause *ast.CommClause) bool {
	if len(clause.Body) > 0 {
		return false
	}
	path, _ := astutil.PathEnclosingInterval(c.file(op.Pos()), op.Pos(), op.Pos()+1)
	for i, n := range path {
		if n != op.Node || i+2 >= len(path) {
			continue
		}
		body, ok := path[i+1].(*ast.BlockStmt)
		if !ok {
			return false
		}
		f, ok := path[i+2].(*ast.ForStmt)
		return ok && len(body.List) == 1 && f.Init == nil && f.Cond == nil && f.Post == nil
	}
	return false
}
