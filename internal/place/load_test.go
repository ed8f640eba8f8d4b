package place

import (
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// std imports the standard library for all tests, each package but once.
var std = importer.Default()

// A mark is a call of at(name, value) in the source of a test.
type mark struct {
	name  string
	value ssa.Value
	line  int
}

// load builds the package with the given source and returns its marks, in
// their order, those of literals included.
func load(t testing.TB, source string) []mark {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "a.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	pkg := types.NewPackage("a", "a")
	spkg, _, err := ssautil.BuildPackage(&types.Config{Importer: std, GoVersion: "go1.26"}, fset, pkg, []*ast.File{file}, ssa.BareInits)
	if err != nil {
		t.Fatal(err)
	}
	var marks []mark
	for _, decl := range file.Decls {
		fd, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		obj := spkg.Prog.FuncValue(definedBy(pkg, fd))
		marks = append(marks, marksOf(fset, obj)...)
	}
	if len(marks) == 0 {
		t.Fatal("the source marks nothing")
	}
	return marks
}

// definedBy finds the function or method that fd declares.
func definedBy(pkg *types.Package, fd *ast.FuncDecl) *types.Func {
	if fd.Recv == nil {
		return pkg.Scope().Lookup(fd.Name.Name).(*types.Func)
	}
	typ := fd.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if index, ok := typ.(*ast.IndexExpr); ok {
		typ = index.X
	}
	named := pkg.Scope().Lookup(typ.(*ast.Ident).Name).Type().(*types.Named)
	for m := range named.Methods() {
		if m.Name() == fd.Name.Name {
			return m
		}
	}
	panic("no method " + fd.Name.Name)
}

func marksOf(fset *token.FileSet, fn *ssa.Function) []mark {
	var marks []mark
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || call.Call.StaticCallee() == nil || call.Call.StaticCallee().Name() != "at" {
				continue
			}
			name := constant.StringVal(call.Call.Args[0].(*ssa.Const).Value)
			marks = append(marks, mark{name, call.Call.Args[1], fset.Position(call.Pos()).Line})
		}
	}
	for _, anon := range fn.AnonFuncs {
		marks = append(marks, marksOf(fset, anon)...)
	}
	return marks
}

// places resolves all marks of a source, by name.
func places(t testing.TB, source string) map[string]Place {
	t.Helper()
	r := NewResolver()
	m := make(map[string]Place)
	for _, mk := range load(t, source) {
		if _, ok := m[mk.name]; ok {
			t.Fatalf("line %d: a second mark %q", mk.line, mk.name)
		}
		m[mk.name] = r.Of(mk.value)
	}
	return m
}
