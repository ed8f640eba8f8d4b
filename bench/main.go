//go:build unix

// Bench measures what chanlint costs on trees of Go code, next to go vet and
// to a vet tool that does nothing, and prints the ratios as Markdown tables.
//
//	cd bench && go run . -tool $(which chanlint) DIR...
//
// See README.md for what is measured and how.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	var tools []tool
	flag.Func("tool", "measure the vet tool `[NAME=]PATH` (repeatable; default: chanlint from the parent directory)", func(s string) error {
		t, err := parseTool(s)
		tools = append(tools, t)
		return err
	})
	rounds := flag.Int("rounds", 2, "measure each tool `N` times")
	packages := flag.String("packages", "./...", "the package `pattern` to vet in each tree")
	flag.Parse()
	if flag.NArg() == 0 || *rounds < 1 {
		fmt.Fprintln(os.Stderr, "usage: go run . [flags] DIR...")
		flag.PrintDefaults()
		os.Exit(2)
	}
	if err := run(tools, *rounds, *packages, flag.Args()); err != nil {
		log.Fatal(err)
	}
}

func run(tools []tool, rounds int, packages string, dirs []string) error {
	tmp, err := os.MkdirTemp("", "chanlint-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)

	floor, err := build("floor", ".", "./floor", tmp)
	if err != nil {
		return err
	}
	if len(tools) == 0 {
		chanlint, err := build("chanlint", "..", "./cmd/chanlint", tmp)
		if err != nil {
			return err
		}
		tools = []tool{chanlint}
	}
	for _, t := range tools {
		if err := t.check(); err != nil {
			return err
		}
	}
	tools = append([]tool{{name: "go vet"}, floor}, tools...)

	for _, dir := range dirs {
		tree := tree{dir: dir, packages: packages}
		if err := tree.prime(floor); err != nil {
			log.Printf("%s: some packages are left out: %v", dir, err)
		}
		var all [][]sample
		for round := range rounds {
			samples, err := tree.round(tools)
			if err != nil {
				return fmt.Errorf("%s: %w", dir, err)
			}
			log.Printf("%s: round %d of %d done", dir, round+1, rounds)
			all = append(all, samples)
		}
		fmt.Printf("\n%s\n\n%s", filepath.Base(dir), table(tools, all))
	}
	return nil
}

// A tool is a vet tool. The one without a path is go vet's own.
type tool struct {
	name string
	path string // absolute
}

func parseTool(s string) (tool, error) {
	name, path, ok := strings.Cut(s, "=")
	if !ok {
		name, path = filepath.Base(s), s
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return tool{}, err
	}
	_, err = os.Stat(path)
	return tool{name, path}, err
}

// check tells whether the tool answers the question that the go command asks
// first. What cannot be run would cost nothing, and nothing else would tell:
// go vet ends with the same error where there are findings.
func (t tool) check() error {
	if out, err := exec.Command(t.path, "-V=full").CombinedOutput(); err != nil {
		return fmt.Errorf("%s is not a vet tool: %w\n%s", t.path, err, out)
	}
	return nil
}

// build builds a package of the module in dir.
func build(name, dir, pkg, outDir string) (tool, error) {
	t := tool{name, filepath.Join(outDir, name)}
	cmd := exec.Command("go", "build", "-o", t.path, pkg)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return tool{}, errors.Join(fmt.Errorf("building %s: %w", name, err), errors.New(string(out)))
	}
	return t, nil
}
