package chanlint_test

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/chanlint/chanlint"
	"github.com/chanlint/chanlint/internal/finding"
	"github.com/chanlint/chanlint/internal/fix"
)

// mostRounds is how often fixes are applied: of two that touch the same code the
// second waits for the result of the first.
const mostRounds = 3

// TestFixes applies the suggested fixes to the test data of all passes, as the
// command does: the first of each finding, and then each other one. The result must
// compile, be formatted, keep its comments, and leave no finding that had a fix.
func TestFixes(t *testing.T) {
	n := 0
	for _, f := range strictFindings(t) {
		n = max(n, len(f.Fixes))
	}
	if n < 2 {
		t.Errorf("no finding has more than %d fixes", n)
	}
	for i := range n {
		t.Run(fmt.Sprint("alternative ", i+1), func(t *testing.T) {
			src := filepath.Join(t.TempDir(), "src")
			if err := os.CopyFS(src, os.DirFS("testdata/src")); err != nil {
				t.Fatal(err)
			}
			applyAll(t, src, fixable(inside(strictFindings(t), src), i), i)
		})
	}
}

var strictOnce struct {
	sync.Once
	found []located
}

// strictFindings are those in the test data, with all passes strict. Their files are
// relative.
func strictFindings(t *testing.T) []located {
	t.Helper()
	setStrict(t)
	strictOnce.Do(func() { strictOnce.found = findings(analyze(t), "") })
	return strictOnce.found
}

// inside returns findings whose files are those below src.
func inside(found []located, src string) []located {
	found = slices.Clone(found)
	for i, f := range found {
		found[i].File = filepath.Join(src, f.File)
		found[i].Fixes = slices.Clone(f.Fixes)
		for j, x := range f.Fixes {
			x.Edits = slices.Clone(x.Edits)
			for k := range x.Edits {
				x.Edits[k].File = filepath.Join(src, x.Edits[k].File)
			}
			found[i].Fixes[j] = x
		}
	}
	return found
}

// TestFixTable checks that the manual lists the rules that offer fixes.
func TestFixTable(t *testing.T) {
	page, err := os.ReadFile("docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "\n| finding | fix |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	listed := make(map[string]bool)
	for line := range strings.Lines(table) {
		_, cell, _ := strings.Cut(line, "| ")
		cell, _, _ = strings.Cut(cell, " |")
		for name := range strings.SplitSeq(cell, ", ") {
			if name != "" {
				listed[name] = true
			}
		}
	}
	offered := make(map[string]bool)
	for _, f := range strictFindings(t) {
		if len(f.Fixes) > 0 {
			offered[f.Name()] = true
		}
	}
	if diff := gocmp.Diff(offered, listed); diff != "" {
		t.Errorf("rules with fixes (-offered +listed in docs/cli.md):\n%s", diff)
	}
}

// setStrict has all passes report what needs a closer look, until the test ends.
func setStrict(t *testing.T) {
	t.Helper()
	for _, a := range chanlint.Passes() {
		if err := a.Flags.Set("strict", "true"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { a.Flags.Set("strict", "false") })
	}
}

// applyAll applies the i-th fix of each finding that has it to the files in src,
// again and again until no more is left to do.
func applyAll(t *testing.T, src string, found []located, i int) {
	passes := passesOf(found)
	for round := range mostRounds {
		chosen, others := choose(found, i)
		if len(chosen) == 0 {
			return
		}
		changes, applied := fix.Plan(chosen, finding.NewSources())
		t.Logf("round %d: %d of %d fixes in %d files", round+1, applied, len(chosen), len(changes))
		if applied == 0 {
			t.Fatalf("of %d fixes none can be applied: %s", len(chosen), chosen[0].Message)
		}
		for _, c := range changes {
			checkChange(t, c)
		}
		if err := fix.Write(changes); err != nil {
			t.Fatal(err)
		}
		pkgs, err := loadData(src, passes)
		if err != nil {
			t.Fatal(err)
		}
		found = slices.DeleteFunc(findings(analyzeAll(t, pkgs), src), func(f located) bool {
			return !slices.ContainsFunc(passes, func(a *analysis.Analyzer) bool { return a.Name == f.Pass })
		})
		checkLeft(t, found, others, len(chosen)-applied)
		if t.Failed() {
			return
		}
	}
	t.Errorf("after %d rounds there are findings with fixes", mostRounds)
}

// fixable are the findings of those passes that offer an i-th fix.
func fixable(found []located, i int) []located {
	offers := make(map[string]bool)
	for _, f := range found {
		offers[f.Pass] = offers[f.Pass] || i < len(f.Fixes)
	}
	return slices.DeleteFunc(found, func(f located) bool { return !offers[f.Pass] })
}

// passesOf are the passes that findings are of.
func passesOf(found []located) []*analysis.Analyzer {
	return slices.DeleteFunc(chanlint.Passes(), func(a *analysis.Analyzer) bool {
		return !slices.ContainsFunc(found, func(f located) bool { return f.Pass == a.Name })
	})
}

// choose returns the findings that have an i-th fix, with that alone, and how many of
// the others there are at each place.
func choose(found []located, i int) (chosen []finding.Finding, others map[string]int) {
	others = make(map[string]int)
	for _, f := range found {
		if i < len(f.Fixes) {
			f.Fixes = f.Fixes[i : i+1]
			chosen = append(chosen, f.Finding)
		} else {
			others[f.at]++
		}
	}
	return finding.Sort(chosen), others
}

// checkLeft checks that of the findings that had a fix no more are left than had to
// wait. It knows the others by the function that they are in.
func checkLeft(t *testing.T, found []located, others map[string]int, waiting int) {
	t.Helper()
	others = maps.Clone(others)
	var left []string
	for _, f := range found {
		if others[f.at] > 0 {
			others[f.at]--
		} else {
			left = append(left, f.Message)
		}
	}
	if len(left) > waiting {
		t.Errorf("%d findings are left or new, want %d:\n%s", len(left), waiting, strings.Join(left, "\n"))
	}
}

// checkChange checks that a file is formatted and has all comments that it had, but
// for those in code that goes.
func checkChange(t *testing.T, c fix.Change) {
	t.Helper()
	name := relative(c.File)
	if formatted, err := format.Source([]byte(c.New)); err != nil || string(formatted) != c.New {
		t.Errorf("%s is not formatted (%v):\n%s", name, err, c.New)
		return
	}
	is := comments(t, c.New)
	for text, n := range comments(t, c.Old) {
		if is[text] < n && !strings.HasPrefix(text, "// want ") {
			t.Errorf("%s lost a comment: %s", name, text)
		}
	}
}

// comments counts the comments of a file.
func comments(t *testing.T, source string) map[string]int {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]int)
	for _, g := range f.Comments {
		for _, c := range g.List {
			all[c.Text]++
		}
	}
	return all
}

// A located finding knows its function.
type located struct {
	finding.Finding
	at string // pass, category, package and function
}

// findings are the diagnostics of the passes, in files below src.
func findings(actions []*checker.Action, src string) []located {
	var out []located
	for _, act := range actions {
		if !slices.Contains(chanlint.Passes(), act.Analyzer) {
			continue
		}
		fset := act.Package.Fset
		for _, d := range act.Diagnostics {
			f := finding.Finding{Pass: act.Analyzer.Name, Category: d.Category, Package: act.Package.PkgPath}
			pos := fset.Position(d.Pos)
			f.Message = fmt.Sprintf("%s:%d: %s", relative(pos.Filename), pos.Line, d.Message)
			f.Place = finding.Place{File: filepath.Join(src, relative(pos.Filename)), Start: finding.Position{Line: pos.Line, Column: pos.Column}}
			for _, s := range d.SuggestedFixes {
				f.Fixes = append(f.Fixes, finding.Fix{Message: s.Message, Edits: edits(fset, s, src)})
			}
			fn := functionAt(act.Package.Syntax, d.Pos)
			out = append(out, located{f, f.Name() + " " + f.Package + "." + fn})
		}
	}
	return out
}

func edits(fset *token.FileSet, s analysis.SuggestedFix, src string) []finding.Edit {
	var out []finding.Edit
	for _, e := range s.TextEdits {
		file := fset.File(e.Pos)
		out = append(out, finding.Edit{
			File: filepath.Join(src, relative(file.Name())), Start: file.Offset(e.Pos), End: file.Offset(max(e.Pos, e.End)), New: string(e.NewText),
		})
	}
	return out
}

// relative is the path of a file of the test data below a folder src.
func relative(name string) string {
	_, rel, _ := strings.Cut(filepath.ToSlash(name), "/src/")
	return rel
}

// functionAt is the function around pos, with its receiver.
func functionAt(files []*ast.File, pos token.Pos) string {
	for _, f := range files {
		for _, d := range f.Decls {
			fd, ok := d.(*ast.FuncDecl)
			if !ok || pos < fd.Pos() || fd.End() <= pos {
				continue
			}
			if fd.Recv == nil {
				return fd.Name.Name
			}
			recv := fd.Recv.List[0].Type
			if star, ok := recv.(*ast.StarExpr); ok {
				recv = star.X
			}
			return types.ExprString(recv) + "." + fd.Name.Name
		}
	}
	return ""
}
