package loop

import (
	"flag"
	"fmt"
	"go/ast"
	stdimporter "go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
)

var update = flag.Bool("update", false, "write what the tests got into testdata")

// TestArchives asks about each receive of the package in each archive and
// compares the answers with its file "want".
func TestArchives(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("got %d archives, error %v", len(archives), err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(ar.Files) - 1
			if last < 1 || ar.Files[last].Name != "want" {
				t.Fatalf("%s holds %d files, the last of them not named want", name, last+1)
			}
			var b strings.Builder
			writePackage(&b, load(t, ar.Files[:last]))
			if *update {
				ar.Files[last].Data = []byte(b.String())
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(ar.Files[last].Data), "\n"), strings.Split(b.String(), "\n")); diff != "" {
				t.Errorf("loops (-want +got):\n%s", diff)
			}
		})
	}
}

// imports are the packages of an archive, and those of the standard library.
type imports struct {
	types.Importer
	pkgs map[string]*types.Package
}

func (i imports) Import(path string) (*types.Package, error) {
	if pkg := i.pkgs[path]; pkg != nil {
		return pkg, nil
	}
	return i.Importer.Import(path)
}

// load computes the loops of the last of the packages in files, of which each
// has one file. A file in a folder is a package that others import by that.
func load(t *testing.T, files []txtar.File) *Package {
	t.Helper()
	fset := token.NewFileSet()
	imp := imports{stdimporter.Default(), make(map[string]*types.Package)}
	var p *Package
	for _, file := range files {
		f, err := parser.ParseFile(fset, file.Name, file.Data, parser.SkipObjectResolution)
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
		conf := types.Config{Importer: imp, GoVersion: "go1.26"}
		pkg, err := conf.Check(path.Dir(file.Name), fset, []*ast.File{f}, info)
		if err != nil {
			t.Fatal(err)
		}
		imp.pkgs[pkg.Path()] = pkg
		cp := conc.Build(fset, []*ast.File{f}, pkg, info, func(*types.Func) bool { return false })
		if cp != nil {
			p = New(effect.Compute(cp, func(*types.Func) *effect.Fact { return nil }))
		}
	}
	return p
}

// writePackage renders, for each receive in a loop: what comes after it, and
// after it of a closed channel, the closes that reach it, and its timer.
func writePackage(b *strings.Builder, p *Package) {
	for _, f := range p.Funcs {
		var lines []string
		for op := range f.Ops {
			for _, u := range op.Receives() {
				lines = append(lines, useLines(p, u)...)
			}
			if op.HasDefault {
				lines = append(lines, "default: "+roundText(p.After(conc.Use{Op: op, Case: Default}, false)))
			}
		}
		if len(lines) > 0 {
			fmt.Fprintf(b, "%s\n\t%s\n", f.SSA.RelString(p.Types), strings.Join(lines, "\n\t"))
		}
	}
}

func useLines(p *Package, u conc.Use) []string {
	name := u.Op.Expr()
	if u.Case >= 0 {
		name = u.Op.CaseExpr(u.Case)
	}
	line := func(op *conc.Op) int { return p.Fset.Position(op.Pos()).Line }
	lines := []string{name + ": " + roundText(p.After(u, false)) + "; closed: " + roundText(p.After(u, true))}
	if Done(u) {
		lines = append(lines, name+" is of a context")
	}
	for _, c := range p.Closes(u) {
		lines = append(lines, fmt.Sprintf("%s is closed on line %d", name, line(c)))
	}
	if when := p.ClosedBy(u); when != "" {
		lines = append(lines, name+" is closed when "+when)
	}
	if made, steady := p.Timer(u); made != nil {
		lines = append(lines, fmt.Sprintf("%s is made on line %d, steady %v", name, line(made), steady))
	}
	return lines
}

func roundText(r Round) string {
	var parts []string
	for _, part := range []struct {
		is   bool
		text string
	}{{r.Back, "back"}, {r.Leaves, "leaves"}, {r.Renewed, "renewed"}, {r.Idle, "idle"}, {r.Noted, "noted"}, {r.Nil, "nil"}} {
		if part.is {
			parts = append(parts, part.text)
		}
	}
	if len(parts) == 0 {
		return "no loop"
	}
	return strings.Join(parts, " ")
}
