package watchqueue

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/feed"
	"github.com/chanlint/chanlint/internal/report"
)

// capacityFix gives the channel room for the wake-up.
//
//	wake := make(chan struct{})
//	                         , 1
func capacityFix(c feed.Carrier) (analysis.SuggestedFix, bool) {
	fix := analysis.SuggestedFix{Message: "make the channel with capacity 1"}
	for _, mk := range c.Makes {
		call, ok := mk.Node.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return analysis.SuggestedFix{}, false
		}
		at := call.Args[0].End()
		fix.TextEdits = append(fix.TextEdits, analysis.TextEdit{Pos: at, End: at, NewText: []byte(", 1")})
	}
	return fix, true
}

// batonFix passes the wake-up on before the waiter leaves, if the statement that
// does so is an if statement that ends in a return. Who was woken for nothing
// wakes somebody else for nothing, who looks at the state and waits again.
//
//	if ctx.Err() != nil {            if ctx.Err() != nil {
//	                                         s.some.Signal()
//	        return ctx.Err()                 return ctx.Err()
//	}                                }
func batonFix(pass *analysis.Pass, d feed.Dropped) []analysis.SuggestedFix {
	ret := leaving(pass, d.Leave)
	if ret == nil {
		return nil
	}
	line := lineStart(pass.Fset, ret.Pos())
	source, err := report.Source(pass, ret.Pos())
	if err != nil {
		return nil
	}
	file := pass.Fset.File(ret.Pos())
	indent := string(source[file.Offset(line):file.Offset(ret.Pos())])
	if strings.Trim(indent, "\t") != "" {
		return nil // something else is on the line
	}
	x := wokenBy(d.Wait)
	if x == nil || !means(pass, x, ret.Pos()) {
		return nil
	}
	fix := analysis.SuggestedFix{Message: "call Signal before leaving"}
	text := types.ExprString(x) + ".Signal()\n" + indent
	if d.Wait.Op.Kind != conc.CondWait {
		ch, ok := pass.TypesInfo.TypeOf(x).Underlying().(*types.Chan)
		if !ok || ch.Dir() != types.SendRecv || ch.Elem().String() != "struct{}" {
			return nil
		}
		fix.Message = "send the wake-up again before leaving"
		text = strings.Join([]string{"select {", "case " + types.ExprString(x) + " <- struct{}{}:", "default:", "}", ""}, "\n"+indent)
	}
	fix.TextEdits = []analysis.TextEdit{{Pos: ret.Pos(), End: ret.Pos(), NewText: []byte(text)}}
	return []analysis.SuggestedFix{fix}
}

// leaving is the return statement at the end of the if statement whose condition
// pos is in, nil if there is none.
func leaving(pass *analysis.Pass, pos token.Pos) *ast.ReturnStmt {
	f := report.FileAt(pass.Files, pos)
	if f == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(f, pos, pos)
	for _, n := range path {
		s, ok := n.(*ast.IfStmt)
		if !ok {
			continue
		}
		if pos < s.Cond.Pos() || s.Cond.End() <= pos || len(s.Body.List) == 0 {
			return nil
		}
		ret, _ := s.Body.List[len(s.Body.List)-1].(*ast.ReturnStmt)
		return ret
	}
	return nil
}

// wokenBy is the condition or the channel that u waits for, nil if it is computed.
func wokenBy(u conc.Use) ast.Expr {
	var n ast.Node = u.Op.Node
	if u.Case >= 0 {
		n = u.Op.CaseNode(u.Case)
	}
	var x ast.Expr
	switch n := n.(type) {
	case *ast.CallExpr:
		if sel, ok := n.Fun.(*ast.SelectorExpr); ok {
			x = sel.X
		}
	case *ast.UnaryExpr:
		x = n.X
	}
	if x == nil || !plain(x) {
		return nil
	}
	return x
}

// plain reports whether an expression is a name, or fields of one.
func plain(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return plain(e.X)
	}
	return false
}

// means reports whether a plain expression means the same at pos.
func means(pass *analysis.Pass, e ast.Expr, pos token.Pos) bool {
	for {
		sel, ok := e.(*ast.SelectorExpr)
		if !ok {
			break
		}
		e = sel.X
	}
	id := e.(*ast.Ident)
	scope := pass.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return false
	}
	_, obj := scope.LookupParent(id.Name, pos)
	return obj != nil && obj == pass.TypesInfo.Uses[id]
}

func lineStart(fset *token.FileSet, pos token.Pos) token.Pos {
	file := fset.File(pos)
	return file.LineStart(file.PositionFor(pos, false).Line)
}
