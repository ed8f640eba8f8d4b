package lagignored

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/report"
)

// calls finds calls whose channel of errors, result or handler is dropped.
func (f *finder) calls() {
	for cur := range f.root.Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		fn := callee(f.TypesInfo, call)
		f.blankChannel(cur, call)
		if fn == nil {
			continue
		}
		fn = fn.Origin()
		said := f.shapes.lag.Of(fn)
		name := fn.FullName()
		if h, ok := known.HandlerOf(name); ok {
			f.handler(call, fn, h)
		}
		if what, ok := known.Outcome(name); ok && fn.Pkg() != f.Pkg { // who wrote it has reasons
			f.outcome(cur, fn, what)
		}
		if said == nil {
			continue
		}
		for _, i := range said.Handlers {
			f.handler(call, fn, known.Handler{Param: i, What: "of what was lost"})
		}
		if said.Result {
			f.outcome(cur, fn, "whether anything was lost")
		}
	}
}

// blankChannel reports a call that returns channels of data and one of
// errors, if that is assigned to the blank identifier.
func (f *finder) blankChannel(cur inspector.Cursor, call *ast.CallExpr) {
	tuple, ok := f.TypesInfo.TypeOf(call).(*types.Tuple)
	if !ok {
		return
	}
	errs, data := -1, -1
	for i := range tuple.Len() {
		elem := received(tuple.At(i).Type())
		switch {
		case elem == nil || isEmpty(elem):
		case !isError(elem):
			data = i
		case errs >= 0:
			return // which of them tells what?
		default:
			errs = i
		}
	}
	if errs < 0 || data < 0 {
		return
	}
	left := targets(cur)
	if len(left) == tuple.Len() && isBlank(left[errs]) && !isBlank(left[data]) {
		f.add(finding{category: channel, at: left[errs], subject: types.ExprString(call.Fun), variant: blank})
	}
}

// targets returns what the results of a call are assigned to.
func targets(cur inspector.Cursor) []ast.Expr {
	switch cur.ParentEdgeKind() {
	case edge.AssignStmt_Rhs:
		return cur.Parent().Node().(*ast.AssignStmt).Lhs
	case edge.ValueSpec_Values:
		var left []ast.Expr
		for _, id := range cur.Parent().Node().(*ast.ValueSpec).Names {
			left = append(left, id)
		}
		return left
	}
	return nil
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// handler reports a handler that does not take in what it is told.
func (f *finder) handler(call *ast.CallExpr, fn *types.Func, h known.Handler) {
	if h.Param >= len(call.Args) {
		return // of f(g()), or variadic
	}
	arg := ast.Unparen(call.Args[h.Param])
	g := finding{category: handler, at: arg, subject: types.ExprString(call.Fun), what: h.What}
	switch arg := arg.(type) {
	case *ast.Ident:
		if f.TypesInfo.Types[arg].IsNil() {
			f.add(g)
		}
	case *ast.FuncLit:
		if len(arg.Body.List) == 0 || f.ignoresError(arg) {
			g.variant = idle
			f.add(g)
		}
	}
}

// ignoresError reports whether a function literal is given an error and does
// not mention it.
func (f *finder) ignoresError(lit *ast.FuncLit) bool {
	for v := range f.TypesInfo.TypeOf(lit).(*types.Signature).Params().Variables() {
		if !isError(v.Type()) {
			continue
		}
		for n := range ast.Preorder(lit.Body) {
			if id, ok := n.(*ast.Ident); ok && f.TypesInfo.Uses[id] == v {
				return false
			}
		}
		return true
	}
	return false
}

// outcome reports a call whose result is discarded: the last one, by a call
// that is a statement, or by a blank identifier beside others.
func (f *finder) outcome(cur inspector.Cursor, fn *types.Func, what string) {
	g := finding{category: result, at: cur.Node(), subject: types.ExprString(cur.Node().(*ast.CallExpr).Fun), what: what}
	switch cur.ParentEdgeKind() {
	case edge.ExprStmt_X, edge.DeferStmt_Call, edge.GoStmt_Call:
		if !report.Unneeded(f.Pass, cur.Parent().Node()) {
			f.add(g)
		}
	case edge.AssignStmt_Rhs:
		left := targets(cur)
		if n := fn.Signature().Results().Len(); n > 1 && len(left) == n && isBlank(left[n-1]) && !isBlank(left[0]) {
			f.add(g)
		}
	}
}

// literals finds settings by which errors disappear.
func (f *finder) literals() {
	for cur := range f.root.Preorder((*ast.CompositeLit)(nil)) {
		lit := cur.Node().(*ast.CompositeLit)
		named := conc.NamedOf(f.TypesInfo.TypeOf(lit))
		if named == nil || named.Obj().Pkg() == nil {
			continue
		}
		s, ok := known.SettingOf(typeName(named.Obj()))
		if !ok || s.When != "" && !f.isTrue(lit, s.When) || f.mentions(s.Needs) {
			continue
		}
		if s.When == "" && len(lit.Elts) > 0 {
			if _, keyed := lit.Elts[0].(*ast.KeyValueExpr); !keyed {
				continue // all fields are set
			}
		}
		f.add(finding{category: handler, at: lit, subject: named.Obj().Name(), signal: s.Needs[0], variant: unset})
	}
}

// isTrue reports whether a literal sets a field to the constant true.
func (f *finder) isTrue(lit *ast.CompositeLit, field string) bool {
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if id, ok := kv.Key.(*ast.Ident); ok && id.Name == field {
			v := f.TypesInfo.Types[kv.Value].Value
			return v != nil && v.String() == "true"
		}
	}
	return false
}
