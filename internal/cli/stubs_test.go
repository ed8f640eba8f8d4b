package cli

import (
	"errors"
	"go/ast"
	"go/types"
	"io"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/unit"
)

// stubSuite stands for the real suite: names reports what is called bad and,
// if strict, what is called odd; marks owns a fact; crash fails on what is
// called boom. The standard check nilness reports what is called null.
func stubSuite() unit.Suite {
	return unit.Suite{
		Own:      []*analysis.Analyzer{newNames(), newCrash(), newMarks()},
		Standard: []*analysis.Analyzer{newNilness()},
	}
}

// testCommand returns a command that prints nothing.
func testCommand() *command { return &command{stubSuite(), io.Discard, io.Discard} }

func newNames() *analysis.Analyzer {
	names := &analysis.Analyzer{
		Name: "names",
		Doc:  namesDoc,
		URL:  "https://example.com/manual#names",
	}
	strict := names.Flags.Bool("strict", false, "report odd names, too")
	tests := names.Flags.Bool("tests", false, "report on test files, too")
	names.Run = func(pass *analysis.Pass) (any, error) {
		for fn := range functions(pass) {
			inTest := strings.HasSuffix(pass.Fset.Position(fn.Pos()).Filename, "_test.go")
			if *tests || !inTest {
				report(pass, fn, *strict)
			}
		}
		return nil, nil
	}
	return names
}

const namesDoc = `names: report functions with a bad name

The long manual of names.

# func

A function has a bad name.

Wrong:

	func bad() {}

# What is not reported

Everything else.`

func newCrash() *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "crash",
		Doc:  "crash: fail on functions called boom or panic on functions called bang",
		Run: func(pass *analysis.Pass) (any, error) {
			for fn := range functions(pass) {
				switch fn.Name.Name {
				case "boom":
					return nil, errors.New("boom is too much")
				case "bang":
					panic("bang")
				}
			}
			return nil, nil
		},
	}
}

func newMarks() *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:      "marks",
		Doc:       "marks: own the facts",
		FactTypes: []analysis.Fact{new(mark)},
		Run: func(pass *analysis.Pass) (any, error) {
			for fn := range functions(pass) {
				obj, ok := pass.TypesInfo.Defs[fn.Name].(*types.Func)
				if ok && fn.Name.Name == "Mark" {
					pass.ExportObjectFact(obj, new(mark))
				}
			}
			return nil, nil
		},
	}
}

func newNilness() *analysis.Analyzer {
	nilness := &analysis.Analyzer{
		Name: "nilness",
		Doc:  "nilness: report functions called null",
		URL:  "https://example.com/nilness",
		Run: func(pass *analysis.Pass) (any, error) {
			for fn := range functions(pass) {
				if fn.Name.Name == "null" {
					pass.ReportRangef(fn.Name, "null is nothing; call it something")
				}
			}
			return nil, nil
		},
	}
	nilness.Flags.Bool("deep", false, "look deeper")
	return nilness
}

type mark struct{}

func (*mark) AFact() {}

func (*mark) String() string { return "mark" }

func functions(pass *analysis.Pass) func(yield func(*ast.FuncDecl) bool) {
	return func(yield func(*ast.FuncDecl) bool) {
		for _, file := range pass.Files {
			for _, decl := range file.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok && !yield(fn) {
					return
				}
			}
		}
	}
}

// report reports a function with a bad name, with the place of its body.
// A function called stubborn has a fix that leaves it so.
func report(pass *analysis.Pass, fn *ast.FuncDecl, strict bool) {
	good := map[string]string{"bad": "good"}[fn.Name.Name]
	if strings.HasPrefix(fn.Name.Name, "stubborn") {
		good = fn.Name.Name + "er"
	}
	if strict && fn.Name.Name == "odd" {
		good = "even"
	}
	if good == "" {
		return
	}
	pass.Report(analysis.Diagnostic{
		Pos:      fn.Name.Pos(),
		End:      fn.Name.End(),
		Category: "func",
		Message:  fn.Name.Name + " is no name for a function; call it " + good,
		Related:  []analysis.RelatedInformation{{Pos: fn.Body.Pos(), End: fn.Body.End(), Message: "its body starts here"}},
		SuggestedFixes: []analysis.SuggestedFix{{
			Message: "call it " + good,
			TextEdits: []analysis.TextEdit{{
				Pos:     fn.Name.Pos(),
				End:     fn.Name.End(),
				NewText: []byte(good),
			}},
		}},
	})
}
