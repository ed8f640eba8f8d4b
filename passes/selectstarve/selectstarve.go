package selectstarve

import (
	_ "embed"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/loop"
	"github.com/chanlint/chanlint/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports selects and receives in loops of which one branch starves
// the others.
var Analyzer = &analysis.Analyzer{
	Name:     "selectstarve",
	Doc:      report.Doc(doc),
	URL:      report.URL("selectstarve", ""),
	Run:      run,
	Requires: slices.Concat(report.Requires, []*analysis.Analyzer{effect.Analyzer}),
}

var strict, tests bool

func init() {
	Analyzer.Flags.BoolVar(&strict, "strict", false, "also report what delays a stop, or makes a result a matter of luck")
	Analyzer.Flags.BoolVar(&tests, "tests", false, "also report in test files")
}

// Categories of reports.
const (
	closed   = "closed"   // a receive that a closed channel makes spin
	breaks   = "break"    // a break that leaves the select only
	spin     = "default"  // a default case that makes the loop spin
	timer    = "timer"    // a timer made anew in each round
	priority = "priority" // stated priority among peers
)

// Categories of reports with -strict.
const (
	forgotten   = "forgotten"   // emulated priority that waits for the low channel only
	unsubscribe = "unsubscribe" // a publish that blocks on who unsubscribes
	result      = "result"      // nil or ctx.Err, as luck will have it
	wait        = "wait"        // a wait that ignores stop, in a loop that looks at it
)

func run(pass *analysis.Pass) (any, error) {
	r := pass.ResultOf[effect.Analyzer].(*effect.Result)
	if r == nil {
		return nil, nil // no function of the package matters
	}
	c := &checker{Package: loop.New(r), pass: pass, heard: make(map[conc.Use]bool)}
	c.stated = c.directives()
	rep := report.New(pass, tests)
	for _, f := range r.Funcs {
		for _, g := range c.find(f) {
			rep.Report(c.word(g))
		}
	}
	rep.Flush()
	return nil, nil
}

// checker is what the rules need.
type checker struct {
	*loop.Package
	pass   *analysis.Pass
	stated []order
	heard  map[conc.Use]bool // the stops that a wait was reported for
}

// finding is one report.
type finding struct {
	category string
	use      conc.Use // the case or operation that starves others, or is starved
	pos, end token.Pos
	other    *conc.Op // the close, the timer, the other select
	at       conc.Use // the other case
	name     string   // of something else that the message needs
	nils     bool     // what is received is nil, and used
}

// find returns the findings of one function. What starves the rest of a select
// says enough about it.
func (c *checker) find(f *conc.Func) []finding {
	var out []finding
	for op := range f.Ops {
		if op.Node == nil {
			continue // in the initializer of a variable, whose syntax is not kept
		}
		switch op.Kind {
		case conc.Select, conc.Recv:
		case conc.Send, conc.Sleep:
			if strict {
				out = append(out, c.strictly(op)...)
			}
			continue
		default:
			continue
		}
		found := c.hot(op)
		if op.Kind == conc.Select && len(found) == 0 {
			rules := []func(*conc.Op) []finding{c.spins, c.timers, c.peers}
			if strict {
				rules = append(rules, c.forgets, c.publishes)
			}
			for _, rule := range rules {
				found = append(found, rule(op)...)
			}
		}
		if strict && len(found) == 0 {
			found = c.strictly(op)
		}
		out = append(out, found...)
	}
	return out
}

// file is the syntax tree that pos is in.
func (c *checker) file(pos token.Pos) *ast.File {
	return report.FileAt(c.pass.Files, pos)
}
