package checktest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/packages"
)

// checkFixed applies the first fix of each diagnostic in results and checks
// what a says of the outcome.
func checkFixed(t tester, tr *tree, dir string, a *analysis.Analyzer, patterns []string, results []*analysistest.Result) {
	edits, unfixed := firstFixes(results)
	if len(edits) == 0 {
		t.Errorf("%s suggested no fix", a.Name)
		return
	}
	changed := make(map[string][]byte)
	for _, name := range slices.Sorted(maps.Keys(edits)) {
		rel, content, err := fixFile(dir, name, edits[name])
		if err != nil {
			t.Errorf("first fixes of %s: %v", rel, err)
			return
		}
		changed[rel] = content
	}
	fixed := t.TempDir()
	if err := tr.link(fixed, changed); err != nil {
		t.Errorf("writing the fixed files: %v", err)
		return
	}
	checkSilent(t, fixed, a, patterns, unfixed)
}

// firstFixes returns the edits of the first fixes in results, by file, and
// the number of diagnostics without a fix, by category.
func firstFixes(results []*analysistest.Result) (edits map[string][]edit, unfixed map[string]int) {
	edits, unfixed = make(map[string][]edit), make(map[string]int)
	seen := make(map[string]bool)
	for _, res := range results {
		fset := res.Action.Package.Fset
		for _, d := range res.Action.Diagnostics {
			key := fmt.Sprint(fset.Position(d.Pos), d.Category)
			switch {
			case seen[key]:
				// The package is there once more, with its tests.
			case len(d.SuggestedFixes) == 0:
				unfixed[d.Category]++
			default:
				addEdits(edits, fset, d.SuggestedFixes[0])
			}
			seen[key] = true
		}
	}
	return edits, unfixed
}

func addEdits(edits map[string][]edit, fset *token.FileSet, fix analysis.SuggestedFix) {
	for _, e := range fix.TextEdits {
		file := fset.File(e.Pos)
		end := max(e.Pos, e.End) // End may be absent
		edits[file.Name()] = append(edits[file.Name()],
			edit{file.Offset(e.Pos), file.Offset(end), string(e.NewText)})
	}
}

// checkSilent runs a over the packages of the GOPATH dir, which must have no
// error, and wants as many diagnostics of each category as given.
func checkSilent(t tester, dir string, a *analysis.Analyzer, patterns []string, want map[string]int) {
	pkgs, err := packages.Load(&packages.Config{
		Mode:  packages.LoadAllSyntax | packages.NeedModule,
		Dir:   dir,
		Tests: true,
		Env:   append(os.Environ(), "GOPATH="+dir, "GO111MODULE=off", "GOWORK=off"),
	}, patterns...)
	if err != nil {
		t.Errorf("loading the fixed packages: %v", err)
		return
	}
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			t.Errorf("after the first fixes: %v", err)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Errorf("after the first fixes: %v", err)
		return
	}
	got := make(map[string][]string)
	seen := make(map[string]bool)
	for _, root := range graph.Roots {
		for _, d := range root.Diagnostics {
			p := root.Package.Fset.Position(d.Pos)
			text := fmt.Sprintf("%s:%d:%d: %s", filepath.Base(p.Filename), p.Line, p.Column, d.Message)
			if !seen[text+p.Filename] {
				seen[text+p.Filename] = true
				got[d.Category] = append(got[d.Category], text)
			}
		}
	}
	for _, category := range slices.Sorted(maps.Keys(got)) {
		if n := len(got[category]); n > want[category] {
			t.Errorf("after the first fixes there are %d diagnostics of category %s, want %d:\n\t%s",
				n, category, want[category], strings.Join(got[category], "\n\t"))
		}
	}
}

// An edit replaces the bytes from start to end.
type edit struct {
	start, end int
	text       string
}

// fixFile applies edits to the named file below the GOPATH dir and returns
// its path relative to dir/src.
func fixFile(dir, name string, edits []edit) (rel string, content []byte, err error) {
	rel, err = filepath.Rel(filepath.Join(dir, "src"), name)
	if err != nil {
		return name, nil, err
	}
	rel = filepath.ToSlash(rel)
	source, err := os.ReadFile(name)
	if err != nil {
		return rel, nil, err
	}
	content, err = apply(source, edits)
	if err != nil {
		return rel, nil, err
	}
	formatted, err := format.Source(content)
	if err != nil {
		return rel, nil, fmt.Errorf("%w in\n%s", err, content)
	}
	if !bytes.Equal(unalign(formatted), unalign(content)) {
		return rel, nil, fmt.Errorf("not formatted:\n%s", content)
	}
	content, err = removeUnusedImports(rel, content)
	return rel, content, err
}

// inner is white space inside a line.
var inner = regexp.MustCompile(`(\S)[ \t]+`)

// unalign reduces the white space inside lines to single spaces: a fix cannot
// be asked to align the comments of the lines around it.
func unalign(source []byte) []byte {
	return inner.ReplaceAll(source, []byte("$1 "))
}

// apply returns source with edits applied. Equal edits, as two diagnostics
// that need the same import have, count once.
func apply(source []byte, edits []edit) ([]byte, error) {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return a.end - b.end
	})
	edits = slices.Compact(edits)
	var out []byte
	done := 0
	for _, e := range edits {
		if e.start < done {
			return nil, fmt.Errorf("edit %q at offset %d overlaps the one before it", e.text, e.start)
		}
		out = append(out, source[done:e.start]...)
		out = append(out, e.text...)
		done = e.end
	}
	return append(out, source[done:]...), nil
}

// removeUnusedImports does what drivers do when they apply fixes.
func removeUnusedImports(name string, source []byte) ([]byte, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, source, parser.ParseComments) // and objects, for UsesImport
	if err != nil {
		return nil, err
	}
	removed := false
	for _, spec := range slices.Clone(f.Imports) {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		if !astutil.UsesImport(f, path) {
			removed = deleteImport(fset, f, spec, path) || removed
		}
	}
	if !removed {
		return source, nil
	}
	var buf bytes.Buffer
	err = format.Node(&buf, fset, f)
	return buf.Bytes(), err
}

func deleteImport(fset *token.FileSet, f *ast.File, spec *ast.ImportSpec, path string) bool {
	name := ""
	if spec.Name != nil {
		name = spec.Name.Name
	}
	return astutil.DeleteNamedImport(fset, f, name, path)
}
