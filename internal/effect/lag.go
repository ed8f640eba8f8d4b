package effect

import (
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/known"
)

// Lag reads the directives by which the author of a package says what tells
// of lost values:
//
//	//chanlint:lagsignal NAME...
//
// On a type, NAME is a method or field of it, or an error, a variable or type
// of the package, that its methods return although the stream goes on. On a
// function it is a parameter that must not be nil, or "return" if the result
// must not be discarded. The result of the analyzer is a *LagSignals.
var Lag = &analysis.Analyzer{
	Name:       "lagsignal",
	Doc:        "read which types and functions tell of lost values",
	URL:        "https://pkg.go.dev/github.com/chanlint/chanlint/internal/effect",
	Run:        runLag,
	ResultType: reflect.TypeFor[*LagSignals](),
	FactTypes:  []analysis.Fact{new(LagSignal)},
}

// A LagSignal says of a type or a function what tells of lost values.
type LagSignal struct {
	Members  []string // of a type: methods and fields, one of which is to be looked at
	Errors   []string // of a type: errors that do not end it
	Handlers []int    // of a function: parameters that must not be nil
	Result   bool     // of a function: its last result counts
}

// AFact marks LagSignal as a fact.
func (*LagSignal) AFact() {}

// String prints s for tests of facts.
func (s *LagSignal) String() string {
	var parts []string
	if len(s.Members) > 0 {
		parts = append(parts, "look at "+strings.Join(s.Members, " or "))
	}
	if len(s.Errors) > 0 {
		parts = append(parts, "goes on after "+strings.Join(s.Errors, " or "))
	}
	for _, i := range s.Handlers {
		parts = append(parts, fmt.Sprintf("needs #%d", i))
	}
	if s.Result {
		parts = append(parts, "look at the result")
	}
	return strings.Join(parts, "; ")
}

// LagSignals holds what is said in a package and in those that it imports.
type LagSignals struct {
	own    map[types.Object]*LagSignal
	cache  map[types.Object]*LagSignal
	extern func(types.Object) *LagSignal
}

// Of returns what is said of a type or function, nil if nothing is.
func (l *LagSignals) Of(obj types.Object) *LagSignal {
	if s := l.own[obj]; s != nil || obj.Pkg() == nil || known.IsStd(obj.Pkg().Path()) {
		return s
	}
	s, ok := l.cache[obj]
	if !ok {
		s = l.extern(obj)
		l.cache[obj] = s
	}
	return s
}

func runLag(pass *analysis.Pass) (any, error) {
	l := &LagSignals{
		own:   make(map[types.Object]*LagSignal),
		cache: make(map[types.Object]*LagSignal),
		extern: func(obj types.Object) *LagSignal {
			s := new(LagSignal)
			if obj.Pkg() == pass.Pkg || !pass.ImportObjectFact(obj, s) {
				return nil
			}
			return s
		},
	}
	for _, f := range pass.Files {
		for _, decl := range f.Decls {
			l.read(pass, decl)
		}
	}
	return l, nil
}

// read reads the directives of a declaration.
func (l *LagSignals) read(pass *analysis.Pass, decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if names := lagNames(decl.Doc); len(names) > 0 {
			l.add(pass, pass.TypesInfo.Defs[decl.Name], names)
		}
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			typ, ok := spec.(*ast.TypeSpec)
			if !ok {
				break // of another kind, like all of the declaration
			}
			names := lagNames(typ.Doc)
			if !decl.Lparen.IsValid() {
				names = lagNames(decl.Doc)
			}
			if len(names) > 0 {
				l.add(pass, pass.TypesInfo.Defs[typ.Name], names)
			}
		}
	}
}

// lagNames returns what the directives in a comment name.
func lagNames(doc *ast.CommentGroup) []string {
	if doc == nil {
		return nil
	}
	var names []string
	for _, c := range doc.List {
		if rest, ok := strings.CutPrefix(c.Text, "//chanlint:lagsignal "); ok {
			names = append(names, strings.Fields(rest)...)
		}
	}
	return names
}

// add takes in what is said of obj. Names that mean nothing are left out.
func (l *LagSignals) add(pass *analysis.Pass, obj types.Object, names []string) {
	s := new(LagSignal)
	for _, name := range names {
		switch obj := obj.(type) {
		case *types.Func:
			s.Result = s.Result || name == "return"
			if i := paramNamed(obj, name); i >= 0 {
				s.Handlers = append(s.Handlers, i)
			}
		case *types.TypeName:
			if member, _, _ := types.LookupFieldOrMethod(obj.Type(), true, obj.Pkg(), name); member != nil {
				s.Members = append(s.Members, name)
			} else if pass.Pkg.Scope().Lookup(name) != nil {
				s.Errors = append(s.Errors, name)
			}
		}
	}
	if obj == nil || reflect.ValueOf(*s).IsZero() {
		return
	}
	l.own[obj] = s
	if obj.Exported() && !known.IsStd(pass.Pkg.Path()) {
		pass.ExportObjectFact(obj, s)
	}
}

func paramNamed(fn *types.Func, name string) int {
	params := slices.Collect(fn.Signature().Params().Variables())
	return slices.IndexFunc(params, func(v *types.Var) bool { return v.Name() == name })
}
