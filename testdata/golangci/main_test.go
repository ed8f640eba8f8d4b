package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/chanlint/chanlint/internal/checktest"
)

// asGolangci makes the test binary the program.
const asGolangci = "CHANLINT_AS_GOLANGCI"

func TestMain(m *testing.M) {
	if os.Getenv(asGolangci) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// command builds the chanlint command.
func command(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "chanlint")
	build := exec.Command("go", "build", "-o", name, "./cmd/chanlint")
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building chanlint: %v\n%s", err, out)
	}
	return name
}

// run runs a command that finds something, and returns its output.
func run(t *testing.T, dir string, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asGolangci+"=1", "GOLANGCI_LINT_CACHE="+t.TempDir())
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 {
		t.Fatalf("%s %q: %v, want exit code 1\n%s%s", filepath.Base(name), args, err, out, &errs)
	}
	return string(out)
}

// byGolangci returns what golangci-lint finds in a folder.
func byGolangci(t *testing.T, dir, config string, packages ...string) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	config, err = filepath.Abs(config)
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"run", "-c", config, "--path-mode=abs", "--output.text.path=", "--output.json.path=stdout", "--show-stats=false"}
	out := run(t, dir, self, append(args, packages...)...)
	var report struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename     string
				Line, Column int
			}
		}
	}
	if err := json.NewDecoder(strings.NewReader(out)).Decode(&report); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var all []string
	for _, i := range report.Issues {
		if i.FromLinter != "chanlint" {
			t.Errorf("unexpected linter: %v", i)
		}
		all = append(all, fmt.Sprintf("%s:%d:%d: %s", i.Pos.Filename, i.Pos.Line, i.Pos.Column, i.Text))
	}
	slices.Sort(all)
	return all
}

// byVet returns what go vet finds with chanlint, in the same form.
func byVet(t *testing.T, dir, tool string, packages ...string) []string {
	t.Helper()
	out := run(t, dir, tool, append([]string{"-config=off", "-json"}, packages...)...)
	var report struct {
		Root     string
		Findings []struct {
			Pass, Message string
			Place         struct {
				File         string
				Line, Column int
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var all []string
	for _, f := range report.Findings {
		file := filepath.Join(report.Root, filepath.FromSlash(f.Place.File))
		all = append(all, fmt.Sprintf("%s:%d:%d: %s: %s", file, f.Place.Line, f.Place.Column, f.Pass, f.Message))
	}
	slices.Sort(all)
	return all
}

func compare(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("golangci-lint finds\n%s\n\ngo vet finds\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestExamples checks that golangci-lint finds what go vet finds, and makes no
// issues of the other places of a finding.
func TestExamples(t *testing.T) {
	root := filepath.Join("..", "..")
	got := byGolangci(t, root, ".golangci.yml", "./examples/...")
	compare(t, got, byVet(t, root, command(t), "./examples/..."))
}

// TestData checks that golangci-lint finds in the test data of all passes what
// go vet finds.
func TestData(t *testing.T) {
	dir, patterns := checktest.Workspace(t, filepath.Join("..", ".."))
	for i, p := range patterns {
		patterns[i] = "./" + p // golangci-lint takes folders
	}
	got := byGolangci(t, dir, ".golangci.yml", patterns...)
	if len(got) < 300 {
		t.Errorf("golangci-lint finds %d issues in the test data, want more", len(got))
	}
	compare(t, got, byVet(t, dir, command(t), patterns...))
}

// TestFacts checks that golangci-lint carries facts from one package to
// another: that the callee blocks is known only from its own package.
func TestFacts(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":     "module m\n\ngo 1.26.0\n",
		"end/end.go": "package end\n\nfunc End(c chan int) { close(c) }\n",
		"use/use.go": "package use\n\nimport \"m/end\"\n\n" +
			"func Twice() {\n\tc := make(chan int, 1)\n\tend.End(c)\n\tc <- 1\n}\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got := byGolangci(t, dir, ".golangci.yml", "./...")
	if len(got) == 0 {
		t.Error("golangci-lint finds nothing")
	}
	compare(t, got, byVet(t, dir, command(t), "./..."))
}

// TestSARIFSchema checks the SARIF of the command against the schema of the
// standard, which comes with gosec, one of the linters in golangci-lint.
func TestSARIFSchema(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f={{.Dir}}", "github.com/securego/gosec/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(strings.TrimSpace(string(dir)), "report", "sarif", "testdata", "sarif-schema-2.1.0.json")
	schema, err := jsonschema.NewCompiler().Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile(filepath.Join("..", "..", "internal", "render", "testdata", "golden", "sarif"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"golden": string(golden),
		"output": run(t, filepath.Join("..", ".."), command(t), "-config=off", "-o=sarif", "./examples/..."),
	} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
