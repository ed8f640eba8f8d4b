package selectstarve

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/report"
)

// library is the package that receives in order.
const library = "github.com/chanlint/chanlint/runtime/priority"

// An arm is a case that receives data.
type arm struct {
	clause *ast.CommClause
	from   ast.Expr
	name   string // of the variable that is defined, "_" if none is
	elem   types.Type
}

// fixByPackage receives by means of package priority, if the select is of two
// channels and the Done of a context, which returns. The function also returns
// once both channels are closed, where the select would spin.
//
//	select {                    switch from, job, _ := priority.First(ctx, nil, high, low); from {
//	case job := <-high:         case 1:
//	case job := <-low:          case 2:
//	case <-ctx.Done():          default:
func (c *checker) fixByPackage(g finding) (string, []analysis.TextEdit) {
	sel := g.use.Op.Node.(*ast.SelectStmt)
	if len(sel.Body.List) != 3 || c.labelled(sel) != ast.Stmt(sel) || mentions(sel.Body, "from") {
		return "", nil
	}
	high, isHigh := c.arm(g.use)
	low, isLow := c.arm(g.at)
	done, ctx := c.doneCase(sel)
	if !isHigh || !isLow || done == nil {
		return "", nil
	}
	pkg, edits, ok := report.Import(c.pass, sel.Pos(), library)
	if !ok {
		return "", nil
	}
	variables, function, ok := receive(high, low, done)
	if !ok {
		return "", nil
	}
	head := fmt.Sprintf("switch from, %s, _ := %s.%s(%s, nil, %s, %s); from ", variables, pkg, function, expr(ctx), expr(high.from), expr(low.from))
	for _, e := range []analysis.TextEdit{
		{Pos: sel.Select, End: sel.Body.Lbrace, NewText: []byte(head)},
		{Pos: high.clause.Case, End: high.clause.Colon, NewText: []byte("case 1")},
		{Pos: low.clause.Case, End: low.clause.Colon, NewText: []byte("case 2")},
		{Pos: done.Case, End: done.Colon, NewText: []byte("default")},
	} {
		if c.hasComment(e.Pos, e.End) {
			return "", nil
		}
		edits = append(edits, e)
	}
	return "receive by priority." + function, edits
}

// receive chooses the function, and the variables for what it receives: First if
// one variable does for both, else Recv2. It is not ok if a variable would hide
// one that another case means.
func receive(high, low arm, done *ast.CommClause) (variables, function string, ok bool) {
	one := high.name == "_" || low.name == "_" || high.name == low.name
	if one && types.Identical(high.elem, low.elem) {
		name := high.name
		if name == "_" {
			name = low.name
		}
		return name, "First", !hides(name, done) && (high.name == name || !hides(name, high.clause)) && (low.name == name || !hides(name, low.clause))
	}
	clash := high.name == low.name && high.name != "_" ||
		hides(high.name, low.clause) || hides(low.name, high.clause) || hides(high.name, done) || hides(low.name, done)
	return high.name + ", " + low.name, "Recv2", !clash
}

// hides reports whether a variable of that name would be taken for another one in
// a case.
func hides(name string, clause *ast.CommClause) bool {
	return name != "_" && mentions(&ast.BlockStmt{List: clause.Body}, name)
}

// arm is the case of u if it receives without ok, into a variable of its own or
// none.
func (c *checker) arm(u conc.Use) (arm, bool) {
	a := arm{clause: u.Op.Clause(u.Case), name: "_"}
	var recv ast.Expr
	switch comm := a.clause.Comm.(type) {
	case *ast.ExprStmt:
		recv = comm.X
	case *ast.AssignStmt:
		id, ok := comm.Lhs[0].(*ast.Ident)
		if !ok || comm.Tok != token.DEFINE || len(comm.Lhs) != 1 {
			return a, false
		}
		recv, a.name = comm.Rhs[0], id.Name
	}
	unary, ok := ast.Unparen(recv).(*ast.UnaryExpr)
	if !ok {
		return a, false
	}
	a.from = unary.X
	ch, ok := types.Unalias(c.pass.TypesInfo.TypeOf(a.from)).(*types.Chan)
	if !ok {
		return a, false // a type parameter, or a type with a name
	}
	a.elem = ch.Elem()
	return a, true
}

// doneCase is the case of a select that receives from the Done of a context, and
// returns; nil if there is none.
func (c *checker) doneCase(sel *ast.SelectStmt) (clause *ast.CommClause, ctx ast.Expr) {
	for _, s := range sel.Body.List {
		clause := s.(*ast.CommClause)
		comm, ok := clause.Comm.(*ast.ExprStmt)
		if !ok || len(clause.Body) == 0 {
			continue
		}
		recv, ok := ast.Unparen(comm.X).(*ast.UnaryExpr)
		if !ok {
			continue
		}
		call, ok := ast.Unparen(recv.X).(*ast.CallExpr)
		if !ok {
			continue
		}
		fun, ok := call.Fun.(*ast.SelectorExpr)
		_, returns := clause.Body[len(clause.Body)-1].(*ast.ReturnStmt)
		if ok && returns && fun.Sel.Name == "Done" && c.pass.TypesInfo.TypeOf(fun.X).String() == "context.Context" {
			return clause, fun.X
		}
	}
	return nil, nil
}

// hasComment reports whether a comment is between pos and end.
func (c *checker) hasComment(pos, end token.Pos) bool {
	for _, g := range c.file(pos).Comments {
		if pos <= g.Pos() && g.Pos() < end {
			return true
		}
	}
	return false
}
