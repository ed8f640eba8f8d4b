package lagignored

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// cannotFail reports whether what a receive brings has no error ever: the channel
// is what a call returned that was given a function literal, as that of DoChan of
// package singleflight, and all such literals return a nil error.
func cannotFail(info *types.Info, recv inspector.Cursor) bool {
	id, ok := ast.Unparen(recv.Node().(*ast.UnaryExpr).X).(*ast.Ident)
	if !ok {
		return false
	}
	ch := info.Uses[id]
	for fn := range recv.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		for as := range fn.Preorder((*ast.AssignStmt)(nil)) {
			def := as.Node().(*ast.AssignStmt)
			if def.Tok != token.DEFINE || len(def.Lhs) != 1 || ch == nil || def.Lhs[0].Pos() != ch.Pos() {
				continue
			}
			call, ok := ast.Unparen(def.Rhs[0]).(*ast.CallExpr)
			return ok && givesNoError(info, as.ChildAt(edge.AssignStmt_Rhs, 0), call)
		}
	}
	return false
}

// givesNoError reports whether a call is given a function literal that returns an
// error, and which is nil each time.
func givesNoError(info *types.Info, at inspector.Cursor, call *ast.CallExpr) bool {
	given := false
	for lit := range at.Preorder((*ast.FuncLit)(nil)) {
		n := lit.Node().(*ast.FuncLit)
		if !slices.Contains(call.Args, ast.Expr(n)) {
			continue // a literal in the body of another
		}
		sig := info.Types[n].Type.(*types.Signature)
		last := sig.Results().Len() - 1
		if last < 0 || !isError(sig.Results().At(last).Type()) {
			continue
		}
		for ret := range lit.Preorder((*ast.ReturnStmt)(nil)) {
			own := true
			for inner := range ret.Enclosing((*ast.FuncLit)(nil)) {
				own = inner.Node() == n
				break
			}
			results := ret.Node().(*ast.ReturnStmt).Results
			if own && (len(results) != last+1 || !info.Types[results[last]].IsNil()) {
				return false
			}
		}
		given = true
	}
	return given
}
