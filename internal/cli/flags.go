package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/unit"
)

// An invocation is a command line, taken apart.
type invocation struct {
	chdir    string   // the go command's -C, which must come first there
	flags    []string // for the go command and the vet tool, as they were written
	packages []string // never empty

	json, fix, diff, version, help bool

	// raw says that the go command was asked to show what it does.
	raw bool
}

// buildFlags holds the flags of "go help build" that go vet accepts, and
// whether they take a value.
var buildFlags = map[string]bool{
	"C":             true,
	"a":             false,
	"asan":          false,
	"asmflags":      true,
	"buildmode":     true,
	"buildvcs":      false,
	"compiler":      true,
	"gccgoflags":    true,
	"gcflags":       true,
	"installsuffix": true,
	"ldflags":       true,
	"linkshared":    false,
	"mod":           true,
	"modcacherw":    false,
	"modfile":       true,
	"msan":          false,
	"n":             false,
	"overlay":       true,
	"p":             true,
	"pgo":           true,
	"pkgdir":        true,
	"race":          false,
	"tags":          true,
	"toolexec":      true,
	"trimpath":      false,
	"v":             false,
	"work":          false,
	"x":             false,
}

// ownFlags are the flags that this package acts on.
var ownFlags = []string{"json", "fix", "diff", "version", "help", "h"}

// newFlags returns the flags of the analyzers, as the vet tool knows them.
func newFlags(analyzers []*analysis.Analyzer) *flag.FlagSet {
	flags := flag.NewFlagSet("chanlint", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	unit.GlobalFlags(flags, analyzers)
	for _, a := range analyzers {
		flags.Bool(a.Name, true, "run the pass "+a.Name)
		a.Flags.VisitAll(func(f *flag.Flag) {
			flags.Var(f.Value, a.Name+"."+f.Name, f.Usage)
		})
	}
	return flags
}

// parse takes a command line apart. Flags end at the first argument that is
// none, or after "--". The flags in the set are those of the analyzers: they
// are checked, and passed on with the build flags.
func parse(flags *flag.FlagSet, args []string) (*invocation, error) {
	inv := new(invocation)
	for len(args) > 0 {
		arg := args[0]
		if arg == "--" {
			args = args[1:]
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			break
		}
		n, err := inv.parseFlag(flags, args)
		if err != nil {
			return nil, err
		}
		args = args[n:]
	}
	for _, pkg := range args {
		if strings.HasPrefix(pkg, "-") {
			return nil, fmt.Errorf("%s is not a package: flags go before the packages", pkg)
		}
	}
	inv.packages = args
	if len(args) == 0 {
		inv.packages = []string{"."}
	}
	if inv.json && (inv.fix || inv.diff) {
		return nil, errors.New("-json cannot be used with -fix or -diff")
	}
	return inv, nil
}

// parseFlag parses the flag that args start with, and returns how many
// arguments it takes.
func (inv *invocation) parseFlag(flags *flag.FlagSet, args []string) (n int, err error) {
	name := strings.TrimPrefix(strings.TrimPrefix(args[0], "-"), "-")
	name, value, hasValue := strings.Cut(name, "=")

	takesValue, isBuild := buildFlags[name]
	analyzerFlag := flags.Lookup(name)
	switch {
	case isBuild:
	case analyzerFlag != nil:
		b, ok := analyzerFlag.Value.(interface{ IsBoolFlag() bool })
		takesValue = !ok || !b.IsBoolFlag()
	case slices.Contains(ownFlags, name):
		return 1, inv.setOwn(name, value, hasValue)
	default:
		return 0, fmt.Errorf("unknown flag -%s%s", name, suggest(name, names(flags)))
	}

	n = 1
	if takesValue && !hasValue {
		if len(args) == 1 {
			return 0, fmt.Errorf("flag -%s needs a value", name)
		}
		value = args[1]
		n = 2
	}
	if analyzerFlag != nil && !isBuild {
		if !takesValue && !hasValue {
			value = "true"
		}
		if err := flags.Set(name, value); err != nil {
			return 0, fmt.Errorf("flag -%s: bad value %q: %w", name, value, err)
		}
	}
	if name == "C" {
		inv.chdir = value
		return n, nil
	}
	inv.raw = inv.raw || name == "n" || name == "v" || name == "x"
	inv.flags = append(inv.flags, args[:n]...)
	return n, nil
}

// setOwn sets one of ownFlags, all of which are boolean.
func (inv *invocation) setOwn(name, value string, hasValue bool) error {
	on := !hasValue || value == "true"
	if hasValue && value != "true" && value != "false" {
		return fmt.Errorf("flag -%s: bad value %q: want true or false", name, value)
	}
	switch name {
	case "json":
		inv.json = on
	case "fix":
		inv.fix = on
	case "diff":
		inv.diff = on
	case "version":
		inv.version = on
	case "help", "h":
		inv.help = on
	}
	return nil
}

// names returns the names of all flags, sorted.
func names(flags *flag.FlagSet) []string {
	all := slices.Concat(ownFlags, slices.Collect(maps.Keys(buildFlags)))
	flags.VisitAll(func(f *flag.Flag) { all = append(all, f.Name) })
	slices.Sort(all)
	return all
}
