package report

import (
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

func TestImport(t *testing.T) {
	tests := []struct {
		name, source, want, call string
	}{
		{"single C", "package p\n\n// int x;\nimport \"C\"\n\nfunc f() {}\n", "import \"C\"\n\nimport \"slices\"\n", "slices"},
		{"commented", "package p\n\nimport (\n\t// for locks\n\t\"sync\"\n)\n\nfunc f() { _ = sync.Mutex{} }\n", "\t\"slices\"\n\t// for locks\n\t\"sync\"\n", "slices"},
		{"none", "package p\n\nfunc f() {}\n", "package p\n\nimport \"slices\"\n\nfunc f() {}\n", "slices"},
		{"single", "package p\n\nimport \"os\"\n\nfunc f() { os.Exit(0) }\n", "package p\n\nimport \"slices\"\nimport \"os\"\n", "slices"},
		{"between", "package p\n\nimport (\n\t\"os\"\n\t\"sync\"\n)\n\nfunc f() { os.Exit(0); _ = sync.Mutex{} }\n", "\t\"os\"\n\t\"slices\"\n\t\"sync\"\n", "slices"},
		{"last", "package p\n\nimport (\n\t\"bytes\"\n\t\"os\"\n)\n\nfunc f() { os.Exit(0); _ = bytes.Buffer{} }\n", "\t\"os\"\n\t\"slices\"\n)", "slices"},
		{"there", "package p\n\nimport \"slices\"\n\nfunc f() { slices.Sort([]int{}) }\n", "import \"slices\"\n\nfunc", "slices"},
		{"renamed", "package p\n\nimport sl \"slices\"\n\nfunc f() { sl.Sort([]int{}) }\n", "import sl \"slices\"\n\nfunc", "sl"},
		{"hidden", "package p\n\nfunc f() { slices := 1; _ = slices }\n", "", ""},
		{"declared", "package p\n\nvar slices int\n\nfunc f() {}\n", "", ""},
		{"shadowed", "package p\n\nimport \"slices\"\n\nfunc f() { slices.Sort([]int{}); slices := 1; _ = slices }\n", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checkImport(t, "slices", test.source, test.want, test.call)
		})
	}
}

func TestImportOfCompanion(t *testing.T) {
	const watch = `"github.com/chanlint/chanlint/runtime/watch"`
	tests := []struct {
		name, source, want, call string
	}{
		{"none", "package p\n\nfunc f() {}\n", "package p\n\nimport " + watch + "\n\nfunc", "watch"},
		{"single", "package p\n\nimport \"os\"\n\nfunc f() { os.Exit(0) }\n", "import \"os\"\nimport " + watch + "\n\nfunc", "watch"},
		{"no group", "package p\n\nimport (\n\t\"os\"\n)\n\nfunc f() { os.Exit(0) }\n", "\t\"os\"\n\n\t" + watch + "\n)", "watch"},
		{"group", "package p\n\nimport (\n\t\"os\"\n\n\t\"example.com/a\"\n\t\"golang.org/x/b\"\n)\n\nfunc f() { os.Exit(0); a.F(); b.F() }\n",
			"\t\"os\"\n\n\t\"example.com/a\"\n\t" + watch + "\n\t\"golang.org/x/b\"\n)", "watch"},
		{"two groups", "package p\n\nimport (\n\t\"os\"\n\n\t\"example.com/a\"\n\n\t\"golang.org/x/b\"\n)\n\nfunc f() { os.Exit(0); a.F(); b.F() }\n",
			watch + "\n\t\"golang.org/x/b\"\n)", "watch"},
		{"hidden", "package p\n\nfunc f() { watch := 1; _ = watch }\n", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checkImport(t, "github.com/chanlint/chanlint/runtime/watch", test.source, test.want, test.call)
		})
	}
}

// checkImport checks the edit that imports pkg at the end of the last function of
// source, and the name that it then has, which is call, or "" if it cannot have
// one.
func checkImport(t *testing.T, pkg, source, want, call string) {
	t.Helper()
	pass, file := typecheck(t, source)
	at := file.Decls[len(file.Decls)-1].(*ast.FuncDecl).Body.Rbrace
	name, edits, ok := Import(pass, at, pkg)
	if ok != (call != "") || ok && name != call {
		t.Fatalf("got %q, %t, want %q", name, ok, call)
	}
	if !ok {
		return
	}
	got := source
	for _, e := range edits {
		off := pass.Fset.Position(e.Pos).Offset
		got = got[:off] + string(e.NewText) + got[off:]
	}
	if formatted, err := format.Source([]byte(got)); err != nil || string(formatted) != got {
		t.Errorf("not formatted (%v):\n%s", err, got)
	}
	if !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant a part\n%s", got, want)
	}
}

func TestUsesCompanion(t *testing.T) {
	for path, want := range map[string]bool{
		"github.com/chanlint/chanlint/runtime/mpsc": true,
		"github.com/chanlint/chanlint":              false,
		"runtime":                                   false,
	} {
		pkg := types.NewPackage("p", "p")
		pkg.SetImports([]*types.Package{types.NewPackage("os", "os"), types.NewPackage(path, "x")})
		if got := UsesCompanion(pkg); got != want {
			t.Errorf("with %s: got %t, want %t", path, got, want)
		}
	}
}

// fakes imports packages of other modules as ones with a function F, and those of the
// standard library as they are.
type fakes struct{ std types.Importer }

func (f fakes) Import(path string) (*types.Package, error) {
	if !strings.Contains(path, ".") {
		return f.std.Import(path)
	}
	pkg := types.NewPackage(path, path[strings.LastIndexByte(path, '/')+1:])
	pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, "F", types.NewSignatureType(nil, nil, nil, nil, nil, false)))
	pkg.MarkComplete()
	return pkg, nil
}

func typecheck(t *testing.T, source string) (*analysis.Pass, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object)}
	conf := types.Config{Importer: fakes{importer.Default()}, FakeImportC: true}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info}, file
}
