package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chanlint/chanlint"
)

// TestDepth checks docs/depth.md: a heading for each pass, and for each shape
// test data that shows what the page says of it. A function of a shape that is
// found has an expectation, one that is missed says so, one that is fine has
// neither.
func TestDepth(t *testing.T) {
	var got, want []string
	for _, a := range chanlint.Passes() {
		want = append(want, a.Name)
	}
	for _, section := range strings.Split(read(t, "depth.md"), "\n## ")[1:] {
		pass, body, _ := strings.Cut(section, "\n")
		got = append(got, pass)
		shown := 0
		for _, cells := range rows(body) {
			shown += checkShape(t, pass, cells)
		}
		if shown == 0 {
			t.Errorf("%s: no shape is shown by test data", pass)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	checkList(t, "docs/depth.md", got, want)
}

// rows returns the cells of the rows of a table, without those of its head.
func rows(text string) [][]string {
	var all [][]string
	for _, line := range proseLines(text) {
		if strings.HasPrefix(line, "| ") {
			cells := strings.Split(strings.Trim(line, "| "), " | ")
			all = append(all, cells)
		}
	}
	return slices.DeleteFunc(all, func(cells []string) bool { return cells[0] == "shape" })
}

// shownBy matches a function in the last cell of a row: folder, receiver if
// any, and name.
var shownBy = regexp.MustCompile("`([\\w/]+)\\.([\\w.]+)`")

// checkShape checks a row of a pass and returns how many functions it names.
func checkShape(t *testing.T, pass string, cells []string) int {
	t.Helper()
	if len(cells) != 3 {
		t.Errorf("%s: row %q has %d cells, want 3", pass, cells, len(cells))
		return 0
	}
	verdict, _, _ := strings.Cut(cells[1], ":")
	functions := shownBy.FindAllStringSubmatch(cells[2], -1)
	if len(functions) == 0 && !strings.HasPrefix(cells[2], "–") {
		t.Errorf("%s: shape %q names no function, nor \"–\" and a reason", pass, cells[0])
	}
	for _, m := range functions {
		folder, name := m[1], m[2]
		got, ok := marksOf(t, pass, folder)[name]
		if !ok {
			t.Errorf("%s: there is no function %s in testdata/src/%s/%s", pass, name, pass, folder)
		} else if got != verdict {
			t.Errorf("%s: %s.%s is %q in the test data, and %q on the page", pass, folder, name, got, verdict)
		}
	}
	return len(functions)
}

// marksOf returns what the comments in each function of a folder of test data
// expect of it, in the words of the page.
func marksOf(t *testing.T, pass, folder string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "testdata", "src", pass, folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	marks := make(map[string]string)
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				marks[nameOf(fn)] = markOf(f, fn, folder)
			}
		}
	}
	return marks
}

// markOf returns what the comments in a function expect of it.
func markOf(f *ast.File, fn *ast.FuncDecl, folder string) string {
	mark := "fine"
	for _, group := range f.Comments {
		if group.Pos() < fn.Pos() || fn.End() < group.Pos() {
			continue
		}
		switch text := group.List[0].Text; {
		case strings.HasPrefix(text, "// want ") && (folder == "strict" || strings.HasPrefix(folder, "strict/")):
			return "strict"
		case strings.HasPrefix(text, "// want "):
			return "found"
		case strings.HasPrefix(text, "// miss: "):
			mark = "missed"
		}
	}
	return mark
}

// nameOf returns the name of a function behind that of its receiver's type.
func nameOf(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	recv := fn.Recv.List[0].Type
	if star, ok := recv.(*ast.StarExpr); ok {
		recv = star.X
	}
	switch x := recv.(type) {
	case *ast.IndexExpr:
		recv = x.X
	case *ast.IndexListExpr:
		recv = x.X
	}
	if id, ok := recv.(*ast.Ident); ok {
		return id.Name + "." + fn.Name.Name
	}
	return fn.Name.Name
}
