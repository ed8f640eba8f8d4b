package docs_test

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A comment above a block of the guide says where the block comes from:
//
//	<!-- code examples/actor: deposit, bank.deposit -->
//	<!-- output examples/pitfalls/wrong: Lock -->
//	<!-- report examples/pitfalls/wrong/lockacrossblock.go -->
//	<!-- rows performance.md: mpsc, one goroutine; oneshot, value present -->
//
// Code is declarations of a package, output is what an example prints, a report
// is that of chanlint, and rows are those of a table.
var marked = regexp.MustCompile("(?ms)^<!-- (\\w+) ([\\w./-]+)(?:: ([^\n]*?))? -->(?:\n\n```\\w*\n.*?^```|\n(?:\n\\|[^\n]*)+)?")

// TestGuide checks that docs/guide.md shows the code of the examples, which are
// compiled and run, what they print, and what chanlint says of them.
func TestGuide(t *testing.T) {
	page := read(t, "guide.md")
	g := guide{T: t, reports: pitfallReports(t)}
	got := marked.ReplaceAllStringFunc(page, g.block)
	if *update {
		write(t, "guide.md", got)
	}
	if diff := cmp.Diff(read(t, "guide.md"), got); diff != "" {
		t.Errorf("guide.md is out of date, run go test ./docs -update (-page +examples):\n%s", diff)
	}
	for file := range g.reports {
		t.Errorf("guide.md does not show the report in %s", file)
	}
	unmarked := marked.ReplaceAllString(got, "")
	for _, m := range fence.FindAllStringSubmatch(unmarked, -1) {
		if m[1] != "sh" {
			t.Errorf("guide.md has code that comes from nowhere:\n%s", m[2])
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^go (?:run|test) .*?\./(\S+)`).FindAllStringSubmatch(unmarked, -1) {
		if _, err := os.Stat(filepath.Join(root, strings.TrimSuffix(m[1], "/..."))); err != nil {
			t.Errorf("guide.md: %s: %v", m[0], err)
		}
	}
}

// A guide makes the blocks of the guide.
type guide struct {
	*testing.T
	reports map[string]string // by file; those not shown yet
}

// block returns a block with the comment above it, made anew.
func (g guide) block(old string) string {
	m := marked.FindStringSubmatch(old)
	kind, from, what := m[1], m[2], m[3]
	text := ""
	switch kind {
	case "code":
		text = "```go\n" + g.code(from, strings.Split(what, ", ")) + "```"
	case "output":
		text = "```text\n" + g.output(from, what) + "```"
	case "report":
		if g.reports[from] == "" {
			g.Errorf("chanlint has no report, or no further one, in %s", from)
		}
		text = "```text\n" + g.reports[from] + "```"
		delete(g.reports, from)
	case "rows":
		text = tableRows(g.T, from, strings.Split(what, "; "))
	default:
		g.Errorf("guide.md has a block of kind %q", kind)
	}
	head, _, _ := strings.Cut(old, "\n")
	return head + "\n\n" + text
}

// code returns declarations of a package, in the order in which they are named.
func (g guide) code(dir string, names []string) string {
	g.Helper()
	decls := make(map[string]string)
	for _, file := range g.files(dir, "*.go") {
		src := read(g.T, file)
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, file, src, parser.ParseComments)
		if err != nil {
			g.Fatal(err)
		}
		for _, decl := range f.Decls {
			from := decl.Pos()
			if doc := docOf(decl); doc != nil {
				from = doc.Pos()
			}
			decls[name(decl)] = src[fset.Position(from).Offset:fset.Position(decl.End()).Offset] + "\n"
		}
	}
	var all []string
	for _, name := range names {
		if decls[name] == "" {
			g.Errorf("%s declares no %s", dir, name)
		}
		all = append(all, decls[name])
	}
	return strings.Join(all, "\n")
}

func docOf(decl ast.Decl) *ast.CommentGroup {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		return decl.Doc
	case *ast.GenDecl:
		return decl.Doc
	}
	return nil
}

// output returns what an example prints, which go test compares.
func (g guide) output(dir, name string) string {
	g.Helper()
	var files []*ast.File
	for _, file := range g.files(dir, "*_test.go") {
		f, err := parser.ParseFile(token.NewFileSet(), file, read(g.T, file), parser.ParseComments)
		if err != nil {
			g.Fatal(err)
		}
		files = append(files, f)
	}
	for _, e := range doc.Examples(files...) {
		if e.Name == name && e.Output != "" {
			return e.Output
		}
	}
	g.Errorf("%s has no example %q with output", dir, name)
	return ""
}

// files returns the files of a folder of the module that match a pattern.
func (g guide) files(dir, pattern string) []string {
	g.Helper()
	files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(dir), pattern))
	if err != nil || len(files) == 0 {
		g.Errorf("%s has no files %s (%v)", dir, pattern, err)
	}
	return files
}

// pitfallReports returns what chanlint reports of the pitfalls, by file: once
// for each that is wrong, by the pass that the file is named after, and never
// for one that is right.
func pitfallReports(t *testing.T) map[string]string {
	t.Helper()
	wrong, err := filepath.Glob(filepath.Join(root, "examples/pitfalls/*/*.go"))
	if err != nil || len(wrong) < 14 {
		t.Fatalf("found %d files of pitfalls (%v)", len(wrong), err)
	}
	for _, file := range wrong { // so that the test cache knows what the command reads
		read(t, file)
	}
	reports := make(map[string]string)
	t.Run("reports", func(t *testing.T) {
		for line := range strings.Lines(run(t, root, "-o", "line", "./examples/pitfalls/...")) {
			file, _, _ := strings.Cut(line, ":")
			file = filepath.ToSlash(file)
			pass := strings.TrimSuffix(path.Base(file), ".go")
			if path.Dir(file) != "examples/pitfalls/wrong" || reports[file] != "" || !strings.HasSuffix(line, "("+pass+")\n") {
				t.Errorf("unexpected report %s", line)
			}
			reports[file] = filepath.ToSlash(line)
		}
	})
	return reports
}

// tableRows returns the rows of a page's tables that have one of some names, under
// the head of the table.
func tableRows(t *testing.T, page string, names []string) string {
	t.Helper()
	lines := strings.Split(read(t, page), "\n")
	head := ""
	var all []string
	for _, name := range names {
		i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "| "+name+" | ") })
		if i < 0 {
			t.Errorf("%s has no row %q", page, name)
			continue
		}
		first := i
		for strings.HasPrefix(lines[first-1], "|") {
			first--
		}
		table := lines[first] + "\n" + lines[first+1] + "\n"
		if head != "" && head != table {
			t.Errorf("%s: the row %q is in another kind of table", page, name)
		}
		head = table
		all = append(all, lines[i])
	}
	return head + strings.Join(all, "\n")
}

// TestGuidePasses checks that the table of symptoms leads to every pass.
func TestGuidePasses(t *testing.T) {
	_, symptoms, _ := strings.Cut(read(t, "guide.md"), "\n## Symptoms\n")
	symptoms, _, _ = strings.Cut(symptoms, "\n## ")
	passes := make(map[string]bool)
	for _, m := range regexp.MustCompile(`\]\(passes\.md#(\w+)`).FindAllStringSubmatch(symptoms, -1) {
		passes[m[1]] = true
	}
	var want []string
	for _, a := range documented() {
		if a.Name != "suppression" {
			want = append(want, a.Name)
		}
	}
	slices.Sort(want)
	checkList(t, "the table of symptoms in guide.md", slices.Sorted(maps.Keys(passes)), want)
}

// TestExamplesList checks that the page about the examples lists all of them.
func TestExamplesList(t *testing.T) {
	dirs, err := os.ReadDir(filepath.Join(root, "examples"))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, dir := range dirs {
		if dir.IsDir() {
			want = append(want, fmt.Sprintf("[%s](%s)", dir.Name(), dir.Name()))
		}
	}
	slices.Sort(want)
	checkList(t, "the table in examples/README.md", cells(read(t, filepath.Join(root, "examples/README.md")), `(\[[\w-]+\]\([\w-]+\))`), want)
}
