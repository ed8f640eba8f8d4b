package sendaftermove

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/report"
)

// deleteFix deletes from a map the channel that op closes.
//
//	close(h.subs[name])
//	delete(h.subs, name)
//	--------------------
func deleteFix(pass *analysis.Pass, op *conc.Op) []analysis.SuggestedFix {
	stmt, _ := statement(pass, op)
	call, ok := op.Node.(*ast.CallExpr)
	if stmt == nil || !ok {
		return nil
	}
	m, key := origin(pass, call.Args[0])
	if m == nil || !plain(m) || !plain(key) {
		return nil
	}
	if _, ok := pass.TypesInfo.TypeOf(m).Underlying().(*types.Map); !ok {
		return nil
	}
	indent := strings.Repeat("\t", pass.Fset.PositionFor(stmt.Pos(), false).Column-1)
	text := "\n" + indent + "delete(" + types.ExprString(m) + ", " + types.ExprString(key) + ")"
	return []analysis.SuggestedFix{{
		Message:   "delete the channel too",
		TextEdits: []analysis.TextEdit{{Pos: stmt.End(), End: stmt.End(), NewText: []byte(text)}},
	}}
}

// origin finds the map and the key that a channel was read from: in e itself, or
// where the variable that e is gets its only value. The map is nil if there is
// none.
func origin(pass *analysis.Pass, e ast.Expr) (m, key ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		return e.X, e.Index
	case *ast.Ident:
		v, ok := pass.TypesInfo.Uses[e].(*types.Var)
		if !ok {
			return nil, nil
		}
		return definition(pass, v)
	}
	return nil, nil
}

// definition finds the map and the key of the statement that defines v: ch, ok
// := m[key], or the range clause of a loop.
func definition(pass *analysis.Pass, v *types.Var) (m, key ast.Expr) {
	f := report.FileAt(pass.Files, v.Pos())
	if f == nil {
		return nil, nil
	}
	for n := range ast.Preorder(f) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if index, ok := ast.Unparen(n.Rhs[0]).(*ast.IndexExpr); ok && n.Tok == token.DEFINE && n.Lhs[0].Pos() == v.Pos() && len(n.Rhs) == 1 {
				return index.X, index.Index
			}
		case *ast.RangeStmt:
			if n.Value != nil && n.Value.Pos() == v.Pos() && n.Key.(*ast.Ident).Name != "_" {
				return n.X, n.Key
			}
		}
	}
	return nil, nil
}

// plain reports whether e means the same if it is evaluated again.
func plain(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident, *ast.BasicLit:
		return true
	case *ast.SelectorExpr:
		return plain(e.X)
	}
	return false
}
