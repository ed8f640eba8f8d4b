// Package unit makes the chanlint binary a tool of go vet: it answers the
// requests of "go vet -vettool", each for one package, the cheap ones by a
// shorter way than [unitchecker].
//
// For every dependency of the packages being vetted, the go command asks for
// facts only. Most of these answers hold no fact of chanlint: the standard
// library is described by a table, and a package that never mentions
// concurrency has nothing to say. [Fast] answers such a request with the
// types alone, which later requests need.
package unit

import (
	"flag"
	"log"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

// Serves reports whether a command line is a request of the go command:
// a question about the tool itself or a configuration file.
func Serves(args []string) bool {
	if len(args) == 0 {
		return false
	}
	return slices.Contains(args, "-V=full") || slices.Contains(args, "-flags") ||
		strings.HasSuffix(args[len(args)-1], ".cfg")
}

// Main answers the request on the command line. It does not return.
func Main(suite Suite) {
	tuneGC()
	args := os.Args[1:]
	analyzers := suite.chosen(args)
	if last := len(args) - 1; strings.HasSuffix(args[last], ".cfg") {
		// An error means that the short ways are not open: the long way says
		// what is wrong with the request, if anything is.
		if cfg, err := readConfig(args[last]); err == nil {
			args[last] = prepare(args[last], cfg, args)
			if cfg.VetxOnly {
				analyzers = forFacts(analyzers)
			}
		}
	}
	if wantsTests(args) {
		suite.includeTests()
	}
	suite.Flags(flag.CommandLine)
	suite.stepsFlag(flag.CommandLine)
	askedFlag(flag.CommandLine)
	log.SetOutput(quiet{os.Stderr})
	unitchecker.Main(analyzers...)
	log.Fatal("unitchecker.Main returned")
}

// prepare changes the request cfg, which stands in file, to what is to be done,
// and returns the file that says so. It does not return if nothing is left.
func prepare(file string, cfg *unitchecker.Config, args []string) string {
	if cfg.VetxOutput == "" {
		return file
	}
	changed := widen(cfg, args)
	if !wantsVet(args) {
		// The standard analyzers need all: they have facts of their own
		// about every package, and look at test files.
		if done, _ := Fast(cfg, Boring); done {
			os.Exit(0)
		}
		changed = !wantsTests(args) && dropTests(cfg) || changed
	}
	if !changed {
		return file
	}
	if written, err := rewrite(cfg); err == nil {
		return written
	}
	return file
}

// A global is a boolean flag that sets others.
type global struct {
	on  bool
	all []*flag.Flag
}

func newGlobal(name string, analyzers []*analysis.Analyzer) *global {
	g := new(global)
	for _, a := range analyzers {
		if f := a.Flags.Lookup(name); f != nil {
			g.all = append(g.all, f)
		}
	}
	return g
}

func (g *global) IsBoolFlag() bool { return true }

func (g *global) String() string { return strconv.FormatBool(g.on) }

func (g *global) Set(s string) error {
	on, err := strconv.ParseBool(s)
	if err != nil {
		return err
	}
	g.on = on
	for _, f := range g.all {
		if err := f.Value.Set(s); err != nil {
			return err
		}
	}
	return nil
}

// tuneGC trades memory for time, unless the user has chosen otherwise: the
// process lives for one package, and go vet runs few of them at a time.
func tuneGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}

// gcPercent was chosen by measurement: see bench/README.md.
const gcPercent = 200
