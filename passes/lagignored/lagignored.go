package lagignored

import (
	_ "embed"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports signals of lost values that nobody looks at.
var Analyzer = &analysis.Analyzer{
	Name:     "lagignored",
	Doc:      report.Doc(doc),
	URL:      report.URL("lagignored", ""),
	Run:      run,
	Requires: slices.Concat(report.Requires, []*analysis.Analyzer{inspect.Analyzer, effect.Lag}),
}

var strict, tests bool

func init() {
	Analyzer.Flags.BoolVar(&strict, "strict", false, "also report losses that are only logged, or told by an error that is not looked for")
	Analyzer.Flags.BoolVar(&tests, "tests", false, "also report in test files")
}

// Categories of reports: which signal is dropped.
const (
	ended   = "ended"   // why a stream ended
	channel = "channel" // a channel of errors
	element = "element" // a part of what was received
	handler = "handler" // a function to be told
	result  = "result"  // a result
	lagged  = "lagged"  // an error after which the stream goes on
	drop    = "drop"    // strict: the default case of a select that sends
	logged  = "logged"  // strict: it is looked at, and only logged
	unasked = "unasked" // strict: it is not told from others, or left to a default
)

// Method. Nothing is reported but that a signal is not looked at at all, with
// the discipline of vet's checks of Scanner.Err and Rows.Err: any mention is a
// look, what leaves the package is left alone, and "_ = x.Err()" says that it
// is meant. What a signal is stands in internal/known, in a directive, or is
// told by the shape of a type. What the strict rules report is looked at, but
// in a way that does not tell a loss from anything else.

// finder looks for findings in a package.
type finder struct {
	*analysis.Pass
	root   inspector.Cursor
	shapes *shapes
	all    []finding
	names  map[string]bool // see mentions
	pairs  map[string]bool
}

// A finding is a signal that is not looked at.
type finding struct {
	category string
	at       ast.Node // what is reported
	subject  string   // the user's expression
	signal   string   // what is not looked at
	what     string   // what it says
	variant  variant  // of the message
	single   bool     // it is of how one thing went, not of a stream
	fixes    []analysis.SuggestedFix
}

func run(pass *analysis.Pass) (any, error) {
	lag := pass.ResultOf[effect.Lag].(*effect.LagSignals)
	f := &finder{
		Pass:   pass,
		root:   pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root(),
		shapes: &shapes{pass.Pkg, pass.Files, lag, make(map[*types.TypeName]*signal)},
	}
	f.streams()
	f.calls()
	f.literals()
	f.loops()
	if strict {
		f.drops()
		f.strict()
	}
	rep := report.New(pass, tests)
	support := report.Support(pass)
	for _, g := range f.all {
		if !tests && support[pass.Fset.File(g.at.Pos())] {
			continue
		}
		rep.Report(word(g))
	}
	rep.Flush()
	return nil, nil
}

func (f *finder) add(g finding) { f.all = append(f.all, g) }

// mentions reports whether the package mentions one of the names, whatever
// they stand for; one with a path is that of a package-level object.
func (f *finder) mentions(names []string) bool {
	f.index()
	return slices.ContainsFunc(names, func(name string) bool { return f.names[name] })
}

// sets reports whether the package mentions a field of the form Struct.Field.
func (f *finder) sets(pair string) bool {
	f.index()
	return f.pairs[pair]
}

// index collects the names that the package uses, when they are first asked
// for.
func (f *finder) index() {
	if f.names != nil {
		return
	}
	f.names, f.pairs = make(map[string]bool), make(map[string]bool)
	for cur := range f.root.Preorder((*ast.Ident)(nil), (*ast.SelectorExpr)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.Ident:
			obj := f.TypesInfo.Uses[n]
			if obj == nil {
				break
			}
			f.names[n.Name] = true
			if obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() {
				f.names[obj.Pkg().Path()+"."+n.Name] = true
			}
		case *ast.SelectorExpr:
			if x, ok := ast.Unparen(n.X).(*ast.SelectorExpr); ok {
				f.pairs[x.Sel.Name+"."+n.Sel.Name] = true
			}
		}
	}
}

// callee returns the function or method that a call names, nil if it calls a
// value.
func callee(info *types.Info, call *ast.CallExpr) *types.Func {
	fun := ast.Unparen(call.Fun)
	switch index := fun.(type) {
	case *ast.IndexExpr:
		fun = ast.Unparen(index.X)
	case *ast.IndexListExpr:
		fun = ast.Unparen(index.X)
	}
	var id *ast.Ident
	switch fun := fun.(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return nil
	}
	fn, _ := info.Uses[id].(*types.Func)
	return fn
}
