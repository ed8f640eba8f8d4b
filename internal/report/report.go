// Package report turns the findings of the passes into diagnostics. It is the
// only package that calls [analysis.Pass.Report], so what users were promised
// about all reports (no generated code, ignore directives, a stable order, a
// page to read on) is kept in one place.
package report

import (
	"cmp"
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"honnef.co/go/tools/analysis/facts/generated"

	"github.com/chanlint/chanlint/internal/suppress"
)

// Requires lists what an analyzer that calls [New] must require.
var Requires = []*analysis.Analyzer{suppress.Analyzer, generated.Analyzer, steps}

// maxRelated is how many related positions a diagnostic shows.
const maxRelated = 3

// MaxMessage is the longest message, in bytes.
const MaxMessage = 160

// A Diagnostic is one finding of a pass.
type Diagnostic struct {
	Pos, End token.Pos // the expression to change
	Category string    // one word, a heading in the documentation of the pass
	Message  string    // see CheckMessage of package checktest

	// Related holds the other places, the most telling first. What is
	// beyond the third is not shown.
	Related []analysis.RelatedInformation

	// Steps returns the way to what is reported, in order. It is nil if
	// there is none, and called only if somebody asks: see [Step].
	Steps func() []Step

	// Fixes holds alternatives, the safest first.
	Fixes []analysis.SuggestedFix
}

// A Reporter collects the diagnostics of one pass over one package.
// It is not safe for concurrent use.
type Reporter struct {
	pass      *analysis.Pass
	tests     bool
	steps     bool
	index     *suppress.Index
	generated map[string]generated.Generator
	pending   []Diagnostic
}

// New returns a Reporter for pass, whose analyzer must require [Requires].
// Diagnostics in test files are dropped unless tests is set.
func New(pass *analysis.Pass, tests bool) *Reporter {
	return &Reporter{
		pass:      pass,
		tests:     tests,
		steps:     pass.ResultOf[steps].(bool),
		index:     pass.ResultOf[suppress.Analyzer].(*suppress.Index),
		generated: pass.ResultOf[generated.Analyzer].(map[string]generated.Generator),
	}
}

// Report records d, to be emitted by the next call of Flush, unless it stands
// in a generated file or a test file or a directive silences it.
func (r *Reporter) Report(d Diagnostic) {
	file := displayPosition(r.pass.Fset, d.Pos).Filename
	if _, ok := r.generated[file]; ok {
		return
	}
	// Ask the directives before the file name: one in a test file is not
	// unused only because this run leaves out the tests.
	if r.index.Suppressed(r.pass.Analyzer.Name, d.Pos) {
		return
	}
	if !r.tests && strings.HasSuffix(file, "_test.go") {
		return
	}
	r.pending = append(r.pending, d)
}

// Flush emits the recorded diagnostics in the order of their positions. Of
// several with the same position and category it emits one.
func (r *Reporter) Flush() {
	type key struct {
		pos      token.Pos
		category string
	}
	emitted := make(map[key]bool)
	slices.SortStableFunc(r.pending, r.compare)
	for _, d := range r.pending {
		k := key{d.Pos, d.Category}
		if emitted[k] {
			continue
		}
		emitted[k] = true
		r.pass.Report(r.render(d))
	}
	r.pending = nil
}

// compare orders diagnostics by file name and offset, because the order of
// files among positions depends on which was parsed first. The message
// decides which one of several diagnostics of a cause is kept.
func (r *Reporter) compare(a, b Diagnostic) int {
	p, q := r.pass.Fset.PositionFor(a.Pos, false), r.pass.Fset.PositionFor(b.Pos, false)
	return cmp.Or(
		cmp.Compare(p.Filename, q.Filename),
		cmp.Compare(p.Offset, q.Offset),
		cmp.Compare(a.Category, b.Category),
		cmp.Compare(a.Message, b.Message),
	)
}

func (r *Reporter) render(d Diagnostic) analysis.Diagnostic {
	fixes := d.Fixes
	if isRewritten(r.pass.Fset, d.Pos) {
		fixes = nil // they would edit a file that the user does not have
	}
	places := related(d)
	if r.steps && d.Steps != nil {
		places = append(places, encode(d.Steps())...)
	}
	return analysis.Diagnostic{
		Pos:            d.Pos,
		End:            d.End,
		Category:       d.Category,
		Message:        d.Message,
		URL:            URL(r.pass.Analyzer.Name, d.Category),
		SuggestedFixes: fixes,
		Related:        places,
	}
}

// related returns the first related positions of d that show another place.
func related(d Diagnostic) []analysis.RelatedInformation {
	var kept []analysis.RelatedInformation
	for _, info := range d.Related {
		if len(kept) == maxRelated {
			break
		}
		same := func(k analysis.RelatedInformation) bool {
			return k.Pos == info.Pos && k.Message == info.Message
		}
		if info.Pos.IsValid() && !slices.ContainsFunc(kept, same) {
			kept = append(kept, info)
		}
	}
	return kept
}

// URL returns the address of the documentation of a category of a pass. With
// an empty category it is that of the pass.
func URL(pass, category string) string {
	const page = "https://github.com/chanlint/chanlint/blob/main/docs/passes.md#"
	if category == "" {
		return page + pass
	}
	return page + pass + "-" + category
}

// Line names pos for use in a message about a place in the file of from:
// "line 41" in the same file, "bus.go:77" in another one, and "elsewhere" if
// pos is unknown.
func Line(fset *token.FileSet, from, pos token.Pos) string {
	if !pos.IsValid() {
		return "elsewhere" // made by the compiler
	}
	here, there := displayPosition(fset, from), displayPosition(fset, pos)
	if there.Filename == here.Filename {
		return fmt.Sprintf("line %d", there.Line)
	}
	return fmt.Sprintf("%s:%d", filepath.Base(there.Filename), there.Line)
}

// displayPosition returns the position that users know pos by. Line comments
// count only if they lead to Go source, as those of cgo do.
func displayPosition(fset *token.FileSet, pos token.Pos) token.Position {
	if adjusted := fset.PositionFor(pos, true); filepath.Ext(adjusted.Filename) == ".go" {
		return adjusted
	}
	return fset.PositionFor(pos, false)
}

// isRewritten reports whether pos is in a file that a tool made from the
// user's Go source.
func isRewritten(fset *token.FileSet, pos token.Pos) bool {
	return displayPosition(fset, pos).Filename != fset.PositionFor(pos, false).Filename
}
