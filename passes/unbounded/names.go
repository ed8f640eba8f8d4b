package unbounded

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/chanlint/chanlint/internal/conc"
)

// A made is a call in the source, and what its result is assigned to: jobs for
// jobs := make(chan job).
type made struct {
	call *ast.CallExpr
	name string
}

// calls are the calls of a package, by the position of their parenthesis, which
// SSA form has for them.
type calls map[token.Pos]made

// callsIn collects the calls in files.
func callsIn(files []*ast.File) calls {
	all := make(calls)
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, rhs := range n.Rhs {
					if len(n.Lhs) == len(n.Rhs) {
						all.name(rhs, n.Lhs[i])
					}
				}
			case *ast.ValueSpec:
				for i, v := range n.Values {
					if len(n.Names) == len(n.Values) {
						all.name(v, n.Names[i])
					}
				}
			case *ast.KeyValueExpr:
				if _, ok := n.Key.(*ast.Ident); ok {
					all.name(n.Value, n.Key)
				}
			case *ast.CallExpr:
				if _, ok := all[n.Lparen]; !ok {
					all[n.Lparen] = made{call: n}
				}
			}
			return true
		})
	}
	return all
}

// name records that value is assigned to name.
func (all calls) name(value, name ast.Expr) {
	if call, ok := ast.Unparen(value).(*ast.CallExpr); ok {
		if s := types.ExprString(name); len(s) <= 40 && s != "_" {
			all[call.Lparen] = made{call, s}
		}
	}
}

// of is where a Make is in the source, and the name of the channel.
func (all calls) of(op *conc.Op) (pos, end token.Pos, name string) {
	m, ok := all[op.Instr.Pos()]
	if !ok {
		return op.Pos(), op.End(), "this channel"
	}
	return m.call.Pos(), m.call.End(), cmp.Or(m.name, "this channel")
}
