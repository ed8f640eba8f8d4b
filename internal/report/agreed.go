package report

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/pattern"
)

var agreed = pattern.New(`(?i)drop|discard|best.?effort|loss|lost|lose|miss|ignor|skip|full|slow|overwrit|coalesc|latest|already|pending|at most|room|throw|busy|nobody|no one|listen|no-?op\b|\bno \w+ is waiting|\bif\b[^.]*\b(right away|possible)\b`)

// unneeded is what comments say of a result that nobody looks at.
var unneeded = pattern.New(`(?i)best.?effort|ignor|on purpose|deliberate|intention|(not|n't) (care|matter)|either way|if possible`)

// Agreed reports whether a comment says that what sel sends may be lost: one right
// above sel or in its default case, or that of the function around it.
func Agreed(pass *analysis.Pass, sel *ast.SelectStmt) bool { return says(pass, sel, agreed) }

// Unneeded reports whether a comment says that the result of a call, which is the
// statement stmt, does not matter: one right above stmt or behind it, or that of the
// function around it.
func Unneeded(pass *analysis.Pass, stmt ast.Node) bool { return says(pass, stmt, unneeded) }

// says reports whether a comment at n, or in the default case of the select that it
// is, or that of the function around it, matches p.
func says(pass *analysis.Pass, n ast.Node, p *pattern.Regexp) bool {
	f := FileAt(pass.Files, n.Pos())
	if f == nil {
		return false
	}
	line := func(pos token.Pos) int { return pass.Fset.PositionFor(pos, false).Line }
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Pos() <= n.Pos() && n.Pos() < fn.End() && p.MatchString(fn.Doc.Text()) {
			return true
		}
	}
	from := n.End()
	if sel, ok := n.(*ast.SelectStmt); ok {
		for _, c := range sel.Body.List {
			if c.(*ast.CommClause).Comm == nil {
				from = c.Pos()
			}
		}
	}
	return slices.ContainsFunc(f.Comments, func(c *ast.CommentGroup) bool {
		inside := from <= c.Pos() && c.End() <= n.End()
		behind := n.End() <= c.Pos() && line(c.Pos()) == line(n.End())
		return (inside || behind || line(c.End()) == line(n.Pos())-1) && p.MatchString(c.Text())
	})
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
