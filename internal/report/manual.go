package report

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// Doc returns the documentation of an analyzer from the source of its doc.go:
// what stands under the heading "# Analyzer NAME". It panics if there is no
// such heading, which a test of the pass finds.
func Doc(source string) string {
	f, err := parser.ParseFile(token.NewFileSet(), "doc.go", source, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		panic("report: doc.go does not parse: " + err.Error())
	}
	return section(f.Doc)
}

func section(doc *ast.CommentGroup) string {
	_, text, ok := strings.Cut(doc.Text(), "# Analyzer ")
	if !ok {
		panic("report: doc.go has no analyzer heading")
	}
	_, text, _ = strings.Cut(text, "\n")
	return strings.TrimSpace(text)
}
