package unit

import (
	"flag"
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

// wantsVet reports whether a command line has the flag -vet set.
func wantsVet(args []string) bool {
	on := false
	for _, arg := range args {
		name, value, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if name != "vet" || !strings.HasPrefix(arg, "-") {
			continue
		}
		set, err := strconv.ParseBool(value)
		on = !hasValue || err == nil && set
	}
	return on
}

// Flags defines the flags that are not those of single analyzers: -vet, and
// for each flag name that stands for the flag of that name of every own
// analyzer, a flag that sets them all.
func (s Suite) Flags(flags *flag.FlagSet) {
	flags.Bool("vet", false, "run the standard checks of go vet as well")
	flags.Var(newGlobal("strict", s.Own), "strict", "report what needs a closer look, too, in all passes")
	flags.Var(newGlobal("tests", s.Own), "tests", "report on test files, too, in all passes")
}
