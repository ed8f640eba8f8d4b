package archtest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const module = "github.com/chanlint/chanlint"

// root is the folder of the module.
const root = "../.."

// list returns the packages of the module, for this platform. It reads them
// itself, without the go command, so that the test cache sees new folders.
func list(t *testing.T) []*build.Package {
	t.Helper()
	var pkgs []*build.Package
	err := filepath.WalkDir(root, func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if dir != root && skips(dir, d.Name()) {
			return fs.SkipDir
		}
		p, err := build.ImportDir(dir, 0)
		if _, none := errors.AsType[*build.NoGoError](err); none {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, dir)
		p.ImportPath = filepath.ToSlash(rel)
		pkgs = append(pkgs, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pkgs
}

// skips reports whether a folder holds no packages of this module.
func skips(dir, name string) bool {
	if name == "testdata" || name[0] == '.' || name[0] == '_' {
		return true
	}
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

func relative(imp string) string {
	if imp == module {
		return "."
	}
	return strings.TrimPrefix(imp, module+"/")
}

func split(list []string) imports {
	var i imports
	for _, imp := range list {
		if inside(imp, module) {
			i.own = append(i.own, relative(imp))
		} else {
			i.foreign = append(i.foreign, imp)
		}
	}
	return i
}

func TestLayers(t *testing.T) {
	pkgs := list(t)
	for _, p := range pkgs {
		tests := slices.Concat(p.TestImports, p.XTestImports)
		for _, v := range violations(pkg{p.ImportPath, split(p.Imports), split(tests)}) {
			t.Error(v)
		}
	}
	if !slices.ContainsFunc(pkgs, func(p *build.Package) bool { return p.ImportPath == "internal/report" }) {
		t.Errorf("found %d packages, none of them internal/report", len(pkgs))
	}
}

// TestReport checks that all diagnostics go through package report.
func TestReport(t *testing.T) {
	found := 0
	for _, p := range list(t) {
		if p.ImportPath == "gclplugin" {
			continue // passes on what others report, without what its host cannot show
		}
		for _, name := range p.GoFiles {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Error(err)
				continue
			}
			for _, pos := range reportCalls(f) {
				if p.ImportPath == "internal/report" {
					found++
					continue
				}
				t.Errorf("%v: a diagnostic that does not go through package report", fset.Position(pos))
			}
		}
	}
	if found == 0 {
		t.Error("package report does not report either; does this test still recognize it?")
	}
}

// reportCalls returns where f uses the reporting functions of an
// analysis.Pass: of a variable, parameter or field that it declares to be
// one, or of anything called pass.
func reportCalls(f *ast.File) []token.Pos {
	names := passNames(f)
	if names == nil {
		return nil
	}
	var calls []token.Pos
	for n := range ast.Preorder(f) {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		switch sel.Sel.Name {
		case "Reportf", "ReportRangef":
			calls = append(calls, sel.Pos())
		case "Report":
			if names[lastName(sel.X)] {
				calls = append(calls, sel.Pos())
			}
		}
	}
	return calls
}

// passNames returns the names in f for values of type *analysis.Pass, or nil
// if f does not import the package.
func passNames(f *ast.File) map[string]bool {
	analysis := ""
	for _, spec := range f.Imports {
		if imp, _ := strconv.Unquote(spec.Path.Value); imp == "golang.org/x/tools/go/analysis" {
			analysis = "analysis"
			if spec.Name != nil {
				analysis = spec.Name.Name
			}
		}
	}
	if analysis == "" {
		return nil
	}
	names := map[string]bool{"pass": true, "Pass": true}
	for n := range ast.Preorder(f) {
		switch n := n.(type) {
		case *ast.Field:
			for _, id := range n.Names {
				names[id.Name] = names[id.Name] || isPass(n.Type, analysis)
			}
		case *ast.ValueSpec:
			for _, id := range n.Names {
				names[id.Name] = names[id.Name] || isPass(n.Type, analysis)
			}
		}
	}
	return names
}

// isPass reports whether e is the type *analysis.Pass, the package going by
// the given name.
func isPass(e ast.Expr, analysis string) bool {
	star, ok := e.(*ast.StarExpr)
	if !ok {
		return false
	}
	sel, ok := star.X.(*ast.SelectorExpr)
	return ok && lastName(sel.X) == analysis && sel.Sel.Name == "Pass"
}

// lastName returns x for x and for a.b.x.
func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.ParenExpr:
		return lastName(e.X)
	}
	return ""
}

func TestReportCalls(t *testing.T) {
	const imports = "package p\n\nimport \"golang.org/x/tools/go/analysis\"\n\n"
	for _, test := range []struct {
		source string
		want   int
	}{
		{imports + "func f(pass *analysis.Pass) { pass.Report(d) }", 1},
		{imports + "func f(p *analysis.Pass) { (p).Report(d) }", 1},
		{imports + "type c struct { at *analysis.Pass }\nfunc f(c c) { c.at.Report(d) }", 1},
		{imports + "type c struct { *analysis.Pass }\nfunc f(c c) { c.Pass.Report(d) }", 1},
		{imports + "var p *analysis.Pass\nvar report = p.Report", 1},
		{imports + "func f(pass *analysis.Pass) { pass.Reportf(pos, s); pass.ReportRangef(n, s) }", 2},
		{imports + "func f(p *analysis.Pass) { r := report.New(p); r.Report(d) }", 0},
		{imports + "func f(p analysis.Range) { p.Report(d) }", 0},
		{strings.Replace(imports, `"go`, `ana "go`, 1) + "func f(p *ana.Pass) { p.Report(d) }", 1},
		{"package p\n\nfunc f(pass *Pass) { pass.Report(d) }", 0},
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "p.go", test.source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(reportCalls(f)); got != test.want {
			t.Errorf("%d reports in %q, want %d", got, test.source, test.want)
		}
	}
}

func TestViolations(t *testing.T) {
	const (
		isUnlisted = "not listed"
		isForTests = "for tests"
		isNotBelow = "not below"
		isNoTool   = "not a tool"
	)
	for _, test := range []struct{ pkg, imports, want string }{
		{"cmd/chanlint", ".", ""},
		{"cmd/chanlint", "internal/cli", ""},
		{"cmd/chanlint", "internal/unit", ""},
		{".", "passes/chanleak", ""},
		{".", "internal/effect", ""},
		{".", "internal/cli", isNotBelow},
		{"gclplugin", "internal/cli", isNotBelow},
		{"passes/chanleak", "internal/explore", ""},
		{"passes/chanleak", "internal/known", ""},
		{"passes/chanleak", "internal/suppress", ""},
		{"passes/chanleak", "internal/unit", isNotBelow},
		{"passes/chanleak", "passes/unbounded", isNotBelow},
		{"passes/chanleak", "runtime/chans", isNotBelow},
		{"passes/chanleak", "internal/checktest", isForTests},
		{"passes/chanleak", "golang.org/x/tools/go/ssa", isNoTool},
		{"passes/chanleak", "golang.org/x/tools/go/ssa/ssautil", isNoTool},
		{"passes/chanleak", "golang.org/x/tools/go/ast/inspector", ""},
		{"passes/chanleak", "golang.org/x/tools/go/analysis", ""},
		{"passes/chanleak", "golang.org/x/sync/errgroup", isNoTool},
		{"internal/effect", "internal/lockset", ""},
		{"internal/lockset", "internal/effect", isNotBelow},
		{"internal/effect", "passes/chanleak", isNotBelow},
		{"internal/conc", "golang.org/x/tools/go/analysis", isNoTool},
		{"internal/conc", "golang.org/x/tools/go/ssa", ""},
		{"internal/place", "internal/known", isNotBelow},
		{"internal/known", "golang.org/x/tools/go/ssa", isNoTool},
		{"internal/suppress", "internal/report", isNotBelow},
		{"internal/cli", "passes/chanleak", isNotBelow},
		{"internal/cli", "runtime/capacity", ""},
		{"internal/unit", "runtime/capacity", isNotBelow},
		{"runtime/capacity", "runtime/chans", ""},
		{"runtime/chans", "runtime/capacity", isNotBelow},
		{"internal/cli", "github.com/any/module", isNoTool},
		{"internal/config", "go.yaml.in/yaml/v3", ""},
		{"internal/cli", "go.yaml.in/yaml/v3", isNoTool},
		{"internal/unit", "github.com/any/module", isNoTool},
		{"gclplugin", "github.com/golangci/plugin-module-register/register", ""},
		{"cmd/chanlint", "github.com/golangci/plugin-module-register/register", isNoTool},
		{"runtime/mpsc", "runtime/chans", ""},
		{"runtime/mpsc", "runtime/internal/ring", ""},
		{"runtime/mpsc", "internal/known", isNotBelow},
		{"runtime/mpsc", "golang.org/x/sync/errgroup", isNoTool},
		{"runtime/internal/ring", "runtime/mpsc", isNotBelow},
		{"examples/service", "runtime/mpsc", ""},
		{"examples/service", "internal/report", isNotBelow},
		{"internal/util", "internal/known", isUnlisted},
		{"internal/report", "internal/util", isUnlisted},
		{"passes/chanleak/sub", "internal/known", isUnlisted},
	} {
		p := pkg{path: test.pkg}
		if strings.Contains(strings.Split(test.imports, "/")[0], ".") && test.imports != "." {
			p.files.foreign = []string{"context", test.imports}
		} else {
			p.files.own = []string{test.imports}
		}
		checkViolations(t, fmt.Sprintf("%s imports %s", test.pkg, test.imports), violations(p), test.want)
	}
}

func TestViolationsOfTests(t *testing.T) {
	for _, test := range []struct{ pkg, imports, want string }{
		{"passes/chanleak", "internal/checktest", ""},
		{"passes/chanleak", "passes/chanleak", ""},
		{"passes/chanleak", "passes/unbounded", "tested alone"},
		{"internal/effect", "passes/unbounded", "tested alone"},
		{"internal/known", "internal/conc", ""},
		{"internal/known", "internal/util", "not listed"},
		{".", "passes/unbounded", ""},
		{"runtime/mpsc", "runtime/mpsc", ""},
		{"runtime/mpsc", "runtime/watch", ""},
		{"runtime/mpsc", "internal/checktest", "stands alone"},
	} {
		p := pkg{path: test.pkg}
		p.tests.own = []string{test.imports}
		p.tests.foreign = []string{"go.uber.org/goleak"} // as tests please
		checkViolations(t, fmt.Sprintf("tests of %s import %s", test.pkg, test.imports), violations(p), test.want)
	}
}

func checkViolations(t *testing.T, what string, got []string, want string) {
	t.Helper()
	switch {
	case want == "" && len(got) > 0:
		t.Errorf("%s: got %q, want nothing", what, got)
	case want != "" && (len(got) != 1 || !strings.Contains(got[0], want)):
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

// Each package below another has an entry itself, the layers have no cycle,
// and no two entries can stand for the same package.
func TestBelow(t *testing.T) {
	for key, lower := range below {
		for _, l := range lower {
			if _, ok := below[l]; !ok {
				t.Errorf("%s, below %s, has no entry", l, key)
			}
		}
		if reachable(key)[key] && key != "runtime/*" && key != "runtime/internal/*" {
			t.Errorf("%s is below itself", key)
		}
		sample := strings.ReplaceAll(key, "*", "sample")
		if got := entry(sample); got != key {
			t.Errorf("entry(%q) = %q, want %q", sample, got, key)
		}
	}
}

func TestSplit(t *testing.T) {
	got := split([]string{"runtime", module, module + "/runtime/chans", module + "x/y", "go.uber.org/goleak"})
	want := imports{
		own:     []string{".", "runtime/chans"},
		foreign: []string{"runtime", module + "x/y", "go.uber.org/goleak"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(imports{})); diff != "" {
		t.Errorf("split (-want +got):\n%s", diff)
	}
}
