package lagignored

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/chanlint/chanlint/internal/conc"
)

// loops finds receives of streams that go on after some error, in loops that
// take it for the end or take no notice of it.
func (f *finder) loops() {
	for cur := range f.root.Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		fn := callee(f.TypesInfo, call)
		if fn == nil || fn.Signature().Recv() == nil {
			continue
		}
		named := conc.NamedOf(fn.Signature().Recv().Type())
		if named == nil {
			continue
		}
		said := f.shapes.lag.Of(named.Obj())
		if said == nil || len(said.Errors) == 0 {
			continue
		}
		results := fn.Signature().Results()
		switch n := results.Len(); {
		case n > 1 && isError(results.At(n-1).Type()):
			f.receive(cur, n, said.Errors)
		case n == 1 && yieldsError(results.At(0).Type()) && cur.ParentEdgeKind() == edge.RangeStmt_X:
			f.rangeErrors(cur.Parent(), said.Errors)
		}
	}
}

// yieldsError reports whether t is iter.Seq2[T, error].
func yieldsError(t types.Type) bool {
	named := conc.NamedOf(t)
	return named != nil && named.Obj().Name() == "Seq2" && named.TypeArgs().Len() == 2 && isError(named.TypeArgs().At(1))
}

// receive looks at a call that returns a value and an error.
func (f *finder) receive(cur inspector.Cursor, n int, errors []string) {
	left := targets(cur)
	if len(left) != n {
		return // returned, or passed on, with the error
	}
	id, ok := left[n-1].(*ast.Ident)
	if !ok {
		return // kept in a field
	}
	if id.Name == "_" {
		if !isBlank(left[0]) {
			f.addLagged(cur.Node().(*ast.CallExpr), blank, errors)
		}
		return
	}
	loop, ok := enclosingLoop(cur)
	if !ok {
		return // one value, not a stream
	}
	v, ok := f.TypesInfo.Defs[id].(*types.Var)
	if !ok {
		return // it may hold other errors as well
	}
	f.judgeError(cur.Node().(*ast.CallExpr), v, loop, errors)
}

// enclosingLoop returns the innermost loop around cur in its function.
func enclosingLoop(cur inspector.Cursor) (inspector.Cursor, bool) {
	for c := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil)) {
		_, isFunc := c.Node().(*ast.FuncLit)
		return c, !isFunc
	}
	return cur, false
}

// rangeErrors looks at a loop over values and errors.
func (f *finder) rangeErrors(loop inspector.Cursor, errors []string) {
	stmt := loop.Node().(*ast.RangeStmt)
	call := ast.Unparen(stmt.X).(*ast.CallExpr)
	switch {
	case stmt.Key == nil || isBlank(stmt.Key) && stmt.Value == nil:
		return // no value is used
	case stmt.Value == nil || isBlank(stmt.Value):
		f.addLagged(call, blank, errors)
		return
	}
	if id, ok := stmt.Value.(*ast.Ident); ok {
		if v, ok := f.TypesInfo.Defs[id].(*types.Var); ok {
			f.judgeError(call, v, loop, errors)
		}
	}
}

// judgeError looks at what is done with the error v of call in a loop.
func (f *finder) judgeError(call *ast.CallExpr, v *types.Var, loop inspector.Cursor, errors []string) {
	fn := loop
	for c := range loop.Enclosing((*ast.FuncDecl)(nil)) {
		fn = c
	}
	if mentionsIn(fn, errors) {
		return // told from others
	}
	u := f.usesOf(v, loop)
	switch {
	case u.escapes:
	case u.returned:
		if strict && !f.mentions(errors) {
			f.add(finding{category: unasked, at: call, subject: types.ExprString(call.Fun), signal: errors[0], variant: ends})
		}
	case u.ends:
		f.addLagged(call, ends, errors)
	case !u.logged:
		f.addLagged(call, skips, errors)
	case strict:
		f.add(finding{category: logged, at: call, subject: types.ExprString(call.Fun)})
	}
}

func (f *finder) addLagged(call *ast.CallExpr, how variant, errors []string) {
	f.add(finding{category: lagged, at: call, subject: types.ExprString(call.Fun), signal: errors[0], variant: how})
}

// mentionsIn reports whether there is an identifier of one of the names.
func mentionsIn(cur inspector.Cursor, names []string) bool {
	for c := range cur.Preorder((*ast.Ident)(nil)) {
		if slices.Contains(names, c.Node().(*ast.Ident).Name) {
			return true
		}
	}
	return false
}

// errorUses is what is done with an error.
type errorUses struct {
	escapes  bool // somebody else may look at it
	returned bool
	logged   bool
	ends     bool // a loop is left because there is one
}

// usesOf collects what is done in a loop with an error that is declared in it.
func (f *finder) usesOf(v *types.Var, loop inspector.Cursor) errorUses {
	var u errorUses
	for cur := range loop.Preorder((*ast.Ident)(nil)) {
		if f.TypesInfo.Uses[cur.Node().(*ast.Ident)] != v {
			continue
		}
		switch cur.ParentEdgeKind() {
		case edge.BinaryExpr_X, edge.BinaryExpr_Y:
			u.ends = u.ends || leaves(cur.Parent())
		case edge.SelectorExpr_X:
			u.logged = true // err.Error()
		case edge.ReturnStmt_Results:
			u.returned = true
		case edge.CallExpr_Args:
			u.add(f.passed(cur))
		default:
			u.escapes = true
		}
	}
	return u
}

func (u *errorUses) add(other errorUses) {
	u.escapes = u.escapes || other.escapes
	u.returned = u.returned || other.returned
	u.logged = u.logged || other.logged
}

// passed is what it means that an error is an argument of a call.
func (f *finder) passed(arg inspector.Cursor) errorUses {
	call := arg.Parent()
	fn := callee(f.TypesInfo, call.Node().(*ast.CallExpr))
	switch {
	case fn == nil:
		return errorUses{escapes: true}
	case fn.Pkg() != nil && fn.Pkg().Path() == "errors":
		return errorUses{} // told from some other
	case fn.FullName() == "fmt.Errorf" && call.ParentEdgeKind() == edge.ReturnStmt_Results:
		return errorUses{returned: true}
	case isLogName(fn.Name()):
		return errorUses{logged: true}
	}
	return errorUses{escapes: true}
}

// leaves reports whether a condition is that there is an error, of an if
// statement that leaves the loop.
func leaves(cond inspector.Cursor) bool {
	if cond.ParentEdgeKind() != edge.IfStmt_Cond || cond.Node().(*ast.BinaryExpr).Op != token.NEQ {
		return false
	}
	body := cond.Parent().Node().(*ast.IfStmt).Body.List
	if len(body) == 0 {
		return false
	}
	switch last := body[len(body)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok == token.BREAK || last.Tok == token.GOTO
	}
	return false
}
