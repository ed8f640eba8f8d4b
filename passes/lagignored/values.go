package lagignored

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// Method. Variables, fields and parameters between which a value is assigned
// form a class, without regard to order or to which object a field belongs to:
// whoever looks at the signal of one looks at it for all, which errs to
// silence. A class that leaves the package, or is used in any way that is not
// understood, is not judged. Otherwise all that is ever done with its values is
// seen, and if the signal is never mentioned, nobody looks at it.

// A class is a set of variables that may hold the same value.
type class struct {
	parent   *class // of the union-find structure, nil at its root
	sig      *signal
	first    *types.Var         // the one that is declared first
	reads    []inspector.Cursor // selectors by which values are taken
	born     []inspector.Cursor // calls that return a value
	received bool               // a value comes from a channel
	told     bool               // the signal is mentioned
	escapes  bool
}

func (c *class) root() *class {
	for c.parent != nil {
		c = c.parent
	}
	return c
}

// classes are the classes of a package.
type classes struct {
	info   *types.Info
	pkg    *types.Package
	shapes *shapes
	byVar  map[*types.Var]*class
	values map[*types.Func]bool // functions that are not only called
}

// collect finds the classes below root.
func collect(root inspector.Cursor, info *types.Info, pkg *types.Package, sh *shapes) *classes {
	cs := &classes{info, pkg, sh, make(map[*types.Var]*class), make(map[*types.Func]bool)}
	for cur := range root.Preorder((*ast.Ident)(nil)) {
		switch obj := info.ObjectOf(cur.Node().(*ast.Ident)).(type) {
		case *types.Var:
			if c := cs.of(obj); c != nil {
				cs.visit(c, obj.Origin(), cur)
			}
		case *types.Func:
			if info.Uses[cur.Node().(*ast.Ident)] == obj && obj.Pkg() == pkg && !isCalled(cur) {
				cs.values[obj.Origin()] = true
			}
		}
	}
	if len(cs.byVar) > 0 {
		cs.closeParams(root)
	}
	return cs
}

// of returns the class of a variable, nil if its type has no signal.
func (cs *classes) of(v *types.Var) *class {
	v = v.Origin()
	if c := cs.byVar[v]; c != nil {
		return c.root()
	}
	sig := cs.shapes.of(v.Type())
	if sig == nil {
		return nil
	}
	c := &class{sig: sig, first: v}
	// An embedded field is used without being named. What is exported may be
	// used elsewhere.
	c.escapes = v.Embedded() || v.Pkg() != cs.pkg ||
		v.Exported() && (v.IsField() || v.Parent() == cs.pkg.Scope())
	cs.byVar[v] = c
	return c
}

// join makes one class of two.
func (cs *classes) join(a, b *class) {
	a, b = a.root(), b.root()
	if a == b {
		return
	}
	if b.first.Pos() < a.first.Pos() {
		a, b = b, a
	}
	b.parent = a
	a.reads = append(a.reads, b.reads...)
	a.born = append(a.born, b.born...)
	a.received = a.received || b.received
	a.told = a.told || b.told
	a.escapes = a.escapes || b.escapes || a.sig != b.sig
}

// isCalled reports whether an identifier names what is called.
func isCalled(cur inspector.Cursor) bool {
	if cur.ParentEdgeKind() == edge.SelectorExpr_Sel {
		cur = cur.Parent()
	}
	for cur.ParentEdgeKind() == edge.IndexExpr_X || cur.ParentEdgeKind() == edge.ParenExpr_X {
		cur = cur.Parent()
	}
	return cur.ParentEdgeKind() == edge.CallExpr_Fun
}

// visit looks at one occurrence of a variable.
func (cs *classes) visit(c *class, v *types.Var, cur inspector.Cursor) {
	switch cur.ParentEdgeKind() {
	case edge.SelectorExpr_Sel:
		cur = cur.Parent()
	case edge.Field_Names:
		return // a parameter, a result or a field
	case edge.KeyValueExpr_Key:
		if v.IsField() {
			cs.assign(c, cur.Parent().ChildAt(edge.KeyValueExpr_Value, -1))
			return
		}
	}
	for cur.ParentEdgeKind() == edge.ParenExpr_X || cur.ParentEdgeKind() == edge.StarExpr_X || isAddress(cur) {
		cur = cur.Parent()
	}
	switch kind, i := cur.ParentEdge(); kind {
	case edge.SelectorExpr_X:
		cs.member(c, v, cur.Parent())
	case edge.AssignStmt_Lhs:
		if rhs := source1(cur.Parent().Node().(*ast.AssignStmt).Rhs, i); rhs >= 0 {
			cs.assign(c, cur.Parent().ChildAt(edge.AssignStmt_Rhs, rhs))
		}
	case edge.AssignStmt_Rhs:
		cs.flow(c, cur.Parent().Node().(*ast.AssignStmt).Lhs, i)
	case edge.ValueSpec_Names:
		if rhs := source1(cur.Parent().Node().(*ast.ValueSpec).Values, i); rhs >= 0 {
			cs.assign(c, cur.Parent().ChildAt(edge.ValueSpec_Values, rhs))
		}
	case edge.ValueSpec_Values:
		cs.flowTo(c, cur.Parent().ChildAt(edge.ValueSpec_Names, i).Node().(ast.Expr))
	case edge.KeyValueExpr_Value:
		cs.flowTo(c, cur.Parent().Node().(*ast.KeyValueExpr).Key)
	case edge.CallExpr_Args:
		cs.pass(c, cur.Parent().Node().(*ast.CallExpr), i)
	case edge.BinaryExpr_X, edge.BinaryExpr_Y:
		c.told = c.told || c.sig.tells("nil")
	case edge.RangeStmt_Key:
		cs.rangeOver(c, cur.Parent().Node().(*ast.RangeStmt))
	default:
		c.escapes = true
	}
}

func isAddress(cur inspector.Cursor) bool {
	return cur.ParentEdgeKind() == edge.UnaryExpr_X && cur.Parent().Node().(*ast.UnaryExpr).Op == token.AND
}

// source1 returns the index of the value that is assigned to the i-th of
// several, -1 if there is none.
func source1(values []ast.Expr, i int) int {
	switch {
	case i < len(values):
		return i
	case len(values) == 1:
		return 0 // of a call, or v, ok
	}
	return -1
}

// assign takes in a value that is given to c.
func (cs *classes) assign(c *class, value inspector.Cursor) {
	for {
		switch n := value.Node().(type) {
		case *ast.ParenExpr:
			value = value.ChildAt(edge.ParenExpr_X, -1)
			continue
		case *ast.CallExpr:
			if cs.info.Types[n.Fun].IsType() || cs.info.Types[n.Fun].IsBuiltin() {
				c.escapes = true // a conversion, or made here
				return
			}
			c.born = append(c.born, value)
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				c.received = true
				c.escapes = c.escapes || isLeftover(value) || cannotFail(cs.info, value)
				c.told = c.told || c.sig.Last && asksOk(value)
			} else if !isVariable(n.X) {
				c.escapes = true
			}
		case *ast.Ident, *ast.SelectorExpr, *ast.StarExpr:
			// The other variable is visited as well; a nil is nothing.
		default:
			c.escapes = true
		}
		return
	}
}

// asksOk reports whether a receive also tells whether the channel is closed, and
// somebody looks at that.
func asksOk(recv inspector.Cursor) bool {
	as, ok := recv.Parent().Node().(*ast.AssignStmt)
	if !ok || len(as.Lhs) != 2 {
		return false
	}
	id, ok := as.Lhs[1].(*ast.Ident)
	return !ok || id.Name != "_"
}

// isLeftover reports whether a receive takes what is there once, if there is
// anything: to give it back, as a rule, whatever else it says.
func isLeftover(recv inspector.Cursor) bool {
	for sel := range recv.Enclosing((*ast.SelectStmt)(nil), (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		s, ok := sel.Node().(*ast.SelectStmt)
		if !ok {
			return false
		}
		for range sel.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
			return false
		}
		return slices.ContainsFunc(s.Body.List, func(clause ast.Stmt) bool { return clause.(*ast.CommClause).Comm == nil })
	}
	return false
}

func isVariable(e ast.Expr) bool {
	switch ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		return true
	}
	return false
}

// flow gives c to the i-th of several variables.
func (cs *classes) flow(c *class, to []ast.Expr, i int) {
	if i >= len(to) {
		c.escapes = true
		return
	}
	cs.flowTo(c, to[i])
}

func (cs *classes) flowTo(c *class, to ast.Expr) {
	var id *ast.Ident
	switch to := ast.Unparen(to).(type) {
	case *ast.Ident:
		id = to
	case *ast.SelectorExpr:
		id = to.Sel
	default:
		c.escapes = true
		return
	}
	v, ok := cs.info.ObjectOf(id).(*types.Var)
	if !ok || v.Name() == "_" {
		c.escapes = true // _ = v says that nothing is to be looked at
		return
	}
	if other := cs.of(v); other != nil {
		cs.join(c, other)
	} else {
		c.escapes = true // to an interface
	}
}

// pass gives c to a parameter.
func (cs *classes) pass(c *class, call *ast.CallExpr, i int) {
	var sig *types.Signature
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.FuncLit:
		sig = cs.info.TypeOf(fun).(*types.Signature)
	default:
		if fn := callee(cs.info, call); fn != nil && fn.Pkg() == cs.pkg && !isAbstract(fn) {
			sig = fn.Origin().Signature()
		}
	}
	if sig == nil || i >= sig.Params().Len() || sig.Variadic() && i >= sig.Params().Len()-1 {
		c.escapes = true
		return
	}
	if other := cs.of(sig.Params().At(i)); other != nil {
		cs.join(c, other)
	} else {
		c.escapes = true
	}
}

func isAbstract(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// rangeOver takes in the values that a loop gives.
func (cs *classes) rangeOver(c *class, loop *ast.RangeStmt) {
	if t := cs.info.TypeOf(loop.X); t != nil && received(t) != nil {
		c.received = true
	} else {
		c.escapes = true
	}
}

// closeParams lets the parameters escape that others than the visible calls
// give a value, and the results and receivers that others look at.
func (cs *classes) closeParams(root inspector.Cursor) {
	for cur := range root.Preorder((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		var sig *types.Signature
		open := false
		switch fn := cur.Node().(type) {
		case *ast.FuncDecl:
			obj, ok := cs.info.Defs[fn.Name].(*types.Func)
			if !ok {
				continue
			}
			sig = obj.Signature()
			open = obj.Exported() || cs.values[obj]
			if sig.Recv() != nil {
				cs.escape(sig.Recv())
			}
		case *ast.FuncLit:
			sig = cs.info.TypeOf(fn).(*types.Signature)
			open = cur.ParentEdgeKind() != edge.CallExpr_Fun
		}
		for v := range sig.Params().Variables() {
			if open {
				cs.escape(v)
			}
		}
		for v := range sig.Results().Variables() {
			cs.escape(v)
		}
	}
}

func (cs *classes) escape(v *types.Var) {
	if c := cs.byVar[v.Origin()]; c != nil {
		c.root().escapes = true
	}
}
