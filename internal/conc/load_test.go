package conc

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

// std imports the standard library for all tests, each package but once.
var std = importer.Default()

// load builds the package that the file name with the given source is.
// Functions of other packages matter if extern says so.
func load(t testing.TB, name, source string, extern func(*types.Func) bool) *Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	files := []*ast.File{file}
	return check(t, fset, files, files, extern)
}

// check type-checks all files and builds a package of those that are kept.
func check(t testing.TB, fset *token.FileSet, all, kept []*ast.File, extern func(*types.Func) bool) *Package {
	t.Helper()
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
	conf := types.Config{Importer: std, GoVersion: "go1.26"}
	pkg, err := conf.Check(all[0].Name.Name, fset, all, info)
	if err != nil {
		t.Fatal(err)
	}
	return Build(fset, kept, pkg, info, extern)
}

// none is the interest in other packages that most tests have.
func none(*types.Func) bool { return false }
