package report

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// companion is the import path that those of the companion library start with.
const companion = "github.com/chanlint/chanlint/runtime/"

// UsesCompanion reports whether a package imports the companion library, so that
// its module requires it, and fixes to it come first.
func UsesCompanion(pkg *types.Package) bool {
	return slices.ContainsFunc(pkg.Imports(), func(p *types.Package) bool { return strings.HasPrefix(p.Path(), companion) })
}

// Import returns the name by which code at pos refers to a package of the
// standard library or of the companion library, and the edit that imports it if
// the file does not. It is not ok if the name means something else at pos.
func Import(pass *analysis.Pass, pos token.Pos, pkg string) (name string, edits []analysis.TextEdit, ok bool) {
	file := FileAt(pass.Files, pos)
	if file == nil {
		return "", nil, false
	}
	name = pkg[strings.LastIndexByte(pkg, '/')+1:]
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
// it, in the first group of its kind of the first declaration, in a group of its
// own there, or in a declaration of its own.
//
//	import (
//		"context"
//		"slices"
//		--------
//		"sync"
//
//		"example.com/other"
//	)
func addImport(file *ast.File, pkg string) analysis.TextEdit {
	spec := strconv.Quote(pkg)
	own := insert(file.Name.End(), "\n\nimport "+spec)
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		switch {
		case !ok || gen.Tok != token.IMPORT || len(gen.Specs) == 0:
		case gen.Lparen.IsValid():
			return addSpec(gen.Specs, spec)
		case path(gen.Specs[0]) == `"C"`: // takes the comment above it
			own = insert(gen.End(), "\n\nimport "+spec)
		case foreign(spec):
			return insert(gen.End(), "\nimport "+spec)
		default:
			return insert(gen.Pos(), "import "+spec+"\n")
		}
	}
	return own
}

// addSpec puts an import among others.
func addSpec(specs []ast.Spec, spec string) analysis.TextEdit {
	var last ast.Spec
	for _, s := range specs {
		switch {
		case foreign(path(s)) != foreign(spec):
			if last != nil {
				return insert(last.End(), "\n\t"+spec)
			}
			continue
		case path(s) > spec:
			return insert(start(s), spec+"\n\t")
		}
		last = s
	}
	switch {
	case last != nil:
		return insert(last.End(), "\n\t"+spec)
	case foreign(spec):
		return insert(specs[len(specs)-1].End(), "\n\n\t"+spec)
	}
	return insert(start(specs[0]), spec+"\n\n\t")
}

func path(s ast.Spec) string { return s.(*ast.ImportSpec).Path.Value }

// start is where an import starts, with the comment above it.
func start(s ast.Spec) token.Pos {
	if doc := s.(*ast.ImportSpec).Doc; doc != nil {
		return doc.Pos()
	}
	return s.Pos()
}

// foreign reports whether a quoted import path is not of the standard library.
func foreign(path string) bool { return strings.Contains(path, ".") }

func insert(at token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: at, End: at, NewText: []byte(text)}
}
