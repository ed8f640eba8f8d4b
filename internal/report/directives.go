package report

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/suppress"
)

// CheckDirectives returns an analyzer that reports directives that are
// malformed, or that silence none of the reports of passes. It runs after
// passes and therefore requires them all.
//
// Directives in test files are left out unless its flag "tests" is set.
func CheckDirectives(passes ...*analysis.Analyzer) *analysis.Analyzer {
	// Not "directive": the standard suite has that name, and both run in
	// one process.
	a := &analysis.Analyzer{
		Name: "suppression",
		Doc: `suppression: check the comments that silence reports

A //chanlint:ignore comment that is misspelt, names no pass or gives no reason
has no effect, and one that silences nothing hides the next report there.`,
		URL:      URL("suppression", ""),
		Requires: slices.Concat(Requires, passes),
	}
	tests := a.Flags.Bool("tests", false, "check the directives in test files too")
	a.Run = func(pass *analysis.Pass) (any, error) {
		checkDirectives(pass, *tests, passes)
		return nil, nil
	}
	return a
}

func checkDirectives(pass *analysis.Pass, tests bool, passes []*analysis.Analyzer) {
	var names []string
	for _, p := range passes {
		names = append(names, p.Name)
	}
	r := New(pass, tests)
	for _, p := range slices.Concat(r.index.Malformed(names), r.index.Unused(names)) {
		r.Report(Diagnostic{
			Pos:      p.Pos,
			End:      p.End,
			Category: p.Category,
			Message:  p.Message,
			Fixes:    removal(pass.Fset, p),
		})
	}
	r.Flush()
}

// removal returns the fix that deletes the comment of p, if nothing is lost
// by it, together with its line if it has one of its own.
func removal(fset *token.FileSet, p suppress.Problem) []analysis.SuggestedFix {
	if !p.Removable {
		return nil
	}
	pos, end := p.Pos, p.End
	file := fset.File(pos)
	line := file.PositionFor(pos, false).Line
	if p.OwnLine && line < file.LineCount() {
		pos, end = file.LineStart(line), file.LineStart(line+1)
	}
	return []analysis.SuggestedFix{{
		Message:   "remove the directive",
		TextEdits: []analysis.TextEdit{{Pos: pos, End: end}},
	}}
}
