package cli

import (
	"errors"
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/gotooltest"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/unit"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"chanlint": func() {
			if unit.Serves(os.Args[1:]) {
				unit.Main(stubs())
			}
			os.Exit(Main(stubs(), os.Args[1:], os.Stdout, os.Stderr))
		},
		"waiting-go": waitingGo,
	})
}

func TestScript(t *testing.T) {
	command, err := exec.LookPath("chanlint")
	if err != nil {
		t.Fatal(err)
	}
	p := testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("CHANLINT", command)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	}
	if err := gotooltest.Setup(&p); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, p)
}

// exits is a script command, "exits CODE COMMAND ARGS...", which checks the
// exit code of a command.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	code := 0
	err := ts.Exec(args[1], args[2:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got, want := strconv.Itoa(code), args[0]; got != want {
		ts.Fatalf("exit code %s, want %s", got, want)
	}
}

// waitingGo stands for a go command that takes long: it interrupts the command
// that started it, and says so when it is interrupted itself.
func waitingGo() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	parent, err := os.FindProcess(os.Getppid())
	if err == nil {
		err = parent.Signal(syscall.SIGINT)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	<-c
	if err := os.WriteFile("interrupted", []byte("by its parent\n"), 0o666); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(1)
}

// stubs returns analyzers that stand for the real ones: names reports what is
// called bad and, if strict, what is called odd; marks owns a fact; crash
// fails on what is called boom.
func stubs() []*analysis.Analyzer {
	names := &analysis.Analyzer{
		Name: "names",
		Doc:  "names: report functions with a bad name\n\nThe long manual of names.",
		URL:  "https://example.com/names",
	}
	strict := names.Flags.Bool("strict", false, "report odd names, too")
	tests := names.Flags.Bool("tests", false, "report on test files, too")
	names.Run = func(pass *analysis.Pass) (any, error) {
		for fn := range functions(pass) {
			inTest := strings.HasSuffix(pass.Fset.Position(fn.Pos()).Filename, "_test.go")
			if bad := fn.Name.Name == "bad" || *strict && fn.Name.Name == "odd"; bad && (*tests || !inTest) {
				report(pass, fn)
			}
		}
		return nil, nil
	}
	crash := &analysis.Analyzer{
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
	marks := &analysis.Analyzer{
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
	return []*analysis.Analyzer{names, crash, marks}
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

func report(pass *analysis.Pass, fn *ast.FuncDecl) {
	pass.Report(analysis.Diagnostic{
		Pos:     fn.Name.Pos(),
		End:     fn.Name.End(),
		Message: fn.Name.Name + " is no name for a function; call it good",
		SuggestedFixes: []analysis.SuggestedFix{{
			Message: "Call it good",
			TextEdits: []analysis.TextEdit{{
				Pos:     fn.Name.Pos(),
				End:     fn.Name.End(),
				NewText: []byte("good"),
			}},
		}},
	})
}
