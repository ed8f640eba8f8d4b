package lagignored

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
)

// streams finds values whose signal is never mentioned.
func (f *finder) streams() {
	cs := collect(f.root, f.TypesInfo, f.Pkg, f.shapes)
	var all []*class
	for _, c := range cs.byVar {
		if c.parent == nil {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b *class) int { return cmp.Compare(a.first.Pos(), b.first.Pos()) })
	for _, c := range all {
		f.judge(c)
	}
	f.direct()
}

// judge reports a class if nobody looks at its signal.
func (f *finder) judge(c *class) {
	if c.told || c.escapes || len(c.born) == 0 && !c.received {
		return
	}
	if c.sig.Kind == known.Message && !c.sig.Called && (!c.received || len(c.born) > 0) {
		return // it was not sent by anybody who may have set the field
	}
	if c.sig.Unless != "" && f.sets(c.sig.Unless) {
		return // nothing is told
	}
	if len(c.sig.Reads) == 0 && c.sig.Kind == known.Source && len(c.born) > 0 {
		f.add(f.lost(c.sig, c.born[0].Node(), c.first.Name(), c.first.Type()))
		return
	}
	if len(c.reads) == 0 {
		return
	}
	first := slices.MinFunc(c.reads, func(a, b inspector.Cursor) int { return cmp.Compare(a.Node().Pos(), b.Node().Pos()) })
	if f.isDiscussed(c.sig, first) {
		return // a comment gives the reason
	}
	sel := first.Node().(*ast.SelectorExpr)
	g := f.lost(c.sig, sel, types.ExprString(sel.X), f.TypesInfo.TypeOf(sel.X))
	g.what = sel.Sel.Name
	if fix, ok := f.checkFix(c.sig, first); ok {
		g.fixes = append(g.fixes, fix)
	}
	f.add(g)
}

// direct finds values that are read where they are made, so that nobody can
// look at their signal: f().Events().
func (f *finder) direct() {
	for cur := range f.root.Preorder((*ast.SelectorExpr)(nil)) {
		sel := cur.Node().(*ast.SelectorExpr)
		call, ok := ast.Unparen(sel.X).(*ast.CallExpr)
		if !ok {
			continue
		}
		typ := f.TypesInfo.TypeOf(call)
		sig := f.shapes.of(typ)
		if sig == nil || sig.Kind != known.Source || !sig.reads(sel.Sel.Name) || sig.Unless != "" && f.sets(sig.Unless) {
			continue
		}
		fn := callee(f.TypesInfo, call)
		if fn == nil || fn.Pkg() == f.Pkg || cur.ParentEdgeKind() == edge.AssignStmt_Lhs {
			continue // it may return what others look at
		}
		g := f.lost(sig, sel, types.ExprString(call.Fun), typ)
		g.variant = unkept
		g.what = sel.Sel.Name
		f.add(g)
	}
}

// lost is the finding for a value of a type.
func (f *finder) lost(sig *signal, at ast.Node, subject string, typ types.Type) finding {
	g := finding{category: ended, at: at, subject: subject, signal: sig.telling(), single: sig.Single}
	switch {
	case sig.tells("nil"):
		g.category, g.variant = element, isNil
	case sig.Kind == known.Message:
		g.category = element
	case isChannel(typ, sig.telling()):
		g.category = channel
	case len(sig.Reads) == 0:
		g.variant = held
	}
	return g
}

// isChannel reports whether a member is a channel, or returns one.
func isChannel(typ types.Type, name string) bool {
	named := conc.NamedOf(typ)
	if named == nil {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(typ, true, named.Obj().Pkg(), name)
	switch obj := obj.(type) {
	case *types.Var:
		return received(obj.Type()) != nil
	case *types.Func:
		results := obj.Signature().Results()
		return results.Len() == 1 && received(results.At(0).Type()) != nil
	}
	return false
}
