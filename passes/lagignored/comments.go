package lagignored

import (
	"go/ast"
	"go/token"
	"regexp"

	"golang.org/x/tools/go/ast/inspector"
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
