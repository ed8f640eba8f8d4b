package selectstarve

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/loop"
	"github.com/chanlint/chanlint/internal/report"
)

// fixes are the suggested fixes of a finding, none where it needs a decision.
// Where there are two, the first needs no more than the standard library, unless
// the package has more already.
func (c *checker) fixes(g finding) []analysis.SuggestedFix {
	if _, err := report.Source(c.pass, node(g.use).Pos()); err != nil {
		return nil // fixes repeat what is there
	}
	var out []analysis.SuggestedFix
	offer := func(message string, edits []analysis.TextEdit) {
		if len(edits) > 0 {
			out = append(out, analysis.SuggestedFix{Message: message, TextEdits: edits})
		}
	}
	switch g.category {
	case closed:
		offer(c.fixClosed(g))
	case breaks:
		offer(c.fixBreak(g))
	case spin:
		offer("remove the default case", c.fixSpin(g))
	case timer:
		offer("make a ticker in front of the loop", c.fixTimer(g))
	case priority:
		offer("look at "+name(g.use)+" first", c.fixPriority(g))
		offer(c.fixByPackage(g))
		if report.UsesCompanion(c.pass.Pkg) {
			slices.Reverse(out)
		}
	case forgotten:
		offer("add a case for "+name(g.at), c.fixForgotten(g))
	case result:
		offer("return the context's error if it has one", c.fixResult(g))
	case wait:
		offer("wait in a select", c.fixWait(g))
	}
	return out
}

// path are the nodes around pos, innermost first.
func (c *checker) path(pos token.Pos) []ast.Node {
	path, _ := astutil.PathEnclosingInterval(c.file(pos), pos, pos+1)
	return path
}

// text is the source from pos to end.
func (c *checker) text(pos, end token.Pos) string {
	file := c.pass.Fset.File(pos)
	src, err := report.Source(c.pass, pos)
	if err != nil || file.Offset(end) > len(src) {
		return ""
	}
	return string(src[file.Offset(pos):file.Offset(end)])
}

// lineStart is where the line of pos starts.
func (c *checker) lineStart(pos token.Pos) token.Pos {
	file := c.pass.Fset.File(pos)
	return file.LineStart(file.PositionFor(pos, false).Line)
}

// lineEnd is where the line of pos ends.
func (c *checker) lineEnd(pos token.Pos) token.Pos {
	file := c.pass.Fset.File(pos)
	return file.LineStart(file.PositionFor(pos, false).Line+1) - 1
}

// indent is the white space that the line of pos starts with.
func (c *checker) indent(pos token.Pos) string {
	line := c.text(c.lineStart(pos), pos)
	return line[:len(line)-len(strings.TrimLeft(line, "\t"))]
}

// sameLine reports whether two positions are on one line.
func (c *checker) sameLine(a, b token.Pos) bool { return c.lineStart(a) == c.lineStart(b) }

// function is the innermost function around pos: its results and its body.
func (c *checker) function(pos token.Pos) (results bool, body *ast.BlockStmt) {
	for _, n := range c.path(pos) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return n.Type.Results != nil, n.Body
		case *ast.FuncLit:
			return n.Type.Results != nil, n.Body
		}
	}
	return true, nil
}

// fixClosed leaves the function where its loop cannot go on.
//
//	case v := <-ch:          case v, ok := <-ch:
//	                              if !ok {
//	                                      return
//	                              }
func (c *checker) fixClosed(g finding) (string, []analysis.TextEdit) {
	if c.asks(g.use) {
		return c.fixAsked(g)
	}
	results, body := c.function(node(g.use).Pos())
	if results || body == nil || g.use.Case < 0 {
		return "", nil
	}
	clause := g.use.Op.Clause(g.use.Case)
	if len(clause.Body) > 0 && c.sameLine(clause.Colon, clause.Body[0].Pos()) {
		return "", nil
	}
	in := "\n" + c.indent(clause.Case) + "\t"
	if g.other == nil && g.name == "" {
		if len(clause.Body) > 0 {
			return "", nil
		}
		return "return", []analysis.TextEdit{insert(c.lineEnd(clause.Colon), in+"return")}
	}
	if c.others(g.use) || mentions(body, "ok") {
		return "", nil
	}
	test := insert(c.lineEnd(clause.Colon), in+"if !ok {"+in+"\treturn"+in+"}")
	edits := []analysis.TextEdit{test}
	switch comm := clause.Comm.(type) {
	case *ast.ExprStmt:
		edits = append(edits, insert(comm.Pos(), "_, ok := "))
	case *ast.AssignStmt:
		if comm.Tok != token.DEFINE || len(comm.Lhs) != 1 {
			return "", nil
		}
		edits = append(edits, insert(comm.Lhs[0].End(), ", ok"))
	}
	return "test ok and return", edits
}

// fixAsked sets the channel to nil, so that the select never chooses it again, if it
// is a variable that only this function uses.
//
//	case v, ok := <-in:      case v, ok := <-in:
//	                                 if !ok {
//	                                         in = nil
//	                                 }
func (c *checker) fixAsked(g finding) (string, []analysis.TextEdit) {
	if g.use.Case < 0 {
		return "", nil
	}
	clause := g.use.Op.Clause(g.use.Case)
	assign, ok := clause.Comm.(*ast.AssignStmt)
	if !ok || assign.Tok != token.DEFINE || len(clause.Body) == 0 || c.sameLine(clause.Colon, clause.Body[0].Pos()) {
		return "", nil
	}
	recv, isRecv := ast.Unparen(assign.Rhs[0]).(*ast.UnaryExpr)
	okVar, isIdent := assign.Lhs[1].(*ast.Ident)
	if !isRecv || !isIdent {
		return "", nil
	}
	ch, ok := ast.Unparen(recv.X).(*ast.Ident)
	if !ok || !c.private(ch) {
		return "", nil
	}
	in := "\n" + c.indent(clause.Case) + "\t"
	text := in + "if !" + okVar.Name + " {" + in + "\t" + ch.Name + " = nil" + in + "}"
	return "set " + ch.Name + " to nil", []analysis.TextEdit{insert(c.lineEnd(clause.Colon), text)}
}

// private reports whether id is a variable of the innermost function around it, which
// no other function uses.
func (c *checker) private(id *ast.Ident) bool {
	v, ok := c.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok {
		return false
	}
	path := c.path(id.Pos())
	i := slices.IndexFunc(path, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return true
		}
		return false
	})
	if i < 0 || v.Pos() < path[i].Pos() || path[i].End() <= v.Pos() {
		return false
	}
	shared := false
	ast.Inspect(path[i], func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		if ok && ast.Node(lit) != path[i] {
			ast.Inspect(lit, func(n ast.Node) bool {
				other, ok := n.(*ast.Ident)
				shared = shared || ok && c.pass.TypesInfo.Uses[other] == v
				return !shared
			})
		}
		return !shared
	})
	return !shared
}

// others reports whether the select has more cases that come back: they would
// be lost by a return.
func (c *checker) others(u conc.Use) bool {
	for i, cs := range u.Op.Cases {
		v := conc.Use{Op: u.Op, Case: i}
		if i != u.Case && cs.Bound == conc.Unbounded && c.After(v, !cs.Send && c.StopLike(cs.Place)).Back {
			return true
		}
	}
	return false
}

// mentions reports whether a name occurs in a body.
func mentions(body *ast.BlockStmt, name string) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}

// fixBreak names the loop, and leaves that.
//
//	for {            loop:
//	                        for {
//	        break                    break loop
func (c *checker) fixBreak(g finding) (string, []analysis.TextEdit) {
	path := c.path(g.pos)
	for i, n := range path {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
		case *ast.FuncLit, *ast.FuncDecl:
			return "", nil
		default:
			continue
		}
		if l, ok := path[i+1].(*ast.LabeledStmt); ok {
			return "leave the loop", []analysis.TextEdit{insert(g.end, " "+l.Label.Name)}
		}
		_, body := c.function(g.pos)
		if hasLabel(body, "loop") {
			return "", nil
		}
		outer := strings.TrimSuffix(c.indent(n.Pos()), "\t")
		return "leave the loop", []analysis.TextEdit{
			insert(c.lineStart(n.Pos()), outer+"loop:\n"),
			insert(g.end, " loop"),
		}
	}
	return "", nil
}

func hasLabel(body *ast.BlockStmt, name string) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		l, ok := n.(*ast.LabeledStmt)
		found = found || ok && l.Label.Name == name
		return !found
	})
	return found
}

// fixSpin removes a default case that does nothing, if the select is all of the
// loop.
func (c *checker) fixSpin(g finding) []analysis.TextEdit {
	clause := g.use.Op.Clause(loop.Default)
	if len(clause.Body) > 1 || len(g.use.Op.Cases) < 2 {
		return nil
	}
	if len(clause.Body) == 1 {
		if br, ok := clause.Body[0].(*ast.BranchStmt); !ok || br.Tok != token.CONTINUE {
			return nil
		}
	}
	sel := g.use.Op.Node.(*ast.SelectStmt)
	if body := c.bodyOf(sel); body == nil || len(body.List) != 1 {
		return nil
	}
	// Up to the next line, as far as the case ends there.
	end := c.lineStart(sel.Body.Rbrace)
	i := slices.Index(sel.Body.List, ast.Stmt(clause))
	if i+1 < len(sel.Body.List) {
		end = c.lineStart(sel.Body.List[i+1].Pos())
	}
	return []analysis.TextEdit{{Pos: c.lineStart(clause.Case), End: end}}
}

// bodyOf is the body of the loop that s stands directly in, nil if there is
// none.
func (c *checker) bodyOf(s ast.Stmt) *ast.BlockStmt {
	path := c.path(s.Pos())
	i := slices.Index(path, ast.Node(s))
	if i < 0 || i+2 >= len(path) {
		return nil
	}
	switch path[i+2].(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return path[i+1].(*ast.BlockStmt)
	}
	return nil
}

// insert is an edit that deletes nothing.
func insert(at token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: at, End: at, NewText: []byte(text)}
}
