package chanleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/report"
)

// capacityFix gives the channel room for one value.
//
//	results := make(chan T)
//	                      , 1
func capacityFix(g finding, room int) (analysis.SuggestedFix, bool) {
	if room != 1 {
		return analysis.SuggestedFix{}, false
	}
	return roomForOne(g.models[0].Makes[g.stuck.Obj])
}

// roomForOne gives the channel that made makes without room a capacity of 1.
func roomForOne(made *conc.Op) (analysis.SuggestedFix, bool) {
	call, ok := made.Node.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return analysis.SuggestedFix{}, false
	}
	at := call.Args[0].End()
	return analysis.SuggestedFix{
		Message:   "make the channel with capacity 1",
		TextEdits: []analysis.TextEdit{{Pos: at, End: at, NewText: []byte(", 1")}},
	}, true
}

// stopFix sends in a select with the case by which the receiver leaves, if that
// is a channel that is closed, or a context.
//
//	q.items <- n
//	        becomes
//	select {
//	case q.items <- n:
//	case <-q.quit:
//		return
//	}
func stopFix(pass *analysis.Pass, g finding) (analysis.SuggestedFix, bool) {
	none := analysis.SuggestedFix{}
	send, ok := g.site.Op.Node.(*ast.SendStmt)
	if !ok || g.site.Case >= 0 {
		return none, false
	}
	stop, ok := g.leftBy()
	if !ok {
		return none, false
	}
	file := report.FileAt(pass.Files, send.Pos())
	path, _ := astutil.PathEnclosingInterval(file, send.Pos(), send.End())
	if len(path) < 2 || !leads(pass, path, send) {
		return none, false
	}
	expr, ok := g.sameIn(pass, stop, send, path)
	if !ok {
		return none, false
	}
	indent := "\n" + strings.Repeat("\t", pass.Fset.PositionFor(send.Pos(), false).Column-1)
	return analysis.SuggestedFix{
		Message: fmt.Sprintf("send in a select with a case for %s", expr),
		TextEdits: []analysis.TextEdit{
			{Pos: send.Pos(), End: send.Pos(), NewText: []byte("select {" + indent + "case ")},
			{Pos: send.End(), End: send.End(), NewText: []byte(":" + indent + "case <-" + expr + ":" + indent + "\treturn" + indent + "}")},
		},
	}, true
}

// leftBy is the case of a select by which the receiver of a stuck send leaves.
func (g finding) leftBy() (ast.Expr, bool) {
	last, ok := g.lastOfPeer()
	if !ok || last.Op != explore.Recv {
		return nil, false
	}
	m := g.models[0]
	site := m.Sites[last.Site]
	if site.Case < 0 {
		return nil, false
	}
	obj := m.Program.Objects[last.Obj]
	if obj.Kind != explore.Context && !(obj.Kind == explore.Chan && m.OnlyClosed(last.Obj)) {
		return nil, false
	}
	return site.Op.CaseChan(site.Case)
}

// lastOfPeer is what the goroutine that should receive did last.
func (g finding) lastOfPeer() (explore.Step, bool) {
	if g.models[0].Type != nil {
		p, ok := g.peer()
		return p.last, ok && p.at == nil
	}
	var last explore.Step
	ok := false
	for _, st := range g.witness.Steps {
		if st.Lane == 0 {
			last, ok = st, true
		}
	}
	return last, ok && g.root == nil
}

// leads reports whether a statement stands first on its line, in a function
// that has no results.
func leads(pass *analysis.Pass, path []ast.Node, send *ast.SendStmt) bool {
	var block token.Pos
	switch b := path[1].(type) {
	case *ast.BlockStmt:
		block = b.Lbrace
	case *ast.CaseClause:
		block = b.Colon
	case *ast.CommClause:
		block = b.Colon
	}
	line := func(p token.Pos) int { return pass.Fset.PositionFor(p, false).Line }
	if !block.IsValid() || line(block) == line(send.Pos()) {
		return false
	}
	for _, n := range path {
		switch fn := n.(type) {
		case *ast.FuncLit:
			return fn.Type.Results == nil
		case *ast.FuncDecl:
			return fn.Type.Results == nil
		}
	}
	return false
}

// sameIn is the expression for stop where send is: the same, if its names mean
// the same there, or the same field of the same object.
func (g finding) sameIn(pass *analysis.Pass, stop ast.Expr, send *ast.SendStmt, path []ast.Node) (string, bool) {
	if visible(pass, stop, send.Pos()) {
		return types.ExprString(stop), true
	}
	there, ok1 := stop.(*ast.SelectorExpr)
	here, ok2 := ast.Unparen(send.Chan).(*ast.SelectorExpr)
	if !ok1 || !ok2 || g.models[0].Type == nil {
		return "", false
	}
	from, to := pass.TypesInfo.TypeOf(there.X), pass.TypesInfo.TypeOf(here.X)
	if from == nil || to == nil || !types.Identical(from, to) {
		return "", false
	}
	return types.ExprString(here.X) + "." + there.Sel.Name, true
}

// visible reports whether all names in e mean the same at pos.
func visible(pass *analysis.Pass, e ast.Expr, pos token.Pos) bool {
	inner := pass.Pkg.Scope().Innermost(pos)
	ok := inner != nil
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ok = ok && visible(pass, n.X, pos)
			return false
		case *ast.Ident:
			_, obj := inner.LookupParent(n.Name, pos)
			ok = ok && obj != nil && obj == pass.TypesInfo.Uses[n]
		}
		return ok
	})
	return ok
}
