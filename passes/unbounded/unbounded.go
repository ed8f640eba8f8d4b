package unbounded

import (
	_ "embed"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/limit"
	"github.com/chanlint/chanlint/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports queues that grow without a limit, or have one that is too
// large to be felt.
var Analyzer = &analysis.Analyzer{
	Name:     "unbounded",
	Doc:      report.Doc(doc),
	URL:      report.URL("unbounded", ""),
	Run:      run,
	Requires: slices.Concat(report.Requires, []*analysis.Analyzer{effect.Analyzer}),
}

var (
	strict, tests bool
	elements      int
	bytes         int64
)

func init() {
	Analyzer.Flags.BoolVar(&strict, "strict", false, "also report what needs a closer look")
	Analyzer.Flags.BoolVar(&tests, "tests", false, "also report in test files")
	Analyzer.Flags.IntVar(&elements, "elements", 10_000, "with strict, report channels with room for so many elements")
	Analyzer.Flags.Int64Var(&bytes, "bytes", 1<<20, "with strict, report channels with room for so many bytes")
}

// Categories of reports: what grows, or may.
const (
	capacity  = "capacity"  // a channel with room for many
	input     = "input"     // a channel with as much room as somebody asks for
	growth    = "growth"    // strict: a list that takes whatever comes
	goroutine = "goroutine" // goroutines that wait
)

// Method. Capacities are read off the makes of channels: constants are compared
// with the two flags, everything else is followed back to where it comes from.
// Lists and goroutines are what package limit finds.

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass, tests)
	if strict {
		for _, call := range boundless(pass) {
			rep.Report(wordLibrary(call))
		}
	}
	if r := pass.ResultOf[effect.Analyzer].(*effect.Result); r != nil {
		for _, d := range find(pass, r, callsIn(pass.Files)) {
			rep.Report(d)
		}
	}
	rep.Flush()
	return nil, nil
}

// find returns the reports on what the engine knows.
func find(pass *analysis.Pass, r *effect.Result, made calls) []report.Diagnostic {
	var out []report.Diagnostic
	for _, f := range r.Funcs {
		for op := range f.Ops {
			if op.Kind == conc.Make && strict {
				if c, ok := large(r, op, pass.TypesSizes); ok {
					out = append(out, wordCapacity(c, made))
				}
			}
		}
	}
	for _, s := range limit.Sizes(r) {
		if s.From == limit.Request || strict {
			out = append(out, wordInput(s, made))
		}
	}
	for _, s := range limit.Spawns(r) {
		if strict || s.Bound == effect.Unbounded {
			d := wordSpawn(r, s)
			if s.Permit {
				d.Fixes = permitFix(pass, s)
			}
			out = append(out, d)
		}
	}
	if strict {
		bridges := limit.Bridges(r)
		for _, q := range bridges {
			out = append(out, wordBridge(r, q))
		}
		for _, q := range limit.Mailboxes(r) {
			if !slices.ContainsFunc(bridges, func(b limit.Queue) bool { return b.Append == q.Append }) {
				out = append(out, wordMailbox(r, q))
			}
		}
	}
	return out
}

// room is the constant capacity of a channel.
type room struct {
	op    *conc.Op
	count int64
	size  int64 // of an element, -1 if it depends on a type parameter
}

// large recognizes a channel with room for too many elements, or too many
// bytes. Elements without a size cost nothing, and permits are no queue. A send
// has to wait for room: who drops what finds none has thought of a receiver that
// is too slow.
func large(r *effect.Result, op *conc.Op, sizes types.Sizes) (room, bool) {
	c := room{op, r.Cap(op.Size), -1}
	if !open(op.Elem()) {
		c.size = sizes.Sizeof(op.Elem())
	}
	if c.count <= 0 || c.size == 0 {
		return room{}, false
	}
	if c.count < int64(elements) && c.count*c.size < bytes {
		return room{}, false
	}
	return c, limit.Awaited(r, op) && !limit.Permits(r, op) && !limit.Filled(r, op)
}

// open reports whether the size of t depends on a type parameter.
func open(t types.Type) bool {
	if _, ok := t.(*types.TypeParam); ok {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Array:
		return open(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if open(f.Type()) {
				return true
			}
		}
	}
	return false
}

// boundless are the calls in a package that make a queue of a library.
func boundless(pass *analysis.Pass) []*ast.CallExpr {
	var out []*ast.CallExpr
	for _, f := range pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if ok && known.Boundless(calleeName(pass.TypesInfo, call)) {
				out = append(out, call)
			}
			return true
		})
	}
	return out
}

// calleeName is the full name of the function that is called, "" if it has
// none.
func calleeName(info *types.Info, call *ast.CallExpr) string {
	fun := ast.Unparen(call.Fun)
	switch index := fun.(type) {
	case *ast.IndexExpr:
		fun = index.X
	case *ast.IndexListExpr:
		fun = index.X
	}
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	fn, ok := info.Uses[sel.Sel].(*types.Func)
	if !ok {
		return ""
	}
	return fn.Origin().FullName()
}
