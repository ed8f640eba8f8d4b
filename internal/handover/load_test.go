package handover

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
)

// std imports the standard library for all tests, each package but once.
var std = importer.Default()

// load computes the effects of the package that the given source is.
func load(t testing.TB, source string) *effect.Result {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "a.go", source, parser.SkipObjectResolution)
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
	pkg, err := conf.Check(file.Name.Name, fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	p := conc.Build(fset, files, pkg, info, func(*types.Func) bool { return false })
	return effect.Compute(p, func(*types.Func) *effect.Fact { return nil })
}
