package docs_test

import (
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint"
	"github.com/chanlint/chanlint/internal/report"
	"github.com/chanlint/chanlint/internal/suppress"
)

const passesHead = `# The passes

<!-- Made from the doc.go files of the passes by "go test ./docs -update". -->

This page is what ` + "`chanlint help PASS`" + ` prints, for all passes. Each
report leads to its category here. Rules that are not certain enough for
everybody are behind ` + "`-strict`" + `.

`

// TestPasses checks that docs/passes.md is what the manuals say.
func TestPasses(t *testing.T) {
	var b strings.Builder
	b.WriteString(passesHead)
	for _, a := range documented() {
		title, _, _ := strings.Cut(a.Doc, "\n")
		name, what, _ := strings.Cut(title, ": ")
		fmt.Fprintf(&b, "* [%s](#%s): %s\n", name, name, what)
	}
	for _, a := range chanlint.Passes() {
		writePass(&b, a)
	}
	writePass(&b, suppression())
	b.WriteString("\n" + read(t, "testdata/suppression.md"))

	got := b.String()
	if *update {
		if err := os.WriteFile("passes.md", []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if want := read(t, "passes.md"); got != want {
		t.Error("passes.md is not what the manuals say: run go test ./docs -update")
	}
}

// documented returns the analyzers that report.
func documented() []*analysis.Analyzer { return append(chanlint.Passes(), suppression()) }

// suppression returns the analyzer that checks directives.
func suppression() *analysis.Analyzer {
	all := chanlint.Analyzers()
	i := slices.IndexFunc(all, func(a *analysis.Analyzer) bool { return a.Name == "suppression" })
	return all[i]
}

func writePass(b *strings.Builder, a *analysis.Analyzer) {
	fmt.Fprintf(b, "\n## %s\n", a.Name)
	printer := &comment.Printer{HeadingLevel: 3, HeadingID: func(*comment.Heading) string { return "" }}
	for i, block := range manual(a).Content {
		b.WriteString("\n")
		switch block := block.(type) {
		case *comment.Code:
			fmt.Fprintf(b, "```go\n%s```\n", block.Text)
			continue
		case *comment.Heading:
			if text := headingText(block); isCategory(text) {
				block.Text = []comment.Text{comment.Plain(a.Name + " " + text)}
			}
		}
		text := string(printer.Markdown(&comment.Doc{Content: []comment.Block{block}}))
		if i == 0 {
			text = strings.TrimSpace(strings.TrimPrefix(text, a.Name+": "))
			text = strings.ToUpper(text[:1]) + text[1:] + ".\n"
		}
		b.WriteString(text)
	}
	heading := "\nFlags:\n\n"
	a.Flags.VisitAll(func(f *flag.Flag) {
		fmt.Fprintf(b, "%s* `-%s.%s`: %s\n", heading, a.Name, f.Name, f.Usage)
		heading = ""
	})
}

// manual returns the documentation of an analyzer, as parsed anew.
func manual(a *analysis.Analyzer) *comment.Doc { return new(comment.Parser).Parse(a.Doc) }

func headingText(h *comment.Heading) string {
	var b strings.Builder
	for _, text := range h.Text {
		if plain, ok := text.(comment.Plain); ok {
			b.WriteString(string(plain))
		}
	}
	return b.String()
}

// isCategory reports whether a heading of a manual is the name of a category
// and not a title.
func isCategory(heading string) bool {
	return strings.ToLower(heading) == heading && !strings.Contains(heading, " ")
}

// TestTitles checks the first line of each manual.
func TestTitles(t *testing.T) {
	form := regexp.MustCompile(`^[a-z]+: [a-z].*[^.]$`)
	for _, a := range documented() {
		title, _, _ := strings.Cut(a.Doc, "\n")
		if !form.MatchString(title) || !strings.HasPrefix(title, a.Name+": ") {
			t.Errorf("title of %s is %q, want %q", a.Name, title, a.Name+": verb phrase")
		}
		if phrase := strings.TrimPrefix(title, a.Name+": "); len(phrase) > 60 {
			t.Errorf("title of %s has %d letters, want 60 at most", a.Name, len(phrase))
		}
	}
}

// TestCategories checks that the URL of each category leads to a heading, and
// that each heading that looks like a category is one.
func TestCategories(t *testing.T) {
	categories := map[string][]string{"suppression": {suppress.Malformed, suppress.Unused}}
	for _, a := range chanlint.Passes() {
		categories[a.Name] = categoriesOf(t, a.Name)
		var headings []string
		for _, block := range manual(a).Content {
			if h, ok := block.(*comment.Heading); ok && isCategory(headingText(h)) {
				headings = append(headings, headingText(h))
			}
		}
		slices.Sort(headings)
		checkList(t, a.Name+"/doc.go", headings, categories[a.Name])
	}
	anchors := anchors(read(t, "passes.md"))
	for _, a := range documented() {
		for _, category := range append(categories[a.Name], "") {
			u, err := url.Parse(report.URL(a.Name, category))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(anchors, u.Fragment) {
				t.Errorf("%s leads to no heading of passes.md", u)
			}
		}
	}
}

// categoriesOf returns the string constants that the source of a pass declares
// in a group whose comment starts with "Categories", sorted.
func categoriesOf(t *testing.T, pass string) []string {
	t.Helper()
	file := filepath.Join(root, "passes", pass, pass+".go")
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, decl := range f.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST || !strings.HasPrefix(group.Doc.Text(), "Categories") {
			continue
		}
		for _, spec := range group.Specs {
			for _, value := range spec.(*ast.ValueSpec).Values {
				name, err := strconv.Unquote(value.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatalf("%s: category %v: %v", file, value, err)
				}
				all = append(all, name)
			}
		}
	}
	if len(all) == 0 {
		t.Errorf("%s declares no group of constants whose comment starts with \"Categories\"", file)
	}
	slices.SortFunc(all, cmp.Compare[string])
	return all
}

// anchors returns what the headings of a page are linked by.
func anchors(page string) []string {
	notInAnchor := regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	var all []string
	for _, line := range proseLines(page) {
		if text, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && line[0] == '#' {
			text = notInAnchor.ReplaceAllString(strings.ToLower(text), "")
			all = append(all, strings.ReplaceAll(text, " ", "-"))
		}
	}
	return all
}

// proseLines returns the lines of a page that are not in a block of code.
func proseLines(page string) []string {
	var lines []string
	inCode := false
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "```") {
			inCode = !inCode
		} else if !inCode {
			lines = append(lines, strings.TrimRight(line, "\n"))
		}
	}
	return lines
}
