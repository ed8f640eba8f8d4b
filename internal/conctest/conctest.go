// Package conctest builds packages from source text for tests of what stands
// above package conc.
package conctest

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/chanlint/chanlint/internal/conc"
)

// std imports the standard library for all tests, each package but once.
var std = importer.Default()

// Load builds the package of which src is the only file. Functions of other
// packages matter only as far as they are known. It ends the test if src does not
// compile, or if nothing in it matters.
func Load(t testing.TB, src string) *conc.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Instances:    make(map[*ast.Ident]types.Instance),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		Scopes:       make(map[ast.Node]*types.Scope),
		FileVersions: make(map[*ast.File]string),
	}
	files := []*ast.File{file}
	conf := types.Config{Importer: std, GoVersion: "go1.26"}
	pkg, err := conf.Check("p", fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	p := conc.Build(fset, files, pkg, info, func(*types.Func) bool { return false })
	if p == nil {
		t.Fatalf("nothing matters in\n%s", src)
	}
	return p
}
