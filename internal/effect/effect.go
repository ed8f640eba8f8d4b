// Package effect summarizes what calling a function may do to the goroutine
// that calls it: block, and on what; take locks, and keep or release them;
// call back a function it is given.
//
// Method. Summaries are computed bottom-up over the package's call graph and
// iterated until nothing changes, each in terms of the function's parameters,
// fields, captured variables and globals. What a function of another package
// does is a fact. A summary lists every way to block once per root operation,
// with the calls that lead there, the locks of the caller that were released
// before, and the locks of the callee that are held meanwhile. Calls through
// interfaces and function values carry how they were resolved; unknown callees
// are quiet. The standard library is a closed world: what internal/known does
// not list does not block, and no fact is inferred for it.
//
// Taking a lock does not count as blocking.
package effect

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/place"
)

// Analyzer computes the effects of a package's functions. Its result is a
// *Result, nil if nothing in the package matters.
var Analyzer = &analysis.Analyzer{
	Name:       "effect",
	Doc:        "summarize how functions block and what they do to locks",
	URL:        "https://pkg.go.dev/github.com/chanlint/chanlint/internal/effect",
	Run:        run,
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Fact)},
}

// withTests makes the functions of test files part of the package. They are
// left out otherwise: what a test does to a lock or a channel says nothing
// about the program.
var withTests bool

func init() {
	Analyzer.Flags.BoolVar(&withTests, "tests", false, "analyze test files too")
}

// A Result holds the effects of the functions of one package.
type Result struct {
	*conc.Package
	funcs    map[*conc.Func]*function
	fact     func(*types.Func) *Fact
	sections map[place.Join][]Section
	stores   map[*conc.Func][]*ssa.Store
	storing  map[place.Join]map[*conc.Func]bool // who stores what
	kept     map[*conc.Func][]*ssa.MakeClosure  // what functions make and keep

	findReceivers sync.Once
	received      []receiver
}

// function is what is known of one function.
type function struct {
	*conc.Func
	flow    *lockset.Flow
	summary summary
	entry   []lockset.Held // what all callers hold
	callers []caller
}

func run(pass *analysis.Pass) (any, error) {
	facts := importer(pass)
	files := pass.Files
	if !withTests {
		files = withoutTests(pass)
	}
	pkg := conc.Build(pass.Fset, files, pass.Pkg, pass.TypesInfo, func(fn *types.Func) bool {
		return facts(fn) != nil
	})
	if pkg == nil {
		return (*Result)(nil), nil
	}
	r := Compute(pkg, facts)
	if !known.IsStd(pass.Pkg.Path()) {
		r.export(pass)
	}
	return r, nil
}

// withoutTests are the files of a package that are not test files.
func withoutTests(pass *analysis.Pass) []*ast.File {
	return slices.DeleteFunc(slices.Clone(pass.Files), func(f *ast.File) bool {
		return strings.HasSuffix(pass.Fset.Position(f.FileStart).Filename, "_test.go")
	})
}

// importer returns a function that imports facts, each but once.
func importer(pass *analysis.Pass) func(*types.Func) *Fact {
	cache := make(map[*types.Func]*Fact)
	return func(fn *types.Func) *Fact {
		if fn.Pkg() == nil || fn.Pkg() == pass.Pkg || known.IsStd(fn.Pkg().Path()) {
			return nil
		}
		fact, ok := cache[fn]
		if !ok {
			fact = new(Fact)
			if !pass.ImportObjectFact(fn, fact) {
				fact = nil
			}
			cache[fn] = fact
		}
		return fact
	}
}

// Compute summarizes the functions of pkg. fact gives what is known of
// functions of other packages, nil for those of which nothing is.
func Compute(pkg *conc.Package, fact func(*types.Func) *Fact) *Result {
	r := &Result{Package: pkg, funcs: make(map[*conc.Func]*function), fact: fact}
	for _, f := range pkg.Funcs {
		r.funcs[f] = &function{Func: f}
	}
	r.findStores()
	r.findKept()
	r.summarize()
	r.enter()
	r.findSections()
	return r
}

// Flow is the lock dataflow of f. Its states do not include what f's callers
// hold; see [Result.Entry].
func (r *Result) Flow(f *conc.Func) *lockset.Flow { return r.funcs[f].flow }

// Entry are the locks that every caller of f in the package holds, in the
// places of f.
func (r *Result) Entry(f *conc.Func) []lockset.Held { return r.funcs[f].entry }
