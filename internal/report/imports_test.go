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
			pass, file := typecheck(t, test.source)
			at := file.Decls[len(file.Decls)-1].(*ast.FuncDecl).Body.Rbrace
			name, edits, ok := Import(pass, at, "slices")
			if ok != (test.call != "") || ok && name != test.call {
				t.Fatalf("got %q, %t, want %q", name, ok, test.call)
			}
			if !ok {
				return
			}
			got := test.source
			for _, e := range edits {
				off := pass.Fset.Position(e.Pos).Offset
				got = got[:off] + string(e.NewText) + got[off:]
			}
			if formatted, err := format.Source([]byte(got)); err != nil || string(formatted) != got {
				t.Errorf("not formatted (%v):\n%s", err, got)
			}
			if !strings.Contains(got, test.want) {
				t.Errorf("got\n%s\nwant a part\n%s", got, test.want)
			}
		})
	}
}

func typecheck(t *testing.T, source string) (*analysis.Pass, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object)}
	conf := types.Config{Importer: importer.Default()}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info}, file
}
