package report

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/pattern"
)

var agreed = pattern.New(`(?i)drop|discard|best.?effort|loss|lost|lose|miss|ignor|skip|full|slow|block|overwrit|coalesc|latest|already|pending|at most|room|throw|busy|nobody|no one|listen|no-?op\b|\bno \w+ is waiting|\bif\b[^.]*\b(right away|possible)\b`)

// Agreed reports whether a comment says that what sel sends may be lost: one in
// its default case, one right above sel, or that of the function around it.
func Agreed(pass *analysis.Pass, sel *ast.SelectStmt) bool {
	f := FileAt(pass.Files, sel.Pos())
	if f == nil {
		return false
	}
	line := func(pos token.Pos) int { return pass.Fset.PositionFor(pos, false).Line }
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Pos() <= sel.Pos() && sel.Pos() < fn.End() && agreed.MatchString(fn.Doc.Text()) {
			return true
		}
	}
	from := sel.End()
	for _, c := range sel.Body.List {
		if c.(*ast.CommClause).Comm == nil {
			from = c.Pos()
		}
	}
	for _, group := range f.Comments {
		inside := from <= group.Pos() && group.End() <= sel.End()
		if (inside || line(group.End()) == line(sel.Pos())-1) && agreed.MatchString(group.Text()) {
			return true
		}
	}
	return false
}

// FileAt is the one of files that pos is in, nil if there is none.
func FileAt(files []*ast.File, pos token.Pos) *ast.File {
	for _, f := range files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return nil
}
