// Package ecosystem checks what chanlint knows of other modules against those
// modules: each line of the tables of package known that speaks of signals of
// lost values is there, has the members that the line names, is reported in one
// function and left alone in another.
package ecosystem

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/passes/lagignored"
)

// TestEcosystem applies the pass to all packages, and then looks for the lines
// of the tables in them.
func TestEcosystem(t *testing.T) {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	var normal, strict []string
	for _, pkg := range packagesBelow(t) {
		if strings.HasPrefix(pkg, "./strict/") {
			strict = append(strict, pkg)
		} else {
			normal = append(normal, pkg)
		}
	}
	results := analysistest.Run(t, dir, lagignored.Analyzer, normal...)
	set(t, "true")
	results = append(results, analysistest.Run(t, dir, lagignored.Analyzer, strict...)...)
	set(t, "false")
	for _, res := range results {
		for _, d := range res.Action.Diagnostics {
			if err := checktest.CheckMessage(lagignored.Analyzer.Name, d.Message); err != nil {
				t.Errorf("message %q %v", d.Message, err)
			}
		}
	}
	checkTables(t, results)
}

func set(t *testing.T, strict string) {
	t.Helper()
	if err := lagignored.Analyzer.Flags.Set("strict", strict); err != nil {
		t.Fatal(err)
	}
}

// packagesBelow returns the packages of the module but its root.
func packagesBelow(t *testing.T) []string {
	t.Helper()
	dirs := make(map[string]bool)
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if dir := filepath.Dir(path); err == nil && filepath.Ext(path) == ".go" && dir != "." {
			dirs["./"+filepath.ToSlash(dir)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(dirs))
}

// A line is a line of a table.
type line struct {
	table, key string
	strings    []string // all that it says, in order
}

// lines reads the tables as syntax.
func lines(t *testing.T) []line {
	t.Helper()
	var all []line
	for _, name := range []string{"lag_modules.go", "lag_calls.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "..", "internal", "known", name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for n := range ast.Preorder(f) {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				continue
			}
			for n := range ast.Preorder(spec) {
				table, ok := n.(*ast.CompositeLit)
				if !ok {
					continue
				}
				if _, ok := table.Type.(*ast.MapType); !ok {
					continue
				}
				for _, elt := range table.Elts {
					kv := elt.(*ast.KeyValueExpr)
					all = append(all, line{spec.Names[0].Name, unquoted(kv.Key)[0], unquoted(kv.Value)})
				}
			}
		}
	}
	if len(all) < 40 {
		t.Fatalf("the tables have %d lines: are they read at all?", len(all))
	}
	return all
}

// unquoted returns the strings in an expression.
func unquoted(e ast.Expr) []string {
	var all []string
	for n := range ast.Preorder(e) {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				panic(err)
			}
			all = append(all, s)
		}
	}
	return all
}

// A shown is a function of the test data.
type shown struct {
	mentions map[string]bool // keys of the tables
	reported bool
}

// checkTables checks that each line is shown in a function that is reported
// and in one that is not, and names members that exist.
func checkTables(t *testing.T, results []*analysistest.Result) {
	objects := make(map[string]types.Object)
	var all []shown
	for _, res := range results {
		if strings.Contains(res.Action.Package.ID, ".test") {
			continue // the same with its tests
		}
		all = append(all, functions(res, objects)...)
	}
	for _, l := range lines(t) {
		key := l.key
		if l.table == "sentinels" {
			key = key[:strings.LastIndexByte(key, '.')]
		}
		obj := objects[key]
		if obj == nil {
			t.Errorf("%s: %s is nowhere used, does not exist, or is called otherwise", l.table, l.key)
			continue
		}
		if l.table == "streams" || l.table == "settings" {
			checkMembers(t, obj, l)
		}
		for _, reported := range []bool{true, false} {
			if !slices.ContainsFunc(all, func(s shown) bool { return s.reported == reported && s.mentions[key] }) {
				t.Errorf("%s: no function shows %s with reported %t", l.table, l.key, reported)
			}
		}
	}
}

// checkMembers checks that a type has the members that its line names.
func checkMembers(t *testing.T, obj types.Object, l line) {
	for _, name := range l.strings {
		if name == "nil" || name == "" || strings.Contains(name, ".") {
			continue // a comparison, or a setting elsewhere
		}
		if member, _, _ := types.LookupFieldOrMethod(obj.Type(), true, obj.Pkg(), name); member == nil {
			t.Errorf("%s: %s has no %s", l.table, l.key, name)
		}
	}
}

// functions returns the functions of a package, and adds to objects what they
// use of others, by its key.
func functions(res *analysistest.Result, objects map[string]types.Object) []shown {
	pkg := res.Action.Package
	var all []shown
	for _, f := range pkg.Syntax {
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			s := shown{mentions: make(map[string]bool)}
			for n := range ast.Preorder(fn) {
				e, ok := n.(ast.Expr)
				if !ok {
					continue
				}
				for _, obj := range objectsOf(pkg.TypesInfo, e) {
					s.mentions[keyOf(obj)] = true
					objects[keyOf(obj)] = obj
				}
			}
			for _, d := range res.Action.Diagnostics {
				s.reported = s.reported || fn.Pos() <= d.Pos && d.Pos < fn.End()
			}
			all = append(all, s)
		}
	}
	return all
}

// objectsOf returns the named type of an expression and the function that it
// names, if any.
func objectsOf(info *types.Info, e ast.Expr) []types.Object {
	var all []types.Object
	if id, ok := e.(*ast.Ident); ok {
		if fn, ok := info.Uses[id].(*types.Func); ok {
			all = append(all, fn.Origin())
		}
	}
	typ := info.TypeOf(e)
	if typ == nil {
		return all
	}
	if p, ok := types.Unalias(typ).(*types.Pointer); ok {
		typ = p.Elem()
	}
	if named, ok := types.Unalias(typ).(*types.Named); ok && named.Obj().Pkg() != nil {
		all = append(all, named.Obj())
	}
	return all
}

// keyOf is the key of an object in the tables.
func keyOf(obj types.Object) string {
	if fn, ok := obj.(*types.Func); ok {
		return fn.FullName()
	}
	return obj.Pkg().Path() + "." + obj.Name()
}
