package selectstarve

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// fixTimer makes a ticker in front of the loop. time.Tick gives one that never
// ticks for an interval of zero, where time.NewTicker panics; since Go 1.23 it
// leaves nothing behind.
//
//	                                 tick := time.Tick(interval)
//	for {                            for {
//	        select {                         select {
//	        case <-time.After(interval):     case <-tick:
func (c *checker) fixTimer(g finding) []analysis.TextEdit {
	recv, ok := node(g.use).(*ast.UnaryExpr)
	if !ok || ast.Node(ast.Unparen(recv.X)) != g.other.Node || older(c.pass.Pkg, "go1.23") {
		return nil // the timer has a name
	}
	call := g.other.Node.(*ast.CallExpr)
	fun, ok := call.Fun.(*ast.SelectorExpr)
	around := c.loopAround(recv.Pos())
	if !ok || around == nil || !c.declaredBefore(call, around.Pos()) {
		return nil
	}
	_, body := c.function(recv.Pos())
	if body == nil || mentions(body, "tick") || c.visible("tick", around.Pos()) {
		return nil
	}
	in := c.text(c.lineStart(around.Pos()), around.Pos())
	if strings.Trim(in, "\t") != "" {
		return nil // something else is on the line
	}
	text := in + "tick := " + expr(fun.X) + ".Tick(" + c.text(call.Args[0].Pos(), call.Args[0].End()) + ")\n"
	return []analysis.TextEdit{
		insert(c.lineStart(c.labelled(around).Pos()), text),
		{Pos: recv.X.Pos(), End: recv.X.End(), NewText: []byte("tick")},
	}
}

// older reports whether a package is for a Go before the version given.
func older(pkg *types.Package, goVersion string) bool {
	v := pkg.GoVersion()
	return v != "" && version.Compare(v, goVersion) < 0
}

// loopAround is the innermost loop around pos in its function, nil if there is
// none.
func (c *checker) loopAround(pos token.Pos) ast.Stmt {
	for _, n := range c.path(pos) {
		switch n := n.(type) {
		case *ast.ForStmt:
			return n
		case *ast.RangeStmt:
			return n
		case *ast.FuncLit, *ast.FuncDecl:
			return nil
		}
	}
	return nil
}

// labelled is a loop with its label, if it has one.
func (c *checker) labelled(s ast.Stmt) ast.Stmt {
	path := c.path(s.Pos())
	i := slices.Index(path, ast.Node(s))
	if i >= 0 && i+1 < len(path) {
		if l, ok := path[i+1].(*ast.LabeledStmt); ok {
			return l
		}
	}
	return s
}

// declaredBefore reports whether all that n mentions is declared in front of pos,
// or outside of functions.
func (c *checker) declaredBefore(n ast.Node, pos token.Pos) bool {
	yes := true
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return yes
		}
		obj := c.pass.TypesInfo.Uses[id]
		if v, isVar := obj.(*types.Var); isVar && v.IsField() {
			return yes
		}
		local := obj != nil && obj.Pkg() == c.pass.Pkg && obj.Parent() != c.pass.Pkg.Scope()
		yes = yes && !(local && obj.Pos() >= pos)
		return yes
	})
	return yes
}

// visible reports whether a name means something at pos.
func (c *checker) visible(name string, pos token.Pos) bool {
	scope := c.pass.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return true
	}
	_, obj := scope.LookupParent(name, pos)
	return obj != nil
}
