package sendaftermove

import (
	"cmp"
	_ "embed"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/handover"
	"github.com/chanlint/chanlint/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports use of channels that were closed and of values that were
// sent.
var Analyzer = &analysis.Analyzer{
	Name:     "sendaftermove",
	Doc:      report.Doc(doc),
	URL:      report.URL("sendaftermove", ""),
	Run:      run,
	Requires: slices.Concat(report.Requires, []*analysis.Analyzer{effect.Analyzer}),
}

var strict, tests bool

func init() {
	Analyzer.Flags.BoolVar(&strict, "strict", false, "also report a close that nothing keeps from being done twice, and structs that share memory")
	Analyzer.Flags.BoolVar(&tests, "tests", false, "also report in test files")
}

// Categories of reports: what is done to what was given up.
const (
	closed    = "closed"    // a channel is sent on after it was closed, or a handle of the library used
	twice     = "twice"     // a channel is closed again
	racing    = "racing"    // a channel is closed while others may send
	guard     = "guard"     // what should keep a close from being done twice does not
	element   = "element"   // a channel is closed, and stays in its map
	modified  = "modified"  // a value is changed after it was sent
	pooled    = "pooled"    // a value is put back to a pool after it was sent
	retained  = "retained"  // a Write sends the memory of its caller
	unguarded = "unguarded" // strict: nothing keeps a close from being done twice
	shared    = "shared"    // strict: sender and receiver share what a pointer or map leads to
)

// Method. What is done to a channel after its close, in one function and what
// it calls, is asked of internal/closing, what is done to memory after it was
// sent of internal/handover. Other functions of the package that close the same
// field, or send on it, are joined by the field.

func run(pass *analysis.Pass) (any, error) {
	r := pass.ResultOf[effect.Analyzer].(*effect.Result)
	if r == nil {
		return nil, nil // no function of the package matters
	}
	rep := report.New(pass, tests)
	for _, d := range channels(pass, r) {
		rep.Report(d)
	}
	values := handover.New(r)
	for _, f := range r.Funcs {
		for _, g := range group(values.Find(f)) {
			d := wordValue(r, f, g)
			d.Fixes = cloneFix(pass, g)
			rep.Report(d)
		}
	}
	rep.Flush()
	return nil, nil
}

// group keeps one finding for each value that is sent: the worst, and of those
// the first.
func group(all []handover.Finding) []handover.Finding {
	type key struct {
		at *conc.Op
		i  int
	}
	slices.SortStableFunc(all, func(a, b handover.Finding) int { return cmp.Compare(severity(a), severity(b)) })
	seen := make(map[key]bool)
	var out []handover.Finding
	for _, g := range all {
		k := key{g.Gift.At, g.Gift.Case}
		if c := category(g); c == "" || seen[k] || !strict && (c == shared || g.How == handover.Deserted) {
			continue
		}
		seen[k] = true
		out = append(out, g)
	}
	return out
}

func severity(g handover.Finding) int {
	switch category(g) {
	case pooled:
		return 0
	case modified:
		return 1
	case retained:
		return 2
	}
	return 3
}

// category is what a finding about a value amounts to, "" if it is not worth a
// report.
func category(g handover.Finding) string {
	switch {
	case g.How == handover.Pooled:
		return pooled
	case g.How == handover.Retained || g.How == handover.Deserted:
		return retained
	case g.Locked && g.Gift.Shape != handover.Slice:
		return "" // the lock may be the receiver's too
	case g.Gift.Shape == handover.Pointer || g.Gift.Shape == handover.Map && g.Gift.Member:
		return shared
	}
	return modified
}
