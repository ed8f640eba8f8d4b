package effect

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/ast"
	stdimporter "go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/chanlint/chanlint/internal/conc"
)

// std imports the standard library for all tests, each package but once.
var std = stdimporter.Default()

// A world is a set of packages that import each other.
type world struct {
	fset  *token.FileSet
	pkgs  map[string]*types.Package
	facts map[*types.Func]*Fact
}

// Import imports a package of the world or of the standard library.
func (w *world) Import(name string) (*types.Package, error) {
	if pkg := w.pkgs[name]; pkg != nil {
		return pkg, nil
	}
	return std.Import(name)
}

// fact is what is known of functions in packages that were loaded before.
func (w *world) fact(fn *types.Func) *Fact { return w.facts[fn] }

// loadWorld computes the effects of the packages in an archive, one for each
// folder, imported ones before those that import them. Between packages facts
// pass through their encoding, as they do between processes. A package in
// which nothing matters has no Result.
func loadWorld(t testing.TB, files []txtar.File) []*Result {
	t.Helper()
	w := &world{token.NewFileSet(), make(map[string]*types.Package), make(map[*types.Func]*Fact)}
	var results []*Result
	for len(files) > 0 {
		dir := path.Dir(files[0].Name)
		var parsed []*ast.File
		for len(files) > 0 && path.Dir(files[0].Name) == dir {
			f, err := parser.ParseFile(w.fset, files[0].Name, files[0].Data, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			parsed, files = append(parsed, f), files[1:]
		}
		r, err := w.add(dir, parsed)
		if err != nil {
			t.Fatal(err)
		}
		if r != nil {
			results = append(results, r)
		}
	}
	return results
}

func (w *world) add(name string, files []*ast.File) (*Result, error) {
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
	if name == "." {
		name = files[0].Name.Name
	}
	// A path with a dot, or that of a single package, is not of the standard library.
	conf := types.Config{Importer: w, GoVersion: "go1.26"}
	pkg, err := conf.Check(name, w.fset, files, info)
	if err != nil {
		return nil, err
	}
	w.pkgs[name] = pkg
	cp := conc.Build(w.fset, files, pkg, info, func(fn *types.Func) bool { return w.fact(fn) != nil })
	if cp == nil {
		return nil, nil
	}
	r := Compute(cp, w.fact)
	for _, f := range r.Funcs {
		if f.Obj == nil || !f.Obj.Exported() {
			continue
		}
		if fact := r.Fact(f); fact != nil {
			decoded, err := throughGob(fact)
			if err != nil {
				return nil, fmt.Errorf("fact of %s: %v", f.Name, err)
			}
			w.facts[f.Obj] = decoded
		}
	}
	return r, nil
}

// throughGob is fact, encoded and decoded.
func throughGob(fact *Fact) (*Fact, error) {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(fact); err != nil {
		return nil, err
	}
	decoded := new(Fact)
	err := gob.NewDecoder(&buf).Decode(decoded)
	return decoded, err
}
