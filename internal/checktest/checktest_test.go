package checktest

import (
	"fmt"
	"go/ast"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// isBad marks functions by the name of Bad.
type isBad struct{}

func (*isBad) AFact()         {}
func (*isBad) String() string { return "bad" }

// A wording is how the stub reports calls of bad functions.
type wording struct {
	category, format, related string
	fixes                     []string // messages
	replacement               string   // for the callee
}

// good is a wording without fault.
var good = wording{
	category:    "call",
	format:      "%s is called; call Good",
	related:     "it is called here",
	fixes:       []string{"call Good"},
	replacement: "Good",
}

// stubPass returns an analyzer that reports calls of bad functions.
func stubPass(w wording) *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:      "stubpass",
		Doc:       "stubpass: report calls of Bad",
		FactTypes: []analysis.Fact{(*isBad)(nil)},
		Run:       func(pass *analysis.Pass) (any, error) { return nil, runStub(pass, w) },
	}
	a.Flags.Bool("strict", false, "no effect")
	a.Flags.Int("limit", 10, "no effect")
	return a
}

func runStub(pass *analysis.Pass, w wording) error {
	for _, f := range pass.Files {
		for n := range ast.Preorder(f) {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "Bad" {
					pass.ExportObjectFact(pass.TypesInfo.Defs[n.Name], new(isBad))
				}
			case *ast.CallExpr:
				fn, _ := typeutil.Callee(pass.TypesInfo, n).(*types.Func)
				if fn != nil && pass.ImportObjectFact(fn, new(isBad)) {
					pass.Report(w.diagnostic(pass, n))
				}
			}
		}
	}
	return nil
}

func (w wording) diagnostic(pass *analysis.Pass, call *ast.CallExpr) analysis.Diagnostic {
	fun := types.ExprString(ast.Unparen(call.Fun))
	d := analysis.Diagnostic{
		Pos: call.Pos(), End: call.End(),
		Category: w.category,
		Message:  strings.ReplaceAll(w.format, "%s", fun),
		Related:  []analysis.RelatedInformation{{Pos: call.Pos(), Message: w.related}},
	}
	for _, msg := range w.fixes {
		fun := call.Fun
		d.SuggestedFixes = append(d.SuggestedFixes, analysis.SuggestedFix{
			Message:   msg,
			TextEdits: []analysis.TextEdit{{Pos: fun.Pos(), End: fun.End(), NewText: []byte(w.replacement)}},
		})
	}
	return d
}

// A recorder stands for a test that may fail.
type recorder struct {
	*testing.T
	errors []string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

// wantError checks that some recorded error contains want or, if want is
// empty, that there is none.
func (r *recorder) wantError(t *testing.T, want string) {
	t.Helper()
	found := slices.ContainsFunc(r.errors, func(s string) bool { return strings.Contains(s, want) })
	if want == "" && len(r.errors) > 0 || want != "" && !found {
		t.Errorf("got errors %q, want %q", r.errors, want)
	}
}

func dataRoot(t *testing.T) string {
	root, err := filepath.Abs("testdata/module")
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func TestRun(t *testing.T) {
	for _, test := range []struct {
		cases []string
		want  string
		pkgs  []string
	}{
		{[]string{"stubpass/basic", "stubpass/crosspkg"}, "", []string{"stubpass/basic", "stubpass/crosspkg"}},
		{[]string{"stubpass/crosspkg/..."}, "", []string{"stubpass/crosspkg", "stubpass/crosspkg/bus"}},
		{[]string{"stubpass/none"}, "none", nil},
		{[]string{"../stubpass"}, "not a path", nil},
		{[]string{"stubpass/unwanted"}, "unexpected diagnostic", []string{"stubpass/unwanted"}},
	} {
		r := &recorder{T: t}
		results := run(r, dataRoot(t), stubPass(good), test.cases)
		r.wantError(t, test.want)
		var pkgs []string
		for _, res := range results {
			pkgs = append(pkgs, res.Action.Package.PkgPath)
		}
		slices.Sort(pkgs)
		if diff := cmp.Diff(test.pkgs, pkgs); diff != "" {
			t.Errorf("Run %v analyzed (-want +got):\n%s", test.cases, diff)
		}
	}
}

func TestRunChecksMessages(t *testing.T) {
	w := good
	w.related = "elsewhere"
	r := &recorder{T: t}
	run(r, dataRoot(t), stubPass(w), []string{"stubpass/basic"})
	r.wantError(t, `basic.go:8: related message "elsewhere" does not say "here"`)
}

func TestCheckDiagnostic(t *testing.T) {
	for _, test := range []struct {
		change func(w *wording)
		want   string
	}{
		{func(*wording) {}, ""},
		{func(w *wording) { w.format = "bad call" }, "no remedy"},
		{func(w *wording) { w.format = "stubpass is here; call Good" }, "names its pass"},
		{func(w *wording) { w.category = "" }, "no category"},
		{func(w *wording) { w.related = "" }, "related message"},
		{func(w *wording) { w.fixes = []string{"Call Good"} }, "does not start with a verb"},
		{func(w *wording) { w.fixes = []string{"call it", "call it"} }, "offered twice"},
		{func(w *wording) { w.fixes = nil }, ""},
	} {
		w := good
		test.change(&w)
		d := w.diagnostic(nil, &ast.CallExpr{Fun: ast.NewIdent("Bad")})
		err := checkDiagnostic(stubPass(w), d)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("checkDiagnostic of %+v = %v, want %q", w, err, test.want)
		}
	}
}

func TestRunFixes(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(w *wording)
		want   []string
	}{
		{"good", func(*wording) {}, nil},
		{"compiles", func(w *wording) { w.replacement = "Gut" }, []string{"-- diff fixed want --", "undefined: Gut"}},
		{"formatted", func(w *wording) { w.replacement = "Good " }, []string{"not formatted"}},
		{"parses", func(w *wording) { w.replacement = "Good(" }, []string{"first fixes of stubpass/fixes/fixes.go"}},
		{"silent", func(w *wording) { w.replacement = "(Bad)" }, []string{"2 diagnostics of category call, want 0"}},
		{"offered", func(w *wording) { w.fixes = nil }, []string{"suggested no fix"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := good
			test.change(&w)
			r := &recorder{T: t}
			runFixes(r, dataRoot(t), stubPass(w), []string{"stubpass/fixes"})
			for _, want := range test.want {
				r.wantError(t, want)
			}
			if len(test.want) == 0 {
				r.wantError(t, "")
			}
		})
	}
}

// A package with tests is analyzed twice, and its fixes are applied once.
func TestRunFixesTwice(t *testing.T) {
	results := runFixes(t, dataRoot(t), stubPass(good), []string{"stubpass/twice", "stubpass/fixes"})
	if len(results) < 3 {
		t.Errorf("%d packages analyzed, want one of them twice", len(results))
	}
}

func TestApply(t *testing.T) {
	for _, test := range []struct {
		edits []edit
		want  string
		fails bool
	}{
		{nil, "abcdef", false},
		{[]edit{{3, 4, "X"}, {0, 1, "Y"}}, "YbcXef", false},
		{[]edit{{2, 2, "X"}, {2, 2, "X"}}, "abXcdef", false},
		{[]edit{{0, 3, ""}, {3, 6, "."}}, ".", false},
		{[]edit{{0, 3, ""}, {2, 4, ""}}, "", true},
	} {
		got, err := apply([]byte("abcdef"), test.edits)
		if string(got) != test.want || (err != nil) != test.fails {
			t.Errorf("apply %v = %q, %v, want %q, error %v", test.edits, got, err, test.want, test.fails)
		}
	}
}

func TestWithFlags(t *testing.T) {
	a := stubPass(good)
	value := func(name string) string { return a.Flags.Lookup(name).Value.String() }
	t.Run("set", func(t *testing.T) {
		WithFlags(t, a, "strict=true", "limit=3")
		if got := value("strict") + " " + value("limit"); got != "true 3" {
			t.Errorf("flags are %s, want true 3", got)
		}
	})
	if got := value("strict") + " " + value("limit"); got != "false 10" {
		t.Errorf("after the test flags are %s, want false 10", got)
	}
}

func TestMissesIn(t *testing.T) {
	got, err := missesIn(fstest.MapFS{
		"chanleak/basic/b.go":     {Data: []byte("package b\n\nvar x = y // miss: why not\n")},
		"chanleak/basic/a.go":     {Data: []byte("package b\n// miss:\tno reason  \r\n\n\n// miss: other")},
		"chanleak/basic/b.golden": {Data: []byte("// miss: not Go\n")},
		"unbounded/near/n.go":     {Data: []byte("package n // want `x`\n")},
	})
	want := []Miss{
		{"chanleak", "chanleak/basic/a.go", 2, "no reason"},
		{"chanleak", "chanleak/basic/a.go", 5, "other"},
		{"chanleak", "chanleak/basic/b.go", 3, "why not"},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("misses (-want +got), error %v:\n%s", err, diff)
	}
}

// The shared data of the module can be listed.
func TestMisses(t *testing.T) {
	for _, miss := range Misses(t) {
		if miss.Why == "" {
			t.Errorf("%s:%d: a miss without a reason", miss.Path, miss.Line)
		}
	}
}
