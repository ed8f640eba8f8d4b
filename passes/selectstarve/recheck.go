package selectstarve

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
)

// longest is the number of lines of a case that may be written twice.
const longest = 8

// fixPriority looks at the high channel before the select, which is the last
// statement of the loop.
//
//	                         select {
//	                         case v := <-high:
//	                                 use(v)
//	                                 continue
//	                         default:
//	                         }
//	select {                 select {
func (c *checker) fixPriority(g finding) []analysis.TextEdit {
	sel := g.use.Op.Node.(*ast.SelectStmt)
	body := c.bodyOf(sel)
	if body == nil || body.List[len(body.List)-1] != ast.Stmt(sel) {
		return nil
	}
	clause, ok := c.copyOf(g.use, c.indent(sel.Select))
	if !ok {
		return nil
	}
	in := c.indent(sel.Select)
	if !ends(g.use.Op.Clause(g.use.Case)) {
		clause += "\n" + in + "\tcontinue"
	}
	return []analysis.TextEdit{insert(sel.Select, "select {\n"+in+clause+"\n"+in+"default:\n"+in+"}\n"+in)}
}

// fixForgotten adds the case of the high channel to the select that waits.
func (c *checker) fixForgotten(g finding) []analysis.TextEdit {
	sel, ok := g.use.Op.Node.(*ast.SelectStmt)
	if !ok || len(sel.Body.List) == 0 {
		return nil
	}
	in := c.indent(sel.Select)
	clause, ok := c.copyOf(g.at, in)
	if !ok {
		return nil
	}
	return []analysis.TextEdit{insert(sel.Body.List[0].Pos(), clause+"\n"+in)}
}

// copyOf is the source of a case, for a line that is indented by in; not ok if
// it is long, or would mean something else elsewhere.
func (c *checker) copyOf(u conc.Use, in string) (string, bool) {
	clause := u.Op.Clause(u.Case)
	text := c.text(clause.Pos(), clause.Colon+1)
	if len(clause.Body) > 0 {
		text += "\n" + c.indent(clause.Case) + "\t" + c.text(clause.Body[0].Pos(), clause.End())
	}
	if strings.Count(text, "\n") >= longest || c.selectBreak(u) != nil {
		return "", false
	}
	moves := false
	ast.Inspect(clause, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.LabeledStmt:
			moves = true
		case *ast.BasicLit:
			moves = moves || strings.HasPrefix(n.Value, "`")
		}
		return !moves
	})
	return strings.ReplaceAll(text, "\n"+c.indent(clause.Case), "\n"+in), !moves
}

// ends reports whether control does not run off the end of a case.
func ends(clause *ast.CommClause) bool {
	if len(clause.Body) == 0 {
		return false
	}
	switch s := clause.Body[len(clause.Body)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		return ok && expr(call.Fun) == "panic"
	}
	return false
}

// fixResult returns what the context says where nil is returned.
func (c *checker) fixResult(g finding) []analysis.TextEdit {
	ret := g.use.Op.Clause(g.use.Case).Body[0].(*ast.ReturnStmt)
	other := g.at.Op.Clause(g.at.Case).Body[0].(*ast.ReturnStmt)
	last := ret.Results[len(ret.Results)-1]
	text := expr(other.Results[len(other.Results)-1])
	return []analysis.TextEdit{{Pos: last.Pos(), End: last.End(), NewText: []byte(text)}}
}

// fixWait waits for the stop as well.
//
//	time.Sleep(d)            select {
//	                         case <-time.After(d):
//	                         case <-ctx.Done():
//	                                 return
//	                         }
func (c *checker) fixWait(g finding) []analysis.TextEdit {
	path := c.path(g.use.Op.Pos())
	var s *ast.ExprStmt
	for _, n := range path {
		if st, ok := n.(ast.Stmt); ok {
			s, _ = st.(*ast.ExprStmt)
			break
		}
	}
	if s == nil || ast.Node(s.X) != g.use.Op.Node {
		return nil
	}
	var what string
	switch g.use.Op.Kind {
	case conc.Sleep:
		call := g.use.Op.Node.(*ast.CallExpr)
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return nil
		}
		what = "<-" + expr(sel.X) + ".After(" + c.text(call.Args[0].Pos(), call.Args[0].End()) + ")"
	case conc.Recv:
		what = c.text(s.Pos(), s.End())
	default:
		return nil
	}
	in := c.indent(s.Pos())
	stop, ok := c.copyOf(g.at, in)
	if !ok || !returns(g.at) {
		return nil
	}
	in = "\n" + in
	text := "select {" + in + "case " + what + ":" + in + stop + in + "}"
	return []analysis.TextEdit{{Pos: s.Pos(), End: s.End(), NewText: []byte(text)}}
}

// returns reports whether a case ends in a return statement.
func returns(u conc.Use) bool {
	body := u.Op.Clause(u.Case).Body
	if len(body) == 0 {
		return false
	}
	_, ok := body[len(body)-1].(*ast.ReturnStmt)
	return ok
}
