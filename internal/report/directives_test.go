package report_test

import (
	"go/ast"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/internal/report"
)

// stub reports calls of functions by the name of bad.
var stub = &analysis.Analyzer{
	Name:     "chanleak",
	Doc:      "chanleak: report calls of bad",
	Requires: report.Requires,
	Run: func(pass *analysis.Pass) (any, error) {
		r := report.New(pass, false)
		for _, f := range pass.Files {
			for n := range ast.Preorder(f) {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					continue
				}
				if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "bad" {
					r.Report(report.Diagnostic{
						Pos: call.Pos(), End: call.End(), Category: "call",
						Message: "bad is called; call good",
					})
				}
			}
		}
		r.Flush()
		return nil, nil
	},
}

func TestCheckDirectives(t *testing.T) {
	a := report.CheckDirectives(stub)
	results := analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), a, "directives")
	for _, res := range results {
		for _, d := range res.Action.Diagnostics {
			if err := checktest.CheckMessage(a.Name, d.Message); err != nil {
				t.Errorf("message %q %v", d.Message, err)
			}
			for _, fix := range d.SuggestedFixes {
				if err := checktest.CheckFix(fix.Message); err != nil {
					t.Errorf("fix %q %v", fix.Message, err)
				}
			}
			want := report.URL("suppression", d.Category)
			if d.URL != want {
				t.Errorf("URL %q, want %q", d.URL, want)
			}
		}
	}
}

func TestCheckDirectivesTests(t *testing.T) {
	a := report.CheckDirectives(stub)
	if err := a.Flags.Set("tests", "true"); err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, analysistest.TestData(), a, "directivestests")
}

// The stub itself is silenced where CheckDirectives says so.
func TestStub(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), stub, "stub")
}

func TestCheckDirectivesValid(t *testing.T) {
	a := report.CheckDirectives(stub)
	if err := analysis.Validate([]*analysis.Analyzer{a}); err != nil {
		t.Error(err)
	}
	if !slices.Contains(a.Requires, stub) {
		t.Error("does not require the pass, so it may run first")
	}
}
