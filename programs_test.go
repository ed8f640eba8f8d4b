package chanlint_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/chanlint/chanlint/internal/finding"
	"github.com/chanlint/chanlint/internal/fix"
)

// unproven are the rules with fixes for which no program fails for certain: whether
// the mistake shows is a matter of luck.
var unproven = []string{
	"selectstarve/result", // two cases have to be ready at the same moment
	"sendaftermove/guard", // two goroutines have to look at the same moment
}

// TestFixedPrograms runs the tests of testdata/programs, with the race detector: each
// fails alone, and passes once the fixes have been applied, whichever of them.
func TestFixedPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("builds with the race detector")
	}
	setStrict(t)
	broken := newProgram(t)
	found := broken.findings(t)
	checkProven(t, found)
	names := broken.tests(t)
	binary := broken.build(t)
	runAll(t, names, func(name string) {
		if out, err := run(binary, name); err == nil || !strings.Contains(out, "panic:") && !strings.Contains(out, "--- FAIL: "+name) {
			t.Errorf("%s does not fail before it is fixed (%v):\n%s", name, err, out)
		}
	})
	for i := range 2 {
		fixed := newProgram(t)
		fixed.fix(t, found, i)
		binary := fixed.build(t)
		runAll(t, names, func(name string) {
			if out, err := run(binary, name); err != nil {
				t.Errorf("%s, with fix %d where there are several: %v\n%s", name, i+1, err, out)
			}
		})
	}
}

// A program is a copy of testdata/programs, as a module, below a folder src.
type program struct{ src string }

func newProgram(t *testing.T) program {
	t.Helper()
	p := program{filepath.Join(t.TempDir(), "src")}
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(p.dir(), os.DirFS("testdata/programs")); err != nil {
		t.Fatal(err)
	}
	mod := fmt.Sprintf("module programs\n\ngo 1.26.0\n\nrequire %s v0.0.0\n\nreplace %[1]s => %s\n", module, root)
	if err := os.WriteFile(filepath.Join(p.dir(), "go.mod"), []byte(mod), 0o666); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p program) dir() string { return filepath.Join(p.src, "programs") }

func (p program) env() []string { return append(os.Environ(), "GOWORK=off", "GOFLAGS=") }

// findings are those of all passes.
func (p program) findings(t *testing.T) []located {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: p.dir(), Env: p.env()}, ".")
	if err != nil {
		t.Fatal(err)
	}
	return findings(analyzeAll(t, pkgs), "")
}

// fix applies the i-th fix of each finding, or its last if there are fewer. The files
// of findings are relative.
func (p program) fix(t *testing.T, found []located, i int) {
	t.Helper()
	var chosen []finding.Finding
	for _, f := range inside(found, p.src) {
		if n := len(f.Fixes); n > 0 {
			f.Fixes = f.Fixes[min(i, n-1):][:1]
			chosen = append(chosen, f.Finding)
		}
	}
	changes, applied := fix.Plan(finding.Sort(chosen), finding.NewSources())
	if applied < len(chosen) {
		t.Errorf("%d of %d fixes can be applied", applied, len(chosen))
	}
	if err := fix.Write(changes); err != nil {
		t.Fatal(err)
	}
}

// build builds the tests and returns the binary.
func (p program) build(t *testing.T) string {
	t.Helper()
	name := filepath.Join(p.src, "programs.test")
	cmd := exec.Command("go", "test", "-race", "-c", "-o", name)
	cmd.Dir, cmd.Env = p.dir(), p.env()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("building the programs: %v\n%s", err, out)
	}
	return name
}

// tests are the names of the tests.
func (p program) tests(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(p.dir(), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllSubmatch(source, -1) {
			names = append(names, string(m[1]))
		}
	}
	if len(names) < 20 {
		t.Fatalf("there are only %d tests", len(names))
	}
	return names
}

// runAll calls f with each name, a few at a time.
func runAll(t *testing.T, names []string, f func(name string)) {
	t.Helper()
	var wg sync.WaitGroup
	permits := make(chan struct{}, 4)
	for _, name := range names {
		permits <- struct{}{}
		wg.Go(func() {
			defer func() { <-permits }()
			f(name)
		})
	}
	wg.Wait()
}

// run runs one test of a binary.
func run(binary, name string) (string, error) {
	out, err := exec.Command(binary, "-test.run=^"+name+"$", "-test.timeout=1m").CombinedOutput()
	return string(out), err
}

// checkProven checks that there is a program for each rule that offers a fix in the
// test data.
func checkProven(t *testing.T, found []located) {
	t.Helper()
	var proven []string
	for _, f := range found {
		if len(f.Fixes) > 0 {
			proven = append(proven, f.Name())
		}
	}
	for _, f := range strictFindings(t) {
		if name := f.Name(); len(f.Fixes) > 0 && !slices.Contains(proven, name) && !slices.Contains(unproven, name) {
			t.Errorf("no program has a fix of %s", name)
			proven = append(proven, name) // say it once
		}
	}
}
