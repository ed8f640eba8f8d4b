package report

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Import returns the name by which code at pos refers to a package of the
// standard library, and the edit that imports it if the file does not. It is not
// ok if the name means something else at pos.
func Import(pass *analysis.Pass, pos token.Pos, pkg string) (name string, edits []analysis.TextEdit, ok bool) {
	i := slices.IndexFunc(pass.Files, func(f *ast.File) bool { return f.FileStart <= pos && pos < f.FileEnd })
	if i < 0 {
		return "", nil, false
	}
	file := pass.Files[i]
	name = path.Base(pkg)
	for _, spec := range file.Imports {
		if spec.Path.Value != strconv.Quote(pkg) {
			continue
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		obj, isPkg := lookup(pass, pos, name).(*types.PkgName)
		return name, nil, isPkg && obj.Imported().Path() == pkg
	}
	if lookup(pass, pos, name) != nil {
		return "", nil, false
	}
	return name, []analysis.TextEdit{addImport(file, pkg)}, true
}

// lookup is what a name means at pos, nil if nothing.
func lookup(pass *analysis.Pass, pos token.Pos, name string) types.Object {
	scope := pass.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return nil
	}
	_, obj := scope.LookupParent(name, pos)
	return obj
}

// addImport puts an import in its place: in front of the first that comes after
// it, in the first group of the first declaration, or in a declaration of its
// own.
//
//	import (
//		"context"
//		"slices"
//		--------
//		"sync"
//	)
func addImport(file *ast.File, pkg string) analysis.TextEdit {
	spec := strconv.Quote(pkg)
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT || len(gen.Specs) == 0 {
			continue
		}
		if !gen.Lparen.IsValid() {
			return insert(gen.Pos(), "import "+spec+"\n")
		}
		var last ast.Spec
		for _, s := range gen.Specs {
			imp := s.(*ast.ImportSpec).Path.Value
			if strings.Contains(imp, ".") {
				break // another group
			}
			if imp > spec {
				return insert(s.Pos(), spec+"\n\t")
			}
			last = s
		}
		if last != nil {
			return insert(last.End(), "\n\t"+spec)
		}
		return insert(gen.Specs[0].Pos(), spec+"\n\n\t")
	}
	return insert(file.Name.End(), "\n\nimport "+spec)
}

func insert(at token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: at, End: at, NewText: []byte(text)}
}
