package conc

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// longest is the length in bytes above which an expression of the user is too
// long to be quoted in a message.
const longest = 40

// Expr is the user's expression for what the operation works on: the channel,
// lock or wait group. It falls back to the place, which is never an internal
// name.
func (op *Op) Expr() string {
	if e := operand(op.Node); e != nil {
		if s := types.ExprString(e); len(s) <= longest && !strings.ContainsAny(s, "{\n") {
			return s
		}
	}
	return op.Place.String()
}

// operand is the expression that an operation's syntax works on.
func operand(n ast.Node) ast.Expr {
	switch n := n.(type) {
	case *ast.SendStmt:
		return n.Chan
	case *ast.UnaryExpr:
		return n.X
	case *ast.RangeStmt:
		return n.X
	case *ast.CallExpr:
		if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
			return sel.X
		}
		if len(n.Args) == 1 { // close(ch)
			return n.Args[0]
		}
	}
	return nil
}

// CaseExpr is the user's expression for the channel of case i of a select.
func (op *Op) CaseExpr(i int) string {
	if e, ok := op.CaseChan(i); ok {
		if s := types.ExprString(e); len(s) <= longest {
			return s
		}
	}
	return op.Cases[i].Place.String()
}

// CaseChan is the channel of case i of a select, as it is written.
func (op *Op) CaseChan(i int) (e ast.Expr, ok bool) {
	n := op.CaseNode(i)
	if n == nil {
		return nil, false
	}
	return operand(n), true
}

// ArgExpr is the user's expression for argument i of a call, the receiver
// counted if it is called by name; "" if there is none that is short enough.
func (op *Op) ArgExpr(i int) string {
	call, ok := op.Node.(*ast.CallExpr)
	if !ok || op.Call == nil {
		return ""
	}
	if op.Call.Obj != nil && op.Call.Obj.Signature().Recv() != nil {
		i--
	}
	if i < 0 || i >= len(call.Args) || len(types.ExprString(call.Args[i])) > longest {
		return ""
	}
	return types.ExprString(call.Args[i])
}

// commNode is the operation in a communication clause.
func commNode(s ast.Stmt) ast.Node {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.SendStmt:
		return s
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		e = s.Rhs[0]
	}
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok {
		return u
	}
	return nil
}

// commPos is the position that SSA construction gives a communication.
func commPos(n ast.Node) token.Pos {
	switch n := n.(type) {
	case *ast.SendStmt:
		return n.Arrow
	case *ast.UnaryExpr:
		return n.OpPos
	}
	return token.NoPos
}
