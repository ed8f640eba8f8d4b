package sendaftermove

import (
	"go/ast"
	"go/build/constraint"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/chanlint/chanlint/internal/closing"
	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/report"
)

// onceFix closes the field that op closes in a Once, which it adds to the struct;
// and so do the other functions of the package that close it, as far as nothing
// else keeps them from doing so twice.
//
//	type server struct {             type server struct {
//	                                         quitOnce sync.Once
//	        quit chan bool                   quit     chan bool
//	}                                }
//
//	close(s.quit)                    s.quitOnce.Do(func() { close(s.quit) })
//
// It is not offered where the struct may be copied, as a Once must not be, or where
// a method makes the channel anew, which is then to be closed again.
func onceFix(pass *analysis.Pass, r *effect.Result, op *conc.Op) []analysis.SuggestedFix {
	field := op.Place.Field()
	named, decl := ownerOf(pass, field)
	if named == nil || field.Exported() || copied(pass, named) || renewed(pass, field) {
		return nil // or others may do so
	}
	name := field.Name() + "Once"
	if obj, _, _ := types.LookupFieldOrMethod(named, true, pass.Pkg, name); obj != nil {
		return nil
	}
	pkg, edits, ok := report.Import(pass, decl.Pos(), "sync")
	if !ok {
		return nil
	}
	at := decl.Pos()
	if decl.Doc != nil {
		at = decl.Doc.Pos()
	}
	edits = append(edits, analysis.TextEdit{Pos: at, End: at, NewText: []byte(name + " " + pkg + ".Once\n\t")})
	for _, c := range closesOf(r, op) {
		call, ok := closeStatement(pass, c)
		if !ok {
			return nil
		}
		sel := call.Args[0].(*ast.SelectorExpr)
		edits = append(edits,
			analysis.TextEdit{Pos: call.Pos(), End: call.Pos(), NewText: []byte(types.ExprString(sel.X) + "." + name + ".Do(func() { ")},
			analysis.TextEdit{Pos: call.End(), End: call.End(), NewText: []byte(" })")})
	}
	return []analysis.SuggestedFix{{Message: "close " + field.Name() + " in a sync.Once", TextEdits: edits}}
}

// closesOf are op and the other closes of its field that may be done twice.
func closesOf(r *effect.Result, op *conc.Op) []*conc.Op {
	all := []*conc.Op{op}
	for _, u := range r.Uses(op.Place).Closes {
		if !slices.Contains(all, u.Op) && closing.GuardOf(r, u.Op) != closing.Guarded {
			all = append(all, u.Op)
		}
	}
	return all
}

// closeStatement is the call of close that op is, if it is a statement, and what it
// closes a field of something that means the same in a function literal.
func closeStatement(pass *analysis.Pass, op *conc.Op) (*ast.CallExpr, bool) {
	call, ok := op.Node.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || !plain(call.Args[0]) {
		return nil, false
	}
	if _, ok := call.Args[0].(*ast.SelectorExpr); !ok {
		return nil, false
	}
	f := report.FileAt(pass.Files, call.Pos())
	if f == nil {
		return nil, false
	}
	path, _ := astutil.PathEnclosingInterval(f, call.Pos(), call.End())
	if len(path) < 2 {
		return nil, false
	}
	stmt, ok := path[1].(*ast.ExprStmt)
	return call, ok && stmt.X == call
}

// ownerOf is the struct type of the package that has a field, and the declaration of
// that field; nil if the type has type parameters, or is in a file that is generated or
// for some platforms only, where others have another one.
func ownerOf(pass *analysis.Pass, field *types.Var) (*types.Named, *ast.Field) {
	for _, f := range pass.Files {
		if field.Pos() < f.FileStart || f.FileEnd <= field.Pos() || ast.IsGenerated(f) || constrained(f) {
			continue
		}
		path, _ := astutil.PathEnclosingInterval(f, field.Pos(), field.Pos())
		for i, n := range path {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				continue
			}
			tn, ok := pass.TypesInfo.Defs[spec.Name].(*types.TypeName)
			// ident, field, field list, struct type, and the declaration itself
			if !ok || i != 4 || tn.IsAlias() || spec.TypeParams != nil {
				return nil, nil
			}
			named, _ := tn.Type().(*types.Named)
			decl, _ := path[1].(*ast.Field)
			if decl == nil || pass.Fset.Position(decl.Pos()).Line == pass.Fset.Position(path[3].Pos()).Line {
				return nil, nil // all on one line
			}
			return named, decl
		}
	}
	return nil, nil
}

// constrained reports whether a file has a build constraint.
//
// False negative: one in its name.
func constrained(f *ast.File) bool {
	return slices.ContainsFunc(f.Comments, func(g *ast.CommentGroup) bool {
		return g.Pos() < f.Package && slices.ContainsFunc(g.List, func(c *ast.Comment) bool { return constraint.IsGoBuild(c.Text) })
	})
}

// renewed reports whether a method or a literal assigns to a field: other functions
// make the object.
func renewed(pass *analysis.Pass, field *types.Var) bool {
	found := false
	for _, f := range pass.Files {
		for _, d := range f.Decls {
			fd, ok := d.(*ast.FuncDecl)
			ast.Inspect(d, func(n ast.Node) bool {
				if lit, isLit := n.(*ast.FuncLit); isLit {
					found = found || assigns(pass, lit.Body, field)
				}
				return !found
			})
			found = found || ok && fd.Recv != nil && fd.Body != nil && assigns(pass, fd.Body, field)
		}
	}
	return found
}

// assigns reports whether body assigns to a field, or takes its address.
func assigns(pass *analysis.Pass, body *ast.BlockStmt, field *types.Var) bool {
	is := func(e ast.Expr) bool {
		sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
		return ok && pass.TypesInfo.Uses[sel.Sel] == field
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			found = found || slices.ContainsFunc(n.Lhs, is)
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && is(n.X)
		}
		return !found
	})
	return found
}

// copied reports whether values of a struct type may be copied, or made without
// names of their fields: whether the package mentions the type other than as *T,
// &T{...} or new(T), or takes what a pointer to it points to.
func copied(pass *analysis.Pass, named *types.Named) bool {
	found := false
	for _, f := range pass.Files {
		astutil.Apply(f, func(c *astutil.Cursor) bool {
			e, ok := c.Node().(ast.Expr)
			if !ok || found {
				return !found
			}
			tv, ok := pass.TypesInfo.Types[e]
			if ok && types.Identical(tv.Type, named) {
				found = !harmless(pass, e, tv, c.Parent())
			}
			return !found
		}, nil)
	}
	return found
}

// harmless reports whether an expression of a struct type, or that type itself,
// copies nothing.
func harmless(pass *analysis.Pass, e ast.Expr, tv types.TypeAndValue, parent ast.Node) bool {
	switch parent := parent.(type) {
	case *ast.StarExpr, *ast.ParenExpr:
		return tv.IsType()
	case *ast.SelectorExpr:
		return true // a field of it, or a method expression
	case *ast.UnaryExpr:
		lit, ok := e.(*ast.CompositeLit)
		return !ok || keyed(lit)
	case *ast.CompositeLit:
		return parent.Type == e
	case *ast.CallExpr:
		id, ok := parent.Fun.(*ast.Ident)
		return ok && tv.IsType() && pass.TypesInfo.Uses[id] == types.Universe.Lookup("new")
	}
	return false
}

func keyed(lit *ast.CompositeLit) bool {
	if len(lit.Elts) == 0 {
		return true
	}
	_, ok := lit.Elts[0].(*ast.KeyValueExpr)
	return ok
}
