package chanlint_test

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/chanlint/chanlint"
	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/internal/report"
)

const module = "github.com/chanlint/chanlint"

// scratch is a folder for all tests. Passes read the files of what was loaded.
var scratch string

func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "chanlint"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(scratch)
	os.Exit(code)
}

func TestValid(t *testing.T) {
	all := chanlint.Analyzers()
	if err := analysis.Validate(all); err != nil {
		t.Error(err)
	}
	for _, a := range chanlint.Passes() {
		if !slices.Contains(all, a) {
			t.Errorf("pass %s is not among the analyzers", a.Name)
		}
	}
	// The lists belong to the caller, who may change them.
	clear(chanlint.Analyzers())
	clear(chanlint.Passes())
	if slices.Contains(chanlint.Analyzers(), nil) || slices.Contains(chanlint.Passes(), nil) {
		t.Error("a change of a returned list changes the next")
	}
}

// TestComplete checks that the passes are the folders below passes, and that
// a pass is called by one name everywhere.
func TestComplete(t *testing.T) {
	entries, err := os.ReadDir("passes")
	if err != nil {
		t.Fatal(err)
	}
	var folders, names []string
	for _, e := range entries {
		folders = append(folders, e.Name())
	}
	for _, a := range chanlint.Passes() {
		names = append(names, a.Name)
		if a.URL != report.URL(a.Name, "") {
			t.Errorf("the URL of %s is %s, want %s", a.Name, a.URL, report.URL(a.Name, ""))
		}
		if len(a.FactTypes) > 0 {
			t.Errorf("%s has facts of its own, want them in the engine", a.Name)
		}
		if _, err := os.Stat(filepath.Join("testdata", "src", a.Name, "basic")); err != nil {
			t.Errorf("no basic test data of %s: %v", a.Name, err)
		}
	}
	slices.Sort(names)
	if diff := gocmp.Diff(folders, names); diff != "" {
		t.Errorf("passes (-folders +listed):\n%s", diff)
	}
}

// TestFlags checks the flags that all passes have.
func TestFlags(t *testing.T) {
	for _, a := range chanlint.Passes() {
		for _, name := range []string{"strict", "tests"} {
			f := a.Flags.Lookup(name)
			if f == nil {
				t.Errorf("%s has no flag %s", a.Name, name)
				continue
			}
			if f.DefValue != "false" || f.Usage == "" {
				t.Errorf("flag %s of %s is %q by default, and used %q", name, a.Name, f.DefValue, f.Usage)
			}
		}
	}
}

// data loads the packages of the test data, once.
var data = sync.OnceValues(func() ([]*packages.Package, error) { return loadData("testdata/src", chanlint.Passes()) })

// loadData links the test data and the companion library into a GOPATH and
// loads what is below. Of the standard library, in which no fact is inferred,
// it loads the types only. The test data is that of some passes, in src, which may
// be a copy.
func loadData(src string, passes []*analysis.Analyzer) ([]*packages.Package, error) {
	gopath, err := os.MkdirTemp(scratch, "")
	if err != nil {
		return nil, err
	}
	patterns, err := linkData(gopath, src, passes)
	if err != nil {
		return nil, err
	}
	return packages.Load(&packages.Config{
		Mode: packages.LoadSyntax | packages.NeedModule,
		Dir:  gopath,
		Env:  append(os.Environ(), "GOPATH="+gopath, "GO111MODULE=off", "GOWORK=off"),
	}, patterns...)
}

// linkData makes the GOPATH, and returns the packages of the passes in it.
func linkData(gopath, src string, passes []*analysis.Analyzer) ([]string, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	src, err = filepath.Abs(src)
	if err != nil {
		return nil, err
	}
	home := filepath.Join(gopath, "src", filepath.FromSlash(module))
	if err := os.MkdirAll(home, 0o777); err != nil {
		return nil, err
	}
	if err := os.Symlink(filepath.Join(root, "runtime"), filepath.Join(home, "runtime")); err != nil {
		return nil, err
	}
	// What stands for other modules: github.com/hashicorp.
	modules, err := filepath.Glob(filepath.Join(src, "*.*", "*"))
	if err != nil {
		return nil, err
	}
	for _, from := range modules {
		to := filepath.Join(gopath, "src", filepath.Base(filepath.Dir(from)), filepath.Base(from))
		if err := cmp.Or(os.MkdirAll(filepath.Dir(to), 0o777), os.Symlink(from, to)); err != nil {
			return nil, err
		}
	}
	var patterns []string
	for _, a := range passes {
		from := filepath.Join(src, a.Name)
		if err := os.Symlink(from, filepath.Join(gopath, "src", a.Name)); err != nil {
			return nil, err
		}
		below, err := packagesBelow(from, a.Name)
		if err != nil {
			return nil, err
		}
		patterns = append(patterns, below...)
	}
	return patterns, nil
}

// packagesBelow returns the import paths of the folders with Go files below
// dir, whose own is name.
func packagesBelow(dir, name string) ([]string, error) {
	var pkgs []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(file string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(file) == ".go" {
			pkgs = append(pkgs, path.Join(name, path.Dir(file)))
		}
		return err
	})
	return slices.Compact(pkgs), err
}

// analyze applies all analyzers to the test data and returns what was done to
// each package, in the order of analyzers and packages.
func analyze(t *testing.T) []*checker.Action {
	t.Helper()
	pkgs, err := data()
	if err != nil {
		t.Fatal(err)
	}
	return analyzeAll(t, pkgs)
}

func analyzeAll(t *testing.T, pkgs []*packages.Package) []*checker.Action {
	t.Helper()
	for _, p := range pkgs {
		for _, err := range p.Errors {
			t.Fatalf("package %s: %v", p.PkgPath, err)
		}
	}
	graph, err := checker.Analyze(chanlint.Analyzers(), pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	actions := slices.SortedFunc(slices.Values(graph.Roots), func(a, b *checker.Action) int {
		return cmp.Or(cmp.Compare(a.Analyzer.Name, b.Analyzer.Name), cmp.Compare(a.Package.PkgPath, b.Package.PkgPath))
	})
	for _, act := range actions {
		if act.Err != nil {
			t.Fatalf("%v: %v", act, act.Err)
		}
	}
	return actions
}

// TestMessages holds all that is reported in the test data to the grammar of
// messages, and its categories to the documentation.
func TestMessages(t *testing.T) {
	found := make(map[string]int)
	for _, act := range analyze(t) {
		for _, d := range act.Diagnostics {
			found[act.Analyzer.Name]++
			pos := act.Package.Fset.Position(d.Pos)
			at := fmt.Sprintf("%s:%d", filepath.Base(pos.Filename), pos.Line)
			if err := checktest.CheckMessage(act.Analyzer.Name, d.Message); err != nil {
				t.Errorf("%s: message %q %v", at, d.Message, err)
			}
			for _, info := range d.Related {
				if err := checktest.CheckRelated(info.Message); err != nil {
					t.Errorf("%s: related message %q %v", at, info.Message, err)
				}
			}
			for _, fix := range d.SuggestedFixes {
				if err := checktest.CheckFix(fix.Message); err != nil {
					t.Errorf("%s: fix %q %v", at, fix.Message, err)
				}
			}
			if want := report.URL(act.Analyzer.Name, d.Category); d.URL != want {
				t.Errorf("%s: URL %q, want %q", at, d.URL, want)
			}
			if d.End <= d.Pos {
				t.Errorf("%s: %s ends before it starts", at, d.Message)
			}
		}
	}
	for _, a := range chanlint.Passes() {
		if found[a.Name] == 0 {
			t.Errorf("%s reports nothing in its test data", a.Name)
		}
	}
}

// TestAnchored checks that each category of a pass, which is a heading of its
// manual, has a message that the test data expects in full.
func TestAnchored(t *testing.T) {
	anchored := regexp.MustCompile("// want .*[`\"]\\^.*\\$[`\"]")
	for _, a := range chanlint.Passes() {
		expected := 0
		err := fs.WalkDir(os.DirFS("testdata/src"), a.Name, func(file string, d fs.DirEntry, err error) error {
			if err != nil || path.Ext(file) != ".go" {
				return err
			}
			source, err := os.ReadFile(filepath.Join("testdata/src", file))
			expected += len(anchored.FindAll(source, -1))
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if want := len(categories(a)); expected < want {
			t.Errorf("the test data of %s expects %d messages in full, want one for each of %d categories", a.Name, expected, want)
		}
	}
}

var category = regexp.MustCompile(`(?m)^# ([a-z]+)$`)

// categories returns the headings of a manual that are categories: one word.
func categories(a *analysis.Analyzer) []string {
	var names []string
	for _, m := range category.FindAllStringSubmatch(a.Doc, -1) {
		names = append(names, m[1])
	}
	return names
}

// TestStable checks that what is reported, and in which order, does not depend
// on the run or on the number of processors.
func TestStable(t *testing.T) {
	old := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(old)
	want := render(analyze(t))
	if strings.Count(want, "\n") < 10 {
		t.Fatalf("too little is reported to tell:\n%s", want)
	}
	for range 2 {
		runtime.GOMAXPROCS(4)
		if diff := gocmp.Diff(want, render(analyze(t))); diff != "" {
			t.Fatalf("reports of another run (-want +got):\n%s", diff)
		}
	}
}

// render is all that users see of the diagnostics in actions.
func render(actions []*checker.Action) string {
	var b strings.Builder
	for _, act := range actions {
		fset := act.Package.Fset
		for _, d := range act.Diagnostics {
			fmt.Fprintf(&b, "%v-%v: %s: %s\n", fset.Position(d.Pos), fset.Position(d.End), d.Category, d.Message)
			for _, info := range d.Related {
				fmt.Fprintf(&b, "\t%v-%v: %s\n", fset.Position(info.Pos), fset.Position(info.End), info.Message)
			}
			for _, fix := range d.SuggestedFixes {
				fmt.Fprintf(&b, "\t%s\n", fix.Message)
				for _, e := range fix.TextEdits {
					fmt.Fprintf(&b, "\t\t%v-%v: %q\n", fset.Position(e.Pos), fset.Position(e.End), e.NewText)
				}
			}
		}
	}
	return b.String()
}
