package lagignored

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/chanlint/chanlint/internal/report"
)

// checkFix returns the error of an iterator, after the loop that it is the
// condition of, or of a message, at the top of the loop that receives it, if
// the function returns an error.
//
//	for it.Next() {
//	}
//	if err := it.Err(); err != nil {
//		return err
//	}
func (f *finder) checkFix(sig *signal, read inspector.Cursor) (analysis.SuggestedFix, bool) {
	none := analysis.SuggestedFix{}
	x, ok := read.Node().(*ast.SelectorExpr).X.(*ast.Ident)
	if !ok {
		return none, false
	}
	value, ok := f.errorOf(sig, x)
	if !ok {
		return none, false
	}
	zero, ok := f.zeroResults(read)
	if !ok {
		return none, false
	}
	check := func(indent string) string {
		return fmt.Sprintf("\n%sif err := %s; err != nil {\n%s\treturn %serr\n%s}", indent, value, indent, zero, indent)
	}
	for loop := range read.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil)) {
		switch stmt := loop.Node().(type) {
		case *ast.ForStmt:
			if stmt.Cond != nil && stmt.Cond.Pos() <= x.Pos() && x.End() <= stmt.Cond.End() {
				return insertion(stmt.End(), "check the error after the loop", check(f.indent(stmt))), true
			}
		case *ast.RangeStmt:
			if key, ok := stmt.Key.(*ast.Ident); ok && f.TypesInfo.ObjectOf(key) == f.TypesInfo.ObjectOf(x) {
				return insertion(stmt.Body.Lbrace+1, "check the error first", check(f.indent(stmt)+"\t")), true
			}
		case *ast.FuncLit:
			return none, false
		}
	}
	return none, false
}

// errorOf returns the expression of the error of x.
func (f *finder) errorOf(sig *signal, x *ast.Ident) (string, bool) {
	name := sig.telling()
	obj, _, _ := types.LookupFieldOrMethod(f.TypesInfo.TypeOf(x), true, f.Pkg, name)
	switch obj := obj.(type) {
	case *types.Var:
		return x.Name + "." + name, isError(obj.Type())
	case *types.Func:
		s := obj.Signature()
		ok := s.Params().Len() == 0 && s.Results().Len() == 1 && isError(s.Results().At(0).Type())
		return x.Name + "." + name + "()", ok
	}
	return "", false
}

// zeroResults returns what is returned before an error by the function around
// cur: "", "nil, ", "0, false, ".
func (f *finder) zeroResults(cur inspector.Cursor) (string, bool) {
	var sig *types.Signature
	switch fn := nearest(cur, (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)).(type) {
	case *ast.FuncLit:
		sig, _ = f.TypesInfo.TypeOf(fn).(*types.Signature)
	case *ast.FuncDecl:
		if obj, ok := f.TypesInfo.Defs[fn.Name].(*types.Func); ok {
			sig = obj.Signature()
		}
	}
	if sig == nil || sig.Results().Len() == 0 {
		return "", false
	}
	n := sig.Results().Len()
	if !isError(sig.Results().At(n - 1).Type()) {
		return "", false
	}
	zeros := ""
	for i := range n - 1 {
		zero := zeroOf(sig.Results().At(i).Type())
		if zero == "" {
			return "", false
		}
		zeros += zero + ", "
	}
	return zeros, true
}

// nearest returns the innermost node of one of the types around cur, nil if
// there is none.
func nearest(cur inspector.Cursor, kinds ...ast.Node) ast.Node {
	for c := range cur.Enclosing(kinds...) {
		return c.Node()
	}
	return nil
}

// zeroOf returns the zero value of a type, if it has a short name.
func zeroOf(t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature, *types.Interface:
		if _, isParam := types.Unalias(t).(*types.TypeParam); isParam {
			return ""
		}
		return "nil"
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return "false"
		case u.Info()&types.IsString != 0:
			return `""`
		case u.Info()&types.IsNumeric != 0:
			return "0"
		}
	}
	return ""
}

// indent returns the white space before the line of a node.
func (f *finder) indent(n ast.Node) string {
	file := f.Fset.File(n.Pos())
	start := file.LineStart(file.PositionFor(n.Pos(), false).Line)
	source, err := report.Source(f.Pass, n.Pos())
	if err != nil {
		return ""
	}
	from := file.Offset(start)
	to := from
	for to < len(source) && (source[to] == '\t' || source[to] == ' ') {
		to++
	}
	return string(source[from:to])
}

func insertion(at token.Pos, message, text string) analysis.SuggestedFix {
	return analysis.SuggestedFix{
		Message:   message,
		TextEdits: []analysis.TextEdit{{Pos: at, End: at, NewText: []byte(text)}},
	}
}
