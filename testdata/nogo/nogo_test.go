package nogo

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	_ "github.com/aymanbagabas/go-udiff"              // of nogo
	_ "github.com/bazelbuild/rules_go/go/tools/bazel" // keeps the module
	_ "github.com/chanlint/chanlint"                  // likewise
	_ "golang.org/x/tools/go/analysis"                // of nogo
)

// TestNogo builds nogo from the sources of rules_go, with the analyzers and the
// configuration that docs/bazel.md shows, and runs it as Bazel does: for one
// package after the other, with the facts of those that it imports in files.
// It finds what chanlint finds.
func TestNogo(t *testing.T) {
	b := newBuild(t)
	analyzers, config := page(t)
	nogo := b.nogo(analyzers, config)
	for _, pass := range []string{"lockacrossblock", "chanleak", "lagignored", "selectstarve", "sendaftermove", "unbounded", "watchqueue"} {
		t.Run(pass, func(t *testing.T) {
			dir := module(t, pass)
			got := analyze(t, nogo, dir)
			want := byCommand(t, b.chanlint, dir)
			if !slices.Equal(got, want) {
				t.Errorf("nogo finds\n%s\n\nchanlint finds\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if len(want) < 5 {
				t.Errorf("%d findings, want more", len(want))
			}
		})
	}
}

// page returns the analyzers that docs/bazel.md lists, as import paths, and a
// file with its configuration.
func page(t *testing.T) (analyzers []string, config string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "bazel.md"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "list", "-m", "-f={{.Version}}", "github.com/bazelbuild/rules_go").Output()
	if version := strings.TrimSpace(string(out)); err != nil || !strings.Contains(string(data), "rules_go "+version+",") {
		t.Errorf("docs/bazel.md does not say that this is rules_go %s (%v)", version, err)
	}
	for _, m := range regexp.MustCompile(`"@com_github_chanlint_chanlint//(passes/\w+)"`).FindAllSubmatch(data, -1) {
		analyzers = append(analyzers, "github.com/chanlint/chanlint/"+string(m[1]))
	}
	block := regexp.MustCompile("(?ms)^```json\n(.*?)^```$").FindSubmatch(data)
	if block == nil || len(analyzers) == 0 {
		t.Fatal("docs/bazel.md lists no analyzers, or has no configuration")
	}
	config = filepath.Join(t.TempDir(), "nogo.json")
	if err := os.WriteFile(config, block[1], 0o666); err != nil {
		t.Fatal(err)
	}
	return analyzers, config
}

// A build makes programs of sources in rules_go. Their folders exist in an
// overlay only: what Bazel compiles together is not a package for Go.
type build struct {
	*testing.T
	here     string // this folder
	sources  string // the folder in rules_go
	bin      string // where programs go
	chanlint string
}

func newBuild(t *testing.T) *build {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "list", "-m", "-f={{.Dir}}", "github.com/bazelbuild/rules_go").Output()
	if err != nil {
		t.Fatal(err)
	}
	b := &build{
		T: t, here: here, bin: t.TempDir(),
		sources: filepath.Join(strings.TrimSpace(string(out)), "go", "tools", "builders"),
	}
	b.chanlint = filepath.Join(b.bin, "chanlint")
	command := exec.Command("go", "build", "-o", b.chanlint, "./cmd/chanlint")
	command.Dir = filepath.Join("..", "..")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("building chanlint: %v\n%s", err, out)
	}
	return b
}

// nogo builds nogo as the rule does: a generator writes the list of analyzers.
func (b *build) nogo(analyzers []string, config string) string {
	b.Helper()
	main := filepath.Join(b.TempDir(), "main.go")
	write(b.T, main, "package main\n\nimport (\n\t\"log\"\n\t\"os\"\n)\n\n"+
		"func main() {\n\tif err := genNogoMain(os.Args[1:]); err != nil {\n\t\tlog.Fatal(err)\n\t}\n}\n")
	generator := b.program("generator", []string{"generate_nogo_main.go", "flags.go"}, main)

	list := filepath.Join(b.TempDir(), "analyzers.go")
	args := []string{"-output", list, "-config", config}
	for _, path := range analyzers {
		args = append(args, "-analyzer_importpath", path)
	}
	if out, err := exec.Command(generator, args...).CombinedOutput(); err != nil {
		b.Fatalf("generating the main file of nogo: %v\n%s", err, out)
	}
	return b.program("nogo", sourcesOf(b, "nogo_srcs"), list)
}

// sourcesOf returns the Go files of a rule in the folder of rules_go.
func sourcesOf(b *build, rule string) []string {
	b.Helper()
	data, err := os.ReadFile(filepath.Join(b.sources, "BUILD.bazel"))
	if err != nil {
		b.Fatal(err)
	}
	_, text, _ := strings.Cut(string(data), `name = "`+rule+`"`)
	text, _, _ = strings.Cut(text, "]")
	var files []string
	for _, m := range regexp.MustCompile(`"(\w+\.go)"`).FindAllStringSubmatch(text, -1) {
		files = append(files, m[1])
	}
	return files
}

// program builds a program of files of rules_go and another one.
func (b *build) program(name string, files []string, own string) string {
	b.Helper()
	replace := map[string]string{filepath.Join(b.here, name, "own.go"): own}
	for _, file := range files {
		replace[filepath.Join(b.here, name, file)] = filepath.Join(b.sources, file)
	}
	overlay := filepath.Join(b.TempDir(), "overlay.json")
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		b.Fatal(err)
	}
	write(b.T, overlay, string(data))
	bin := filepath.Join(b.bin, name)
	if out, err := exec.Command("go", "build", "-overlay", overlay, "-o", bin, "./"+name).CombinedOutput(); err != nil {
		b.Fatalf("building %s: %v\n%s", name, err, out)
	}
	return bin
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// module makes a module of the test data of a pass, without what needs others.
func module(t *testing.T, pass string) string {
	t.Helper()
	dir := t.TempDir()
	data := filepath.Join("..", "src", pass)
	if err := os.CopyFS(dir, os.DirFS(data)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.mod"), "module "+pass+"\n\ngo 1.26.0\n")
	return dir
}

// A listed package is what go list says of one.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles, Imports        []string
	Standard                bool
	DepsErrors              []any
	Error                   any
}

// packages lists the packages of a module that can be compiled without others,
// and what they import, each after its imports.
func packages(t *testing.T, dir string) []listed {
	t.Helper()
	command := exec.Command("go", "list", "-e", "-deps", "-export", "-json", "./...")
	command.Dir = dir
	command.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, err := command.Output()
	if err != nil {
		t.Fatalf("listing packages: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var p listed
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		if p.Error == nil && len(p.DepsErrors) == 0 && len(p.GoFiles) > 0 {
			all = append(all, p)
		}
	}
	return all
}

var finding = regexp.MustCompile(`(?m)^(/.*?\.go:\d+:\d+): (.*) \((\w+)\)$`)

// analyze runs nogo for each package of a module, and returns what it finds.
func analyze(t *testing.T, nogo, dir string) []string {
	t.Helper()
	work := t.TempDir()
	facts := make(map[string]string)
	var found []string
	var importcfg strings.Builder
	for i, p := range packages(t, dir) {
		if !p.Standard {
			out := filepath.Join(work, fmt.Sprint(i))
			write(t, out+".cfg", importcfg.String())
			args := []string{"-p", p.ImportPath, "-importcfg", out + ".cfg", "-x", out + ".facts", "-go_version", "1.26"}
			for path, file := range facts { // of all that it can see: Bazel names the direct imports
				if slices.Contains(p.Imports, path) {
					args = append(args, "-fact", path+"="+file)
				}
			}
			for _, file := range p.GoFiles {
				args = append(args, filepath.Join(p.Dir, file))
			}
			found = append(found, runNogo(t, nogo, dir, args)...)
			facts[p.ImportPath] = out + ".facts"
		}
		if p.Export != "" {
			fmt.Fprintf(&importcfg, "packagefile %s=%s\n", p.ImportPath, p.Export)
		}
	}
	slices.Sort(found)
	return found
}

// runNogo runs nogo for one package.
func runNogo(t *testing.T, nogo, dir string, args []string) []string {
	t.Helper()
	command := exec.Command(nogo, args...)
	command.Dir = dir
	out, err := command.CombinedOutput()
	exit, isExit := errors.AsType[*exec.ExitError](err)
	if err != nil && !isExit || strings.Contains(string(out), "error running analyzers") {
		t.Fatalf("nogo %q: %v\n%s", args, err, out)
	}
	var found []string
	for _, m := range finding.FindAllStringSubmatch(string(out), -1) {
		found = append(found, fmt.Sprintf("%s: %s: %s", strings.TrimPrefix(m[1], dir+string(filepath.Separator)), m[3], m[2]))
	}
	if isExit != (len(found) > 0) {
		t.Fatalf("nogo %q: %v, findings %q\n%s", args, exit, found, out)
	}
	return found
}

// byCommand returns what chanlint finds in a module, configured alike.
func byCommand(t *testing.T, chanlint, dir string) []string {
	t.Helper()
	var patterns []string
	for _, p := range packages(t, dir) {
		if !p.Standard {
			patterns = append(patterns, p.ImportPath)
		}
	}
	command := exec.Command(chanlint, append([]string{"-config=off", "-lockacrossblock.strict", "-disable=suppression", "-o=line"}, patterns...)...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, err := command.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() != 1) {
		t.Fatalf("chanlint: %v\n%s", err, out)
	}
	line := regexp.MustCompile(`(?m)^(.*?\.go:\d+:\d+): (.*) \((\w+)\)$`)
	var found []string
	for _, m := range line.FindAllStringSubmatch(string(out), -1) {
		found = append(found, fmt.Sprintf("%s: %s: %s", m[1], m[3], m[2]))
	}
	slices.Sort(found)
	return found
}
