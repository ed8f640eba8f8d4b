package docs_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chanlint/chanlint"
)

// An example is a pair of code blocks in a manual, under the heading of a
// category. They follow paragraphs that start with "Wrong" and "Right".
type example struct {
	pass, category string
	strict         bool // the text says that the category is for -strict
	wrong, right   string
}

func (e example) String() string { return e.pass + "/" + e.category }

// TestExamples checks that the examples of the manuals compile; that what is
// wrong is reported where, as and with the category that the manual says, and
// with -strict only if it says so; and that what is right is not, even then.
//
// The message of a report stands in comment lines below the line it is for, in
// a function. What is right replaces declarations of what is wrong.
func TestExamples(t *testing.T) {
	var all []example
	for _, a := range chanlint.Passes() {
		all = append(all, examples(t, a.Name, manual(a))...)
	}
	if len(all) == 0 {
		t.Fatal("there are no examples")
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module m\n\ngo 1.26.0\n")
	for _, e := range all {
		write(t, filepath.Join(dir, e.String(), "wrong", "doc.go"), source(t, e.wrong))
		write(t, filepath.Join(dir, e.String(), "right", "doc.go"), source(t, replace(t, e.wrong, e.right)))
	}
	normal := decode(t, run(t, dir, "-json", "./..."))
	strict := decode(t, run(t, dir, "-json", "-strict", "./..."))
	for _, e := range all {
		want := messages(t, e)
		if len(want) == 0 {
			t.Errorf("%s: the wrong example has no message", e)
		}
		pkg := "m/" + e.String()
		if diff := cmp.Diff(want, strict[pkg+"/wrong"]); diff != "" {
			t.Errorf("%s: reports with -strict (-want +got):\n%s", e, diff)
		}
		if e.strict {
			want = nil
		}
		if diff := cmp.Diff(want, normal[pkg+"/wrong"]); diff != "" {
			t.Errorf("%s: reports without -strict (-want +got):\n%s", e, diff)
		}
		if got := strict[pkg+"/right"]; len(got) > 0 {
			t.Errorf("%s: the right example is reported: %q", e, got)
		}
	}
}

// examples returns the examples in a manual. Each category must have one.
func examples(t *testing.T, pass string, doc *comment.Doc) []example {
	t.Helper()
	var all []example
	lead := "" // the paragraph before
	for _, block := range doc.Content {
		switch block := block.(type) {
		case *comment.Heading:
			if text := headingText(block); isCategory(text) {
				all = append(all, example{pass: pass, category: text})
			}
			lead = ""
		case *comment.Paragraph:
			lead = string(new(comment.Printer).Text(&comment.Doc{Content: []comment.Block{block}}))
			if len(all) > 0 && strings.Contains(lead, "With -"+pass+".strict.") {
				all[len(all)-1].strict = true
			}
		case *comment.Code:
			switch {
			case strings.HasPrefix(lead, "Wrong"):
				all[len(all)-1].wrong = block.Text
			case strings.HasPrefix(lead, "Right"):
				all[len(all)-1].right = block.Text
			}
		}
	}
	for _, e := range all {
		if e.wrong == "" || e.right == "" {
			t.Errorf("%s: the manual does not show what is wrong and what is right", e)
		}
	}
	return all
}

const clause = "package p\n\n"

func parse(t *testing.T, code string) (*token.FileSet, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "doc.go", clause+code, parser.ParseComments)
	if err != nil {
		t.Fatalf("an example does not parse: %v\n%s", err, code)
	}
	return fset, f
}

// source completes a block of code with a package clause and imports. Lines
// count from the top of the block.
func source(t *testing.T, code string) string {
	t.Helper()
	_, f := parse(t, code)
	unresolved := make(map[*ast.Ident]bool)
	for _, id := range f.Unresolved {
		unresolved[id] = true
	}
	paths := make(map[string]bool)
	for n := range ast.Preorder(f) {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		if id, ok := sel.X.(*ast.Ident); ok && unresolved[id] {
			paths[importPath(id.Name)] = true
		}
	}
	var b strings.Builder
	b.WriteString(clause)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		fmt.Fprintf(&b, "import %q\n", path)
	}
	return b.String() + "\n//line doc.go:1\n" + code
}

// importPath returns the path of a package of the standard library.
func importPath(name string) string {
	switch name {
	case "atomic":
		return "sync/atomic"
	case "http":
		return "net/http"
	case "sql":
		return "database/sql"
	case "exec":
		return "os/exec"
	}
	return name
}

// replace returns wrong with the declarations of right in the place of those
// of the same name, at the end.
func replace(t *testing.T, wrong, right string) string {
	t.Helper()
	_, f := parse(t, right)
	replaced := make(map[string]bool)
	for _, decl := range f.Decls {
		replaced[name(decl)] = true
	}
	fset, f := parse(t, wrong)
	var b strings.Builder
	for _, decl := range f.Decls {
		if !replaced[name(decl)] {
			from, to := fset.Position(decl.Pos()).Offset, fset.Position(decl.End()).Offset
			b.WriteString((clause + wrong)[from:to] + "\n\n")
		}
	}
	return b.String() + right
}

// name returns what tells a declaration from the others of its package.
func name(decl ast.Decl) string {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv == nil {
			return decl.Name.Name
		}
		recv := decl.Recv.List[0].Type
		if star, ok := recv.(*ast.StarExpr); ok {
			recv = star.X
		}
		return fmt.Sprintf("%v.%s", recv, decl.Name.Name)
	case *ast.GenDecl:
		switch spec := decl.Specs[0].(type) {
		case *ast.TypeSpec:
			return spec.Name.Name
		case *ast.ValueSpec:
			return spec.Names[0].Name
		}
	}
	return fmt.Sprintf("declaration at %d", decl.Pos())
}

// messages returns the reports that the comments of the wrong example say, in
// the form of decode.
func messages(t *testing.T, e example) []string {
	t.Helper()
	fset, f := parse(t, e.wrong)
	lines := strings.Split(e.wrong, "\n")
	var all []string
	for _, group := range f.Comments {
		line := fset.Position(group.Pos()).Line - strings.Count(clause, "\n")
		ownLine := strings.HasPrefix(strings.TrimSpace(lines[line-1]), "//")
		inFunc := slices.ContainsFunc(f.Decls, func(decl ast.Decl) bool {
			fn, ok := decl.(*ast.FuncDecl)
			return ok && fn.Body.Pos() < group.Pos() && group.Pos() < fn.Body.End()
		})
		if ownLine && inFunc {
			text := strings.Join(strings.Fields(group.Text()), " ")
			all = append(all, fmt.Sprintf("line %d: %s: %s", line-1, e, text))
		}
	}
	return all
}

// decode reads what chanlint -json prints: for each package the reports, as
// "line 3: pass/category: message".
func decode(t *testing.T, out string) map[string][]string {
	t.Helper()
	var report struct {
		Findings []struct {
			Pass, Category, Message, Package string
			Place                            struct{ Line int }
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("output of -json: %v\n%s", err, out)
	}
	reports := make(map[string][]string)
	for _, f := range report.Findings {
		reports[f.Package] = append(reports[f.Package], fmt.Sprintf("line %d: %s/%s: %s", f.Place.Line, f.Pass, f.Category, f.Message))
	}
	return reports
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
