package cli

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/gotooltest"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/chanlint/chanlint/internal/unit"
)

var update = flag.Bool("update", false, "write what the scripts and formats should print")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"chanlint": func() {
			if unit.Serves(os.Args[1:]) {
				unit.Main(stubSuite())
			}
			os.Exit(Main(stubSuite(), os.Args[1:], os.Stdout, os.Stderr))
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
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("CHANLINT", command)
			return nil
		},
		Condition: func(condition string) (bool, error) {
			if condition != "root" {
				return false, fmt.Errorf("unknown condition %s", condition)
			}
			return os.Getuid() == 0, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "large": large, "progress": showsProgress,
		},
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
	start := time.Now()
	err := ts.Exec(args[1], args[2:]...)
	ts.Setenv("TOOK", time.Since(start).String())
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got, want := strconv.Itoa(code), args[0]; got != want {
		ts.Fatalf("exit code %s, want %s", got, want)
	}
}

// large is a script command, "large N", which makes a module of so many
// packages, each with a bad name in it. Each but the first imports another.
func large(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: large N")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	write := func(name, text string) {
		name = ts.MkAbs(name)
		ts.Check(os.MkdirAll(filepath.Dir(name), 0o777))
		ts.Check(os.WriteFile(name, []byte(text), 0o666))
	}
	write("go.mod", "module example.com/large\n\ngo 1.26.0\n")
	for i := range n {
		imports := ""
		if i > 0 {
			imports = fmt.Sprintf("import _ \"example.com/large/p%d\"\n\n", i/2)
		}
		write(fmt.Sprintf("p%d/p.go", i), fmt.Sprintf("package p%d\n\n%sfunc bad() {}\n", i, imports))
	}
}

// showsProgress is a script command, "progress", which checks that the last
// command of exits, on a terminal, showed how far it was, and then took that
// away. One that was done at once need not.
func showsProgress(ts *testscript.TestScript, neg bool, args []string) {
	took, err := time.ParseDuration(ts.Getenv("TOOK"))
	ts.Check(err)
	if took < progressAfter+progressEvery {
		ts.Logf("done in %v: there was no need to show progress", took)
		return
	}
	shown := ts.ReadFile("ttyout")
	if !regexp.MustCompile(`chanlint: [0-9]+ packages checked, [0-9]+s`).MatchString(shown) || !strings.HasSuffix(shown, "\r\x1b[K") {
		ts.Fatalf("no progress, or some is left, after %v: %q", took, shown)
	}
}

// waitingGo stands for a go command that takes long: it interrupts the command
// that started it, and says so when it is interrupted itself. Of several that
// the same command starts, one interrupts it: the second interrupt would end it.
func waitingGo() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	if err := interruptOnce(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	<-c
	if err := os.WriteFile("interrupted", []byte("by its parent\n"), 0o666); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(1)
}

func interruptOnce() error {
	parent := os.Getppid()
	f, err := os.OpenFile(fmt.Sprint("interrupting-", parent), os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	f.Close()
	p, err := os.FindProcess(parent)
	if err != nil {
		return err
	}
	return p.Signal(syscall.SIGINT)
}
