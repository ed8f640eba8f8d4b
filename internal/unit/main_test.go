package unit

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/types"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

// toolEnv makes the test binary a vet tool.
const toolEnv = "CHANLINT_UNIT_TOOL"

func TestMain(m *testing.M) {
	if os.Getenv(toolEnv) != "" {
		tool()
	}
	os.Exit(m.Run())
}

// tool is a vet tool that writes how it answered each request for facts to
// the file of its -record flag, and, with -compare, whether the long way
// gives the same answer. A new file name also makes new cache keys: the go
// command repeats all requests.
func tool() {
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	for _, fs := range []*flag.FlagSet{flags, flag.CommandLine} {
		fs.String("record", "", "")
		fs.Bool("compare", false, "")
	}
	args := os.Args[1:]
	if file := args[len(args)-1]; strings.HasSuffix(file, ".cfg") {
		flags.Bool("json", false, "")
		if err := flags.Parse(args); err != nil {
			log.Fatal(err)
		}
		value := func(name string) string { return flags.Lookup(name).Value.String() }
		if value("record") != "" {
			answer(file, value("record"), value("compare") == "true")
		}
	}
	unitchecker.Main(sends)
}

func answer(file, record string, compare bool) {
	cfg, err := readConfig(file)
	if err != nil {
		log.Fatal(err)
	}
	if !cfg.VetxOnly {
		return
	}
	done, err := Fast(cfg, Boring)
	how := "slow"
	switch {
	case err != nil:
		how = "slow: " + err.Error()
	case done && compare:
		how = "fast, " + sameAnswer(file, cfg.VetxOutput)
	case done:
		how = "fast"
	}
	out, err := os.OpenFile(record, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o666)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintf(out, "%s: %s\n", cfg.ImportPath, how)
	out.Close()
	if done {
		os.Exit(0)
	}
}

// sameAnswer reports whether the long way writes what is in the file now.
func sameAnswer(cfgFile, output string) string {
	fast, err := os.ReadFile(output)
	if err != nil {
		return err.Error()
	}
	if msg, err := exec.Command(os.Args[0], cfgFile).CombinedOutput(); err != nil {
		return fmt.Sprintf("%v: %s", err, msg)
	}
	slow, err := os.ReadFile(output)
	if err != nil {
		return err.Error()
	}
	if !bytes.Equal(fast, slow) {
		return fmt.Sprintf("not the same: %d and %d bytes", len(fast), len(slow))
	}
	return "same"
}

// sends has a fact for each function that contains a send statement, outside
// the standard library, and reports the calls of those.
var sends = &analysis.Analyzer{
	Name:      "sends",
	Doc:       "report calls of functions that send",
	Run:       runSends,
	FactTypes: []analysis.Fact{new(sendsFact)},
}

type sendsFact struct{ Sends bool }

func (*sendsFact) AFact() {}

func (*sendsFact) String() string { return "sends" }

func runSends(pass *analysis.Pass) (any, error) {
	if !strings.HasPrefix(pass.Pkg.Path(), "example.com/") {
		return nil, nil // a closed world, as for our passes
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.SendStmt:
					pass.ExportObjectFact(pass.TypesInfo.Defs[fn.Name], &sendsFact{true})
				case *ast.SelectorExpr:
					if callee, ok := pass.TypesInfo.Uses[n.Sel].(*types.Func); ok && pass.ImportObjectFact(callee.Origin(), new(sendsFact)) {
						pass.Reportf(n.Pos(), "%s sends", callee.Name())
					}
				}
				return true
			})
		}
	}
	return nil, nil
}

// vet runs go vet with the test binary on the packages of a module, and
// returns what it printed and how it answered for each package.
func vet(t *testing.T, dir string, flags ...string) (output string, how map[string]string) {
	t.Helper()
	record := filepath.Join(t.TempDir(), "record")
	args := append([]string{"vet", "-vettool=" + os.Args[0], "-record=" + record}, flags...)
	cmd := exec.Command("go", append(args, ".")...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), toolEnv+"=1", "GOFLAGS=", "GOWORK=off", "GOPROXY=off", "CGO_ENABLED=1")
	out, _ := cmd.CombinedOutput() // the exit code is 1 if there are findings

	how = make(map[string]string)
	data, err := os.ReadFile(record)
	if err != nil {
		t.Fatalf("go vet asked the tool nothing: %v\n%s", err, out)
	}
	for line := range strings.Lines(string(data)) {
		path, answer, _ := strings.Cut(strings.TrimSpace(line), ": ")
		how[path] = answer
	}
	return string(out), how
}
