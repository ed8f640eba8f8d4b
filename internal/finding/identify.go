package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// Identify sets the function and the fingerprint of findings that are sorted.
//
// A fingerprint is made of the rule, the package, the function around it and
// the text of the line, without its spacing; of findings that agree in these
// the second has another one than the first. So it stays when lines are added
// elsewhere, when code is formatted anew and when a file gets another name.
// The message is no part of it: it has the numbers of lines in it.
func Identify(findings []Finding, sources *Sources) {
	functions := make(map[string][]function)
	seen := make(map[string]int)
	for i := range findings {
		f := &findings[i]
		if _, ok := functions[f.File]; !ok {
			functions[f.File] = functionsOf(sources.File(f.File).Text)
		}
		f.Function = around(functions[f.File], f.Start.Line)
		line := strings.Join(strings.Fields(sources.File(f.File).Line(f.Start.Line)), "")
		key := strings.Join([]string{f.Pass, f.Category, f.Package, f.Function, line}, "\x00")
		seen[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		f.Fingerprint = hex.EncodeToString(sum[:16])
	}
}

// A function is a declaration, from its first line to its last.
type function struct {
	name        string
	first, last int
}

func around(all []function, line int) string {
	for _, fn := range all {
		if fn.first <= line && line <= fn.last {
			return fn.name
		}
	}
	return ""
}

// functionsOf returns the functions that are declared in a file, as far as it
// can be parsed.
func functionsOf(text string) []function {
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if file == nil {
		return nil
	}
	var all []function
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			first := fset.PositionFor(fn.Pos(), false).Line
			last := fset.PositionFor(fn.End(), false).Line
			all = append(all, function{nameOf(fn), first, last})
		}
	}
	return all
}

// nameOf returns the name of a function, with its receiver: (*T).Close.
func nameOf(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	star := ""
	typ := fn.Recv.List[0].Type
	for {
		switch t := typ.(type) {
		case *ast.StarExpr:
			star, typ = "*", t.X
		case *ast.ParenExpr:
			typ = t.X
		case *ast.IndexExpr:
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		case *ast.Ident:
			return fmt.Sprintf("(%s%s).%s", star, t.Name, fn.Name.Name)
		default:
			return fn.Name.Name // does not compile
		}
	}
}
