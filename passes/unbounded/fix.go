package unbounded

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/chanlint/chanlint/internal/limit"
	"github.com/chanlint/chanlint/internal/report"
)

// permitFix gets the permit before the goroutine is started, if that is the first
// thing that it does, by a send.
//
//	                                 permits <- struct{}{}
//	go func() {                      go func() {
//	        permits <- struct{}{}
//	        defer release()                  defer release()
func permitFix(pass *analysis.Pass, s limit.Spawn) []analysis.SuggestedFix {
	call, ok := s.Go.Node.(*ast.CallExpr)
	if !ok {
		return nil
	}
	lit, ok := call.Fun.(*ast.FuncLit)
	if !ok || len(lit.Body.List) < 2 {
		return nil
	}
	goStmt := started(pass, call)
	if goStmt == nil {
		return nil
	}
	first, next := lit.Body.List[0], lit.Body.List[1]
	send, ok := first.(*ast.SendStmt)
	if !ok || ast.Node(send) != s.Blocks.Node || declares(pass, lit, send) {
		return nil
	}
	file := pass.Fset.File(goStmt.Pos())
	source, err := report.Source(pass, goStmt.Pos())
	if err != nil {
		return nil
	}
	line := file.Offset(file.LineStart(file.PositionFor(goStmt.Pos(), false).Line))
	indent := string(source[line:file.Offset(goStmt.Pos())])
	if strings.Trim(indent, "\t") != "" || commented(pass, send.Pos(), next.Pos()) {
		return nil
	}
	text := string(source[file.Offset(send.Pos()):file.Offset(send.End())]) + "\n" + indent
	return []analysis.SuggestedFix{{
		Message: "get the permit before the go statement",
		TextEdits: []analysis.TextEdit{
			{Pos: goStmt.Pos(), End: goStmt.Pos(), NewText: []byte(text)},
			{Pos: send.Pos(), End: next.Pos()},
		},
	}}
}

// started is the go statement of a call, nil if there is none.
func started(pass *analysis.Pass, call *ast.CallExpr) *ast.GoStmt {
	f := report.FileAt(pass.Files, call.Pos())
	if f == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(f, call.Pos(), call.End())
	for _, n := range path {
		if g, ok := n.(*ast.GoStmt); ok && g.Call == call {
			return g
		}
	}
	return nil
}

// declares reports whether n mentions something that lit declares, as its
// parameters are.
func declares(pass *analysis.Pass, lit *ast.FuncLit, n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			obj := pass.TypesInfo.Uses[id]
			found = found || obj != nil && lit.Pos() <= obj.Pos() && obj.Pos() < lit.End()
		}
		return !found
	})
	return found
}

// commented reports whether a comment is between pos and end.
func commented(pass *analysis.Pass, pos, end token.Pos) bool {
	f := report.FileAt(pass.Files, pos)
	return f != nil && slices.ContainsFunc(f.Comments, func(c *ast.CommentGroup) bool {
		return pos <= c.Pos() && c.Pos() < end
	})
}
