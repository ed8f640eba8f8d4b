package unit

import (
	"flag"
	"iter"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Suite is what the tool can run: its own analyzers, and the standard ones
// of go vet if the flag -vet says so. A vet tool takes their place otherwise.
type Suite struct {
	Own, Standard []*analysis.Analyzer
}

// All returns the analyzers of both kinds.
func (s Suite) All() []*analysis.Analyzer { return slices.Concat(s.Own, s.Standard) }

// chosen returns the analyzers for a request. When the go command asks for
// the flags of the tool, all of them have to answer.
func (s Suite) chosen(args []string) []*analysis.Analyzer {
	if slices.Contains(args, "-flags") || wantsVet(args) {
		return s.All()
	}
	return s.Own
}

// includeTests sets the flag -tests of the analyzers that others rest on, so
// that the flag of a single one is enough.
func (s Suite) includeTests() {
	for _, a := range s.Own {
		f := a.Flags.Lookup("tests")
		if f == nil || len(a.FactTypes) == 0 {
			continue
		}
		if err := f.Value.Set("true"); err != nil {
			panic(err) // it is a boolean flag
		}
	}
}

// forFacts returns what a request for facts needs of the analyzers: those
// that make facts. In the place of each other one stands one of its name and
// flags, which requires the makers of the facts that it uses and does nothing
// else; [unitchecker] would run each analyzer that uses facts, for nothing.
func forFacts(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	all := make([]*analysis.Analyzer, 0, len(analyzers))
	for _, a := range analyzers {
		if len(a.FactTypes) == 0 {
			a = &analysis.Analyzer{
				Name:     a.Name,
				Doc:      a.Doc,
				URL:      a.URL,
				Flags:    a.Flags,
				Requires: makers(a),
				Run:      func(*analysis.Pass) (any, error) { return nil, nil },
			}
		}
		all = append(all, a)
	}
	return all
}

// makers returns the analyzers with facts that a requires, directly or not.
func makers(a *analysis.Analyzer) []*analysis.Analyzer {
	var all []*analysis.Analyzer
	for _, required := range a.Requires {
		if len(required.FactTypes) > 0 {
			all = append(all, required)
		} else {
			all = append(all, makers(required)...)
		}
	}
	slices.SortFunc(all, func(a, b *analysis.Analyzer) int { return strings.Compare(a.Name, b.Name) })
	return slices.Compact(all)
}

// wantsVet reports whether a command line has the flag -vet set.
func wantsVet(args []string) bool {
	on := false
	for name, value := range flagsOf(args) {
		if name == "vet" {
			set, err := strconv.ParseBool(value)
			on = err == nil && set
		}
	}
	return on
}

// flagsOf yields the flags on a command line with their values, "true" for one
// that has none. Vet tools are given all values behind an equals sign.
func flagsOf(args []string) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		for _, arg := range args {
			name, value, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
			if !hasValue {
				value = "true"
			}
			if strings.HasPrefix(arg, "-") && !yield(name, value) {
				return
			}
		}
	}
}

// Flags defines the flags that are not those of single analyzers: -vet, and
// for each flag name that stands for the flag of that name of every own
// analyzer, a flag that sets them all.
func (s Suite) Flags(flags *flag.FlagSet) {
	flags.Bool("vet", false, "run the standard checks of go vet as well")
	flags.Var(newGlobal("strict", s.Own), "strict", "report what needs a closer look, too, in all passes")
	flags.Var(newGlobal("tests", s.Own), "tests", "report on test files, too, in all passes")
}

// stepsFlag defines the flag -steps, which only the tool has: it sets the flag
// of that name of what the own analyzers require.
func (s Suite) stepsFlag(flags *flag.FlagSet) {
	flags.Var(newGlobal("steps", requirements(s.Own)), "steps", "with -json, add the steps that lead to a report to its related positions")
}

// requirements returns what analyzers require, directly or not, each once.
func requirements(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	var all []*analysis.Analyzer
	for todo := slices.Clone(analyzers); len(todo) > 0; todo = todo[1:] {
		for _, a := range todo[0].Requires {
			if !slices.Contains(all, a) {
				all = append(all, a)
				todo = append(todo, a)
			}
		}
	}
	return all
}
