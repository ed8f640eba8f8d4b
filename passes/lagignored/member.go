package lagignored

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/chanlint/chanlint/internal/known"
)

// member looks at a selector of a value of c.
func (cs *classes) member(c *class, v *types.Var, sel inspector.Cursor) {
	name := sel.Node().(*ast.SelectorExpr).Sel.Name
	switch {
	case c.sig.tells(name):
		c.told = true
	case name == c.sig.Cast && !isBareCast(sel):
		c.told = true
	case c.sig.Kind == known.Message:
		if s := cs.info.Selections[sel.Node().(*ast.SelectorExpr)]; c.sig.byShape && s != nil && s.Kind() != types.FieldVal {
			c.escapes = true // the method may look at it
			return
		}
		if c.sig.byShape && (isKindName(name) || isCompared(sel) || isBool(cs.info.TypeOf(sel.Node().(ast.Expr)))) {
			c.told = true // it says which of several things happened
			return
		}
		if isTarget(sel) {
			c.escapes = true // it is filled here
			return
		}
		c.reads = append(c.reads, sel)
	case c.sig.reads(name) && (c.sig.Kind == known.Source || inLoop(v, sel)):
		c.reads = append(c.reads, sel)
	case name == "Close" && c.sig.byShape && isUsed(sel):
		c.told = true // many a Close returns the error of the iteration
	}
}

// isKindName reports whether a field of that name says what a message is,
// failure included.
func isKindName(name string) bool {
	switch strings.ToLower(name) {
	case "type", "kind", "status", "state", "code", "ok", "op", "success", "failed", "found", "done":
		return true
	}
	return false
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// isCompared reports whether an expression is compared with something.
func isCompared(cur inspector.Cursor) bool {
	kind := cur.ParentEdgeKind()
	if kind != edge.BinaryExpr_X && kind != edge.BinaryExpr_Y {
		return false
	}
	op := cur.Parent().Node().(*ast.BinaryExpr).Op
	return op == token.EQL || op == token.NEQ
}

// isTarget reports whether an expression is assigned to.
func isTarget(cur inspector.Cursor) bool { return cur.ParentEdgeKind() == edge.AssignStmt_Lhs }

// isBareCast reports whether the type of sel is asserted without a second
// result.
func isBareCast(sel inspector.Cursor) bool {
	if sel.ParentEdgeKind() != edge.TypeAssertExpr_X {
		return false
	}
	cast := sel.Parent()
	if cast.Node().(*ast.TypeAssertExpr).Type == nil {
		return false
	}
	switch cast.ParentEdgeKind() {
	case edge.AssignStmt_Rhs:
		return len(cast.Parent().Node().(*ast.AssignStmt).Lhs) == 1
	case edge.ValueSpec_Values:
		return len(cast.Parent().Node().(*ast.ValueSpec).Names) == 1
	}
	return true
}

// isUsed reports whether the result of the call of sel is used.
func isUsed(sel inspector.Cursor) bool {
	if sel.ParentEdgeKind() != edge.CallExpr_Fun {
		return true
	}
	switch sel.Parent().ParentEdgeKind() {
	case edge.ExprStmt_X, edge.DeferStmt_Call, edge.GoStmt_Call:
		return false
	}
	return true
}

// inLoop reports whether cur is in a loop that v is declared before.
func inLoop(v *types.Var, cur inspector.Cursor) bool {
	for loop := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		if v.IsField() || loop.Node().Pos() > v.Pos() {
			return true
		}
	}
	return false
}
