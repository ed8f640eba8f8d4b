package unbounded

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/chanlint/chanlint/internal/conc"
)

// names are what calls are assigned to, by the position of their parenthesis:
// jobs for jobs := make(chan job).
type names map[token.Pos]string

// namesOf collects the names in files.
func namesOf(files []*ast.File) names {
	all := make(names)
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, rhs := range n.Rhs {
					if len(n.Lhs) == len(n.Rhs) {
						all.add(rhs, n.Lhs[i])
					}
				}
			case *ast.ValueSpec:
				for i, v := range n.Values {
					if len(n.Names) == len(n.Values) {
						all.add(v, n.Names[i])
					}
				}
			case *ast.KeyValueExpr:
				if _, ok := n.Key.(*ast.Ident); ok {
					all.add(n.Value, n.Key)
				}
			}
			return true
		})
	}
	return all
}

func (all names) add(value, name ast.Expr) {
	if call, ok := ast.Unparen(value).(*ast.CallExpr); ok {
		if s := types.ExprString(name); len(s) <= 40 && s != "_" {
			all[call.Lparen] = s
		}
	}
}

// of is the name of the channel that a Make makes.
func (all names) of(op *conc.Op) string {
	if name := all[op.Instr.Pos()]; name != "" {
		return name
	}
	return "this channel"
}
