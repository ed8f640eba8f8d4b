// Package checktest runs the analyzers over the data that all tests share,
// testdata/src at the root of the module, and holds what they report to the
// grammar of messages.
//
// The data is a GOPATH-style tree: the files of testdata/src/chanleak/basic
// are package "chanleak/basic", which others import by that name. Besides the
// standard library they may import the companion library, by its real path.
package checktest

import (
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
)

// Run applies a to cases, which are packages of the shared data or, with a
// final "/...", all packages below a folder. Facts pass between the cases and
// what they import. Each diagnostic and fact must have its "// want" comment,
// as package analysistest describes, and each text must keep the grammar
// of messages.
func Run(t *testing.T, a *analysis.Analyzer, cases ...string) []*analysistest.Result {
	t.Helper()
	return run(t, moduleRoot(t), a, cases)
}

// RunFixes is like Run and also holds the suggested fixes to the golden files
// next to the cases, as [analysistest.RunWithSuggestedFixes] does. It then
// applies the first fix of each diagnostic: the result must compile, be
// formatted, and leave a with only those diagnostics that had no fix.
func RunFixes(t *testing.T, a *analysis.Analyzer, cases ...string) []*analysistest.Result {
	t.Helper()
	return runFixes(t, moduleRoot(t), a, cases)
}

// WithFlags sets flags of a, each "name=value", until the test ends. The test
// must not run in parallel with others that use a.
func WithFlags(t testing.TB, a *analysis.Analyzer, settings ...string) {
	t.Helper()
	for _, setting := range settings {
		name, value, _ := strings.Cut(setting, "=")
		f := a.Flags.Lookup(name)
		if f == nil {
			t.Fatalf("analyzer %s has no flag %q", a.Name, name)
		}
		old := f.Value.String()
		if err := f.Value.Set(value); err != nil {
			t.Fatalf("setting flag %s of %s: %v", name, a.Name, err)
		}
		t.Cleanup(func() { restore(t, f, old) })
	}
}

func restore(t testing.TB, f *flag.Flag, value string) {
	if err := f.Value.Set(value); err != nil {
		t.Errorf("restoring flag %s to %q: %v", f.Name, value, err)
	}
}

// A tester is the part of [testing.T] that checks of this package need, so
// that its own tests can watch them fail.
type tester interface {
	Errorf(format string, args ...any)
	TempDir() string
}

func run(t tester, root string, a *analysis.Analyzer, cases []string) []*analysistest.Result {
	tr := &tree{root: root}
	dir, patterns, err := tr.prepare(t, cases)
	if err != nil {
		t.Errorf("test data: %v", err)
		return nil
	}
	results := analysistest.Run(t, dir, a, patterns...)
	checkResults(t, a, results)
	return results
}

func runFixes(t tester, root string, a *analysis.Analyzer, cases []string) []*analysistest.Result {
	tr := &tree{root: root}
	dir, patterns, err := tr.prepare(t, cases)
	if err != nil {
		t.Errorf("test data: %v", err)
		return nil
	}
	results := analysistest.RunWithSuggestedFixes(t, dir, a, patterns...)
	checkResults(t, a, results)
	checkFixed(t, tr, dir, a, patterns, results)
	return results
}

// checkResults holds all texts in results to the grammar.
func checkResults(t tester, a *analysis.Analyzer, results []*analysistest.Result) {
	for _, res := range results {
		for _, d := range res.Action.Diagnostics {
			if err := checkDiagnostic(a, d); err != nil {
				p := res.Action.Package.Fset.Position(d.Pos)
				t.Errorf("%s:%d: %v", filepath.Base(p.Filename), p.Line, err)
			}
		}
	}
}

// checkDiagnostic reports the first fault of d, which a reported.
func checkDiagnostic(a *analysis.Analyzer, d analysis.Diagnostic) error {
	if err := CheckMessage(a.Name, d.Message); err != nil {
		return fmt.Errorf("message %q %w", d.Message, err)
	}
	if d.Category == "" {
		return fmt.Errorf("message %q has no category", d.Message)
	}
	for _, info := range d.Related {
		if err := checkRelated(info.Message); err != nil {
			return fmt.Errorf("related message %q %w", info.Message, err)
		}
	}
	var seen []string
	for _, fix := range d.SuggestedFixes {
		if err := CheckFix(fix.Message); err != nil {
			return fmt.Errorf("fix %q %w", fix.Message, err)
		}
		if slices.Contains(seen, fix.Message) {
			return fmt.Errorf("fix %q is offered twice", fix.Message)
		}
		seen = append(seen, fix.Message)
	}
	return nil
}
