package lagignored

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
)

// strict finds signals that are looked at, but not so that a loss is told from
// anything else.
func (f *finder) strict() {
	for cur := range f.root.Preorder((*ast.IfStmt)(nil), (*ast.CommClause)(nil), (*ast.RangeStmt)(nil)) {
		f.onlyLogged(cur)
	}
	seen := make(map[string]bool) // one report of each kind
	for cur := range f.root.Preorder((*ast.SelectorExpr)(nil)) {
		f.notNamed(cur, seen)
	}
	for cur := range f.root.Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		fn := callee(f.TypesInfo, call)
		if fn == nil {
			continue
		}
		name := fn.Origin().FullName()
		if d, ok := known.DefaultOf(name); ok && !seen[name] && !f.mentions(d.Needs) && (len(d.Uses) == 0 || f.mentions(d.Uses)) {
			seen[name] = true
			f.add(finding{category: unasked, variant: standby, at: call.Fun, subject: types.ExprString(call.Fun), signal: d.Needs[len(d.Needs)-1], what: d.What})
		}
	}
}

// onlyLogged reports a statement that takes a signal and only logs it, or goes
// on without a word. With messages that are a value or an error, that is the
// usual thing to do; so types that nobody has described are left out.
//
//	if err := x.Err(); err != nil { log.Print(err) }
//	if x.Err() != nil { continue }
//	case err := <-x.Errors: log.Print(err)
//	for err := range x.Errors { log.Print(err) }
func (f *finder) onlyLogged(cur inspector.Cursor) {
	var taken ast.Expr
	var body []ast.Stmt
	switch n := cur.Node().(type) {
	case *ast.IfStmt:
		if n.Else != nil {
			return // and something else is done
		}
		taken, body = cmp.Or(assigned(n.Init), compared(n.Cond)), n.Body.List
	case *ast.CommClause:
		taken, body = assigned(n.Comm), n.Body
	case *ast.RangeStmt:
		taken, body = n.X, n.Body.List
	}
	sel := f.signalIn(taken)
	if sel == nil || len(body) == 0 || !f.logs(body) {
		return
	}
	g := finding{category: logged, at: sel, subject: types.ExprString(sel)}
	if len(body) == 1 {
		if _, ok := body[0].(*ast.BranchStmt); ok {
			g.variant = skips
		}
	}
	f.add(g)
}

// compared returns what a condition says is not nil.
func compared(cond ast.Expr) ast.Expr {
	if b, ok := cond.(*ast.BinaryExpr); ok && b.Op == token.NEQ {
		return b.X
	}
	return nil
}

// assigned returns the one value that a statement defines a variable with.
func assigned(s ast.Stmt) ast.Expr {
	if a, ok := s.(*ast.AssignStmt); ok && a.Tok == token.DEFINE && len(a.Rhs) == 1 {
		return a.Rhs[0]
	}
	return nil
}

// signalIn returns the signal that an expression takes: of x.Err(), <-x.Errors
// or x.Errors.
func (f *finder) signalIn(e ast.Expr) *ast.SelectorExpr {
	for {
		switch n := e.(type) {
		case *ast.ParenExpr:
			e = n.X
		case *ast.UnaryExpr:
			if n.Op != token.ARROW {
				return nil
			}
			e = n.X
		case *ast.CallExpr:
			e = n.Fun
		case *ast.SelectorExpr:
			if sig := f.shapes.of(f.TypesInfo.TypeOf(n.X)); sig != nil && !sig.byShape && sig.tells(n.Sel.Name) {
				return n
			}
			return nil
		default:
			return nil
		}
	}
}

// logs reports whether statements do nothing but log something and go on.
func (f *finder) logs(body []ast.Stmt) bool {
	return !slices.ContainsFunc(body, func(s ast.Stmt) bool {
		switch s := s.(type) {
		case *ast.ExprStmt:
			call, ok := s.X.(*ast.CallExpr)
			if !ok {
				return true
			}
			fn := callee(f.TypesInfo, call)
			return fn == nil || !isLogName(fn.Name())
		case *ast.BranchStmt:
			return s.Tok != token.CONTINUE
		}
		return true
	})
}

// isLogName reports whether a function of that name writes to a log, and does
// nothing else.
func isLogName(name string) bool {
	for _, prefix := range []string{"Print", "Log", "Debug", "Info", "Warn", "Error", "Trace", "Notice", "Msg", "log", "print", "debug", "warn"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// notNamed reports a signal that tells of losses among other things, in a
// package that does not mention them.
func (f *finder) notNamed(cur inspector.Cursor, seen map[string]bool) {
	sel := cur.Node().(*ast.SelectorExpr)
	named := conc.NamedOf(f.TypesInfo.TypeOf(sel.X))
	if named == nil || named.Obj().Pkg() == nil {
		return
	}
	name := typeName(named.Obj()) + "." + sel.Sel.Name
	s, ok := known.SentinelOf(name)
	if !ok || seen[name] || f.mentions(s.Names) || hasDefault(cur) || f.isGiven(sel) || gives(cur) {
		return
	}
	seen[name] = true
	if slices.ContainsFunc(f.all, func(g finding) bool { return g.at == sel }) {
		return // it is the same mistake
	}
	f.add(finding{category: unasked, at: sel, subject: types.ExprString(sel), signal: s.Names[len(s.Names)-1], what: s.What})
}

// isGiven reports whether sel asks what was received of a parameter: others have
// received it, and may have looked. What is received by sel itself is new.
func (f *finder) isGiven(sel *ast.SelectorExpr) bool {
	switch t := f.TypesInfo.TypeOf(sel).Underlying().(type) {
	case *types.Chan:
		return false
	case *types.Signature:
		if t.Params().Len() > 0 || t.Results().Len() != 1 {
			return false
		}
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := f.TypesInfo.Uses[id].(*types.Var)
	return ok && v.Kind() == types.ParamVar
}

// gives reports whether an expression, or its call, is compared with nil by an if
// statement that then returns: whatever there was, the caller finds out.
func gives(cur inspector.Cursor) bool {
	if cur.ParentEdgeKind() == edge.CallExpr_Fun {
		cur = cur.Parent()
	}
	for cur.ParentEdgeKind() == edge.BinaryExpr_X || cur.ParentEdgeKind() == edge.BinaryExpr_Y {
		cur = cur.Parent()
	}
	if cur.ParentEdgeKind() == edge.AssignStmt_Rhs && cur.Parent().ParentEdgeKind() == edge.IfStmt_Init {
		cur = cur.Parent() // if err := x.Err(); err != nil
	} else if cur.ParentEdgeKind() != edge.IfStmt_Cond {
		return false
	}
	body := cur.Parent().Node().(*ast.IfStmt).Body.List
	if len(body) == 0 {
		return false
	}
	_, ok := body[len(body)-1].(*ast.ReturnStmt)
	return ok
}

// hasDefault reports whether an expression is the tag of a switch with a
// default case, which takes what the others do not.
func hasDefault(cur inspector.Cursor) bool {
	if cur.ParentEdgeKind() != edge.SwitchStmt_Tag {
		return false
	}
	for _, clause := range cur.Parent().Node().(*ast.SwitchStmt).Body.List {
		if clause.(*ast.CaseClause).List == nil {
			return true
		}
	}
	return false
}
