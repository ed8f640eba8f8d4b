package chart

import (
	"encoding/xml"
	"errors"
	"flag"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chanlint/chanlint/internal/conc"
)

var update = flag.Bool("update", false, "write what the charts should be")

// load charts the package in a folder.
func load(t *testing.T, dir string) *Graph {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no files (%v)", dir, err)
	}
	fset := token.NewFileSet()
	var parsed []*ast.File
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, f)
	}
	info := &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Instances:    make(map[*ast.Ident]types.Instance),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		Scopes:       make(map[ast.Node]*types.Scope),
		FileVersions: make(map[*ast.File]string),
	}
	conf := types.Config{Importer: importer.Default(), GoVersion: "go1.26"}
	name := filepath.Base(dir)
	pkg, err := conf.Check(name, fset, parsed, info)
	if err != nil {
		t.Fatal(err)
	}
	return Build(name, conc.Build(fset, parsed, pkg, info, func(*types.Func) bool { return false }))
}

// TestGoldens compares the charts of packages with files, in all formats. A
// second chart of the same package must be the same.
func TestGoldens(t *testing.T) {
	for _, dir := range []string{"testdata/shapes", "../../examples/service"} {
		g, again := load(t, dir), load(t, dir)
		for _, f := range Formats() {
			got := f.Write(g)
			if got != f.Write(again) {
				t.Errorf("%s of %s is different the second time", f.Name, dir)
			}
			golden(t, filepath.Base(dir)+"."+f.Name, got)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// strange has names that each format must escape.
func strange() *Graph {
	return &Graph{
		Package: `ex.com/"a"&<b>`,
		Bodies:  []Body{{Name: "main", Posn: "m.go:1"}},
		Things:  []Thing{{Name: `subs["<\>&"]`, Kind: Channel, Type: "<-chan int", Posn: "m.go:2"}},
		Edges: []Edge{
			{Verb: Sends, At: []Use{{"main", "m.go:3"}, {"main", "m.go:4"}}},
			{Verb: Receives, At: []Use{{"main", "m.go:3"}}},
		},
	}
}

func TestEscapes(t *testing.T) {
	g := strange()
	for format, want := range map[string][]string{
		"text":    {`subs["<\>&"]: <-chan int`},
		"mermaid": {`t0[/"subs[#quot;#lt;\#gt;#amp;#quot;]<br>#lt;-chan int"/]`, "b0 -->|sends ×2| t0", "t0 -->|receives| b0"},
		"dot":     {`digraph "ex.com/\"a\"&<b>"`, `label="subs[\"<\\>&\"]\n<-chan int"`},
		"svg":     {`subs[&#34;&lt;\&gt;&amp;&#34;]`, `&lt;-chan int`},
	} {
		got := write(t, format, g)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s lacks %s:\n%s", format, w, got)
			}
		}
	}
}

func write(t *testing.T, format string, g *Graph) string {
	t.Helper()
	for _, f := range Formats() {
		if f.Name == format {
			return f.Write(g)
		}
	}
	t.Fatalf("no format %s", format)
	return ""
}

// TestSVG checks that the picture is XML that loads nothing, and that it has a
// box for each node and a title for each edge.
func TestSVG(t *testing.T) {
	for _, g := range []*Graph{strange(), {Package: "p"}, load(t, "testdata/shapes")} {
		picture := SVG(g)
		counts := make(map[string]int)
		d := xml.NewDecoder(strings.NewReader(picture))
		for {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", g.Package, err)
			}
			if start, ok := tok.(xml.StartElement); ok {
				counts[start.Name.Local]++
			}
		}
		if got, want := counts["g"], len(g.Bodies)+len(g.Things); got != want {
			t.Errorf("%s: %d boxes, want %d", g.Package, got, want)
		}
		if got, want := counts["title"], len(g.Edges)+1; got != want {
			t.Errorf("%s: %d titles, want %d", g.Package, got, want)
		}
		for _, bad := range []string{"href", "@import", "<script", "<image"} {
			if strings.Contains(picture, bad) {
				t.Errorf("%s: the picture has %s in it", g.Package, bad)
			}
		}
	}
}

func TestEmpty(t *testing.T) {
	g := Build("p", nil)
	if !g.IsEmpty() {
		t.Errorf("a package without goroutines is not empty: %v", g)
	}
	if got, want := Text(g), "p has no goroutines, channels or locks\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestComparePosn(t *testing.T) {
	for _, test := range []struct {
		x, y string
		want int
	}{
		{"a.go:9", "a.go:10", -1},
		{"b.go:1", "a.go:10", 1},
		{"a.go:10", "a.go:10", 0},
	} {
		if got := comparePosn(test.x, test.y); got != test.want {
			t.Errorf("comparePosn(%s, %s) = %d, want %d", test.x, test.y, got, test.want)
		}
	}
}
