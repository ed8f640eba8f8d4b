package suppress

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the tests got into testdata")

var passNames = []string{"chanleak", "lockacrossblock", "selectstarve", "unbounded"}

// TestArchives reads archives of Go files and a file "want". In the Go files
// reports of chanleak are asked for at each identifier that starts with "hit",
// where a directive must silence them, or "miss", where none may. The
// problems found after that must be those in "want".
func TestArchives(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("got %d archives, error %v", len(archives), err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := testArchive(t, ar)
			if *update && !t.Failed() {
				setWant(ar, got)
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func setWant(ar *txtar.Archive, want string) {
	for i := range ar.Files {
		if ar.Files[i].Name == "want" {
			ar.Files[i].Data = []byte(want)
		}
	}
}

// testArchive returns the problems found.
func testArchive(t *testing.T, ar *txtar.Archive) string {
	fset := token.NewFileSet()
	var files []*ast.File
	want := ""
	for _, file := range ar.Files {
		if file.Name == "want" {
			want = string(file.Data)
			continue
		}
		files = append(files, parse(t, fset, file.Name, string(file.Data)))
	}
	x := Parse(fset, files)
	asked := 0
	for _, id := range identifiers(files) {
		hit := strings.HasPrefix(id.Name, "hit")
		if !hit && !strings.HasPrefix(id.Name, "miss") {
			continue
		}
		asked++
		if got := x.Suppressed("chanleak", id.Pos()); got != hit {
			t.Errorf("%v: Suppressed at %s = %v, want %v", fset.Position(id.Pos()), id.Name, got, hit)
		}
	}
	problems := slices.Concat(x.Malformed(passNames), x.Unused(passNames))
	if asked == 0 && len(problems) == 0 {
		t.Error("the archive asks nothing")
	}
	got := render(fset, problems)
	if diff := cmp.Diff(want, got); diff != "" && !*update {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	return got
}

func parse(t testing.TB, fset *token.FileSet, name, source string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func identifiers(files []*ast.File) []*ast.Ident {
	var ids []*ast.Ident
	for _, f := range files {
		for n := range ast.Preorder(f) {
			if id, ok := n.(*ast.Ident); ok {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func render(fset *token.FileSet, problems []Problem) string {
	var b strings.Builder
	for _, p := range problems {
		pos := fset.PositionFor(p.Pos, false)
		fmt.Fprintf(&b, "%s:%d: %s: %s\n", pos.Filename, pos.Line, p.Category, p.Message)
	}
	return b.String()
}

func TestSuppressedForPass(t *testing.T) {
	const source = `package p

func _() {
	hit() //chanlint:ignore chanleak, unbounded both are bounded by the caller
}
`
	fset := token.NewFileSet()
	f := parse(t, fset, "p.go", source)
	pos := identifiers([]*ast.File{f})[2].Pos()
	for _, test := range []struct {
		pass string
		want bool
	}{
		{"chanleak", true},
		{"unbounded", true},
		{"lockacrossblock", false},
		{"chanlea", false},
		{"chanleakx", false},
	} {
		x := Parse(fset, []*ast.File{f})
		if got := x.Suppressed(test.pass, pos); got != test.want {
			t.Errorf("Suppressed(%q) = %v, want %v", test.pass, got, test.want)
		}
	}
	if x := Parse(fset, []*ast.File{f}); x.Suppressed("chanleak", token.NoPos) {
		t.Error("Suppressed at no position = true, want false")
	}
}

// A directive for two passes, of which one is used, is not removable.
func TestUnusedName(t *testing.T) {
	const source = `package p

func _() {
	hit() //chanlint:ignore chanleak,unbounded the reason
}
`
	fset := token.NewFileSet()
	f := parse(t, fset, "p.go", source)
	pos := identifiers([]*ast.File{f})[2].Pos()
	for _, test := range []struct {
		used      []string
		want      string
		removable bool
	}{
		{nil, "nothing is silenced by this directive; remove it", true},
		{[]string{"chanleak"}, "nothing of unbounded is silenced by this directive; remove that name", false},
		{[]string{"unbounded"}, "nothing of chanleak is silenced by this directive; remove that name", false},
		{[]string{"chanleak", "unbounded"}, "", false},
	} {
		x := Parse(fset, []*ast.File{f})
		for _, pass := range test.used {
			x.Suppressed(pass, pos)
		}
		got := x.Unused(passNames)
		if test.want == "" {
			if len(got) != 0 {
				t.Errorf("used by %v: Unused = %v, want none", test.used, got)
			}
			continue
		}
		if len(got) != 1 || got[0].Message != test.want || got[0].Removable != test.removable || got[0].OwnLine {
			t.Errorf("used by %v: Unused = %+v, want %q, removable %v", test.used, got, test.want, test.removable)
		}
	}
	// A pass that did not run cannot have used it.
	if got := Parse(fset, []*ast.File{f}).Unused([]string{"selectstarve"}); len(got) != 0 {
		t.Errorf("neither pass ran: Unused = %v, want none", got)
	}
}

// The lines that count are those of the file that was parsed, whatever line
// comments, such as cgo's, say.
func TestLineComments(t *testing.T) {
	const source = `package p

//line other.go:100
func _() {
	//chanlint:ignore chanleak reason
	hit()
//line other.go:100
	miss()
}
`
	fset := token.NewFileSet()
	f := parse(t, fset, "p.go", source)
	x := Parse(fset, []*ast.File{f})
	ids := identifiers([]*ast.File{f})
	if !x.Suppressed("chanleak", ids[2].Pos()) {
		t.Error("Suppressed at hit = false, want true")
	}
	if x.Suppressed("chanleak", ids[3].Pos()) {
		t.Error("Suppressed at miss = true, want false")
	}
}

func TestConcurrentPasses(t *testing.T) {
	var source strings.Builder
	source.WriteString("package p\n\nfunc _() {\n")
	for range 50 {
		source.WriteString("\thit() //chanlint:ignore chanleak,lockacrossblock,selectstarve,unbounded reason\n")
	}
	source.WriteString("}\n")
	fset := token.NewFileSet()
	files := []*ast.File{parse(t, fset, "p.go", source.String())}
	x := Parse(fset, files)
	var wg sync.WaitGroup
	for _, pass := range passNames {
		wg.Go(func() {
			for _, id := range identifiers(files)[2:] {
				if !x.Suppressed(pass, id.Pos()) {
					t.Errorf("Suppressed(%q, %v) = false, want true", pass, fset.Position(id.Pos()))
				}
			}
		})
	}
	wg.Wait()
	if got := x.Unused(passNames); len(got) != 0 {
		t.Errorf("Unused = %v, want none", got)
	}
}

func TestAnalyzer(t *testing.T) {
	if err := analysis.Validate([]*analysis.Analyzer{Analyzer}); err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	f := parse(t, fset, "p.go", "package p\n\nvar hit int //nolint:chanlint\n")
	result, err := Analyzer.Run(&analysis.Pass{Analyzer: Analyzer, Fset: fset, Files: []*ast.File{f}})
	if err != nil {
		t.Fatal(err)
	}
	if !result.(*Index).Suppressed("unbounded", f.Decls[0].Pos()) {
		t.Error("Suppressed = false, want true")
	}
}
