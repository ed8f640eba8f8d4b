package lagignored

import (
	"go/ast"
	"go/token"
	"regexp"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/chanlint/chanlint/internal/pattern"
)

// fileOf returns the file that cur is in.
func fileOf(cur inspector.Cursor) *ast.File {
	return nearest(cur, (*ast.File)(nil)).(*ast.File)
}

// isDiscussed reports whether a comment right above or below the loop around
// cur mentions a signal by its name.
func (f *finder) isDiscussed(sig *signal, cur inspector.Cursor) bool {
	loop, ok := enclosingLoop(cur)
	if !ok {
		return false
	}
	name := regexp.MustCompile(`\b` + regexp.QuoteMeta(sig.telling()) + `\b`)
	first, last := f.line(loop.Node().Pos()), f.line(loop.Node().End())
	for _, group := range fileOf(cur).Comments {
		near := f.line(group.End()) == first-1 || f.line(group.Pos()) == last+1
		if near && name.MatchString(group.Text()) {
			return true
		}
	}
	return false
}

func (f *finder) line(pos token.Pos) int { return f.Fset.PositionFor(pos, false).Line }

var agreed = pattern.New(`(?i)drop|discard|best.?effort|loss|lost|lose|ignor|skip|full|slow|block|overwrit|coalesc|latest|already|pending|at most|room|throw|busy|nobody|no one|listen`)

// isAgreed reports whether a comment in the default case of a select, right
// above it, or of the function around it says that values may be lost.
func (f *finder) isAgreed(cur inspector.Cursor) bool {
	if fn, ok := nearest(cur, (*ast.FuncDecl)(nil)).(*ast.FuncDecl); ok && agreed.MatchString(fn.Doc.Text()) {
		return true
	}
	sel := cur.Node().(*ast.SelectStmt)
	from := sel.End()
	for _, c := range sel.Body.List {
		if c.(*ast.CommClause).Comm == nil {
			from = c.Pos()
		}
	}
	for _, group := range fileOf(cur).Comments {
		inside := from <= group.Pos() && group.End() <= sel.End()
		if (inside || f.line(group.End()) == f.line(sel.Pos())-1) && agreed.MatchString(group.Text()) {
			return true
		}
	}
	return false
}
