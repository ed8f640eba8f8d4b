package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/chanlint/chanlint"
	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/internal/finding"
)

// TestDrivers checks that every driver finds the same in the test data of all
// passes: places, messages, other places and fixes. That golangci-lint does,
// too, is checked in testdata/golangci, a module of its own.
func TestDrivers(t *testing.T) {
	if testing.Short() {
		t.Skip("the test data is analyzed three times")
	}
	dir, patterns := checktest.Workspace(t, filepath.Join("..", ".."))
	want := byChecker(t, dir, patterns)
	if len(want) < 300 {
		t.Errorf("%d findings in the test data, want more", len(want))
	}
	for _, a := range chanlint.Passes() {
		ofPass := func(f string) bool { return strings.Contains(f, ": "+a.Name+"/") }
		if !slices.ContainsFunc(want, ofPass) {
			t.Errorf("nothing is found by %s", a.Name)
		}
	}
	for _, driver := range []struct {
		name string
		find func(t *testing.T, dir string, patterns []string) []string
	}{
		{"go vet -vettool", byVetTool},
		{"chanlint", byCommand},
	} {
		if diff := cmp.Diff(want, driver.find(t, dir, patterns)); diff != "" {
			t.Errorf("%s (-checker +%[1]s):\n%s", driver.name, diff)
		}
	}
}

// environment is that of a workspace without network.
func environment() []string {
	return append(os.Environ(), "GOWORK=", "GOFLAGS=", "GOPROXY=off")
}

// byChecker analyzes the packages in this process, from their sources.
func byChecker(t *testing.T, dir string, patterns []string) []string {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Mode:  packages.LoadSyntax | packages.NeedModule,
		Dir:   dir,
		Env:   environment(),
		Tests: true,
	}, append(slices.Clone(patterns), "github.com/chanlint/chanlint/...")...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for _, err := range p.Errors {
			t.Fatalf("package %s: %v", p.PkgPath, err)
		}
	}
	graph, err := checker.Analyze(chanlint.Analyzers(), pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var all []finding.Finding
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatalf("%v: %v", act, act.Err)
		}
		for _, d := range act.Diagnostics {
			all = append(all, asFinding(act, d))
		}
	}
	return describe(dir, all)
}

// asFinding says of a diagnostic what go vet -json says.
func asFinding(act *checker.Action, d analysis.Diagnostic) finding.Finding {
	fset := act.Package.Fset
	place := func(pos token.Pos) finding.Place {
		start := fset.Position(pos)
		return finding.Place{File: start.Filename, Start: finding.Position{Line: start.Line, Column: start.Column}}
	}
	f := finding.Finding{Pass: act.Analyzer.Name, Category: d.Category, Message: d.Message, Place: place(d.Pos)}
	for _, rel := range d.Related {
		f.Related = append(f.Related, finding.Related{Place: place(rel.Pos), Message: rel.Message})
	}
	for _, suggested := range d.SuggestedFixes {
		fix := finding.Fix{Message: suggested.Message}
		for _, e := range suggested.TextEdits {
			start, end := fset.Position(e.Pos), fset.Position(e.End)
			fix.Edits = append(fix.Edits, finding.Edit{File: start.Filename, Start: start.Offset, End: end.Offset, New: string(e.NewText)})
		}
		f.Fixes = append(f.Fixes, fix)
	}
	return f
}

// byVetTool has the go command run chanlint on each package.
func byVetTool(t *testing.T, dir string, patterns []string) []string {
	t.Helper()
	out := output(t, dir, "go", append([]string{"vet", "-vettool=" + chanlintCommand(t), "-json"}, patterns...)...)
	findings, problems := finding.Decode(out)
	if len(problems) > 0 {
		t.Fatalf("go vet: %q", problems)
	}
	return describe(dir, findings)
}

// byCommand runs chanlint by itself.
func byCommand(t *testing.T, dir string, patterns []string) []string {
	t.Helper()
	out := output(t, dir, chanlintCommand(t), append([]string{"-config=off", "-json"}, patterns...)...)
	var report struct {
		Root     string
		Findings []struct {
			Pass, Category, Message string
			Place                   commandPlace
			Related                 []struct {
				Place   commandPlace
				Message string
			}
			Fixes []finding.Fix
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var all []finding.Finding
	for _, r := range report.Findings {
		f := finding.Finding{Pass: r.Pass, Category: r.Category, Message: r.Message, Place: r.Place.in(report.Root), Fixes: r.Fixes}
		for _, rel := range r.Related {
			f.Related = append(f.Related, finding.Related{Place: rel.Place.in(report.Root), Message: rel.Message})
		}
		for _, fix := range f.Fixes {
			for i := range fix.Edits {
				fix.Edits[i].File = filepath.Join(report.Root, filepath.FromSlash(fix.Edits[i].File))
			}
		}
		all = append(all, f)
	}
	return describe(dir, all)
}

type commandPlace struct {
	File         string
	Line, Column int
}

func (p commandPlace) in(root string) finding.Place {
	return finding.Place{File: filepath.Join(root, filepath.FromSlash(p.File)), Start: finding.Position{Line: p.Line, Column: p.Column}}
}

func chanlintCommand(t *testing.T) string {
	t.Helper()
	command, err := exec.LookPath("chanlint")
	if err != nil {
		t.Fatal(err)
	}
	return command
}

// output runs a command that may find something, and returns what it prints.
func output(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = environment()
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() != 1) {
		t.Fatalf("%s %q: %v\n%s", name, args, err, &errs)
	}
	return string(out)
}

// describe returns what there is to see of findings, each on lines of its own,
// with files relative to dir.
func describe(dir string, findings []finding.Finding) []string {
	var all []string
	for _, f := range finding.Sort(findings) {
		var b strings.Builder
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s", f.File, f.Start.Line, f.Start.Column, f.Name(), f.Message)
		for _, rel := range f.Related {
			fmt.Fprintf(&b, "\n\t%s:%d:%d: %s", rel.File, rel.Start.Line, rel.Start.Column, rel.Message)
		}
		for _, fix := range f.Fixes {
			fmt.Fprintf(&b, "\n\tfix: %s %+v", fix.Message, fix.Edits)
		}
		all = append(all, strings.ReplaceAll(b.String(), dir+string(filepath.Separator), ""))
	}
	return all
}
