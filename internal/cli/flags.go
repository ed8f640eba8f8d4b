package cli

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/chanlint/chanlint/internal/config"
	"github.com/chanlint/chanlint/internal/nearest"
)

// An invocation is a command line, taken apart.
type invocation struct {
	chdir    string   // the go command's -C, which must come first there
	flags    []string // for the go command and the vet tool, as they were written
	build    []string // those of them that are for the go command
	packages []string // never empty

	own     map[string]string // values of flags of this package; help is also h
	outputs []string          // values of -o

	passes   map[string]bool // values of -PASS
	standard string          // a flag of a standard analyzer, if one is set
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

// An ownFlag is a flag that this package acts on.
type ownFlag struct {
	name  string
	value string // what it takes, "" if it is boolean
	about string
}

// ownFlags are all of them, in the order of the manual.
var ownFlags = []ownFlag{
	{"enable", "NAME,NAME", "run only these passes"},
	{"disable", "NAME,NAME", "run all but these passes"},
	{"o", "FORMAT[=FILE]", "write findings so, to standard output or a file; repeatable"},
	{"json", "", "the same as -o json"},
	{"color", "WHEN", "color the text: auto, always, never"},
	{"new-from-rev", "REV", "report on lines that have changed since REV, in git"},
	{"baseline", "FILE", "do not report the findings in this file"},
	{"write-baseline", "", "write what is found to the file of -baseline"},
	{"fix", "", "apply the first suggested fix of each finding"},
	{"diff", "", "show what -fix would change"},
	{"config", "FILE", "read this configuration; off reads none"},
	{"version", "", "print the version of chanlint and of Go"},
	{"help", "", "print the manual"},
	{"h", "", "print the manual"},
}

// runPass starts the usage of the flags that choose passes.
const runPass = "run the pass "

// newFlags returns the flags of the analyzers, as the vet tool knows them.
func (c *command) newFlags() *flag.FlagSet {
	flags := flag.NewFlagSet("chanlint", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	c.suite.Flags(flags)
	for _, a := range c.suite.All() {
		flags.Bool(a.Name, true, runPass+a.Name)
		a.Flags.VisitAll(func(f *flag.Flag) {
			flags.Var(f.Value, a.Name+"."+f.Name, f.Usage)
		})
	}
	return flags
}

// parse takes a command line apart, and adds what the configuration says and
// the command line does not.
func (c *command) parse(args []string) (*invocation, error) {
	flags := c.newFlags()
	inv, err := parseLine(flags, c.standardNames(), args)
	if err != nil {
		return nil, err
	}
	if inv.on("help") || inv.on("version") {
		return inv, nil
	}
	if err := c.configure(flags, inv); err != nil {
		return nil, err
	}
	if inv.standard != "" && flags.Lookup("vet").Value.String() != "true" {
		return nil, fmt.Errorf("flag -%s belongs to the standard checks; add -vet", inv.standard)
	}
	if err := c.choose(inv, flags.Lookup("vet").Value.String() == "true"); err != nil {
		return nil, err
	}
	return inv, inv.check()
}

// configure reads the configuration and puts its flags before those of the
// command line, which so win.
func (c *command) configure(flags *flag.FlagSet, inv *invocation) error {
	file, given := inv.own["config"]
	switch {
	case file == "off":
		return nil
	case !given:
		file = config.Find(cmp.Or(inv.chdir, "."))
	}
	if file == "" {
		return nil
	}
	args, err := config.Load(file, c.configPasses())
	if err != nil {
		return err
	}
	conf, err := parseLine(flags, c.standardNames(), args)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if conf.chdir != "" {
		return fmt.Errorf("%s: -C is for the command line", file)
	}
	// The flags of the command line are set again, after those of the file.
	if _, err := parseLine(flags, nil, inv.flags); err != nil {
		return err
	}
	inv.flags = slices.Concat(conf.flags, inv.flags)
	inv.build = slices.Concat(conf.build, inv.build)
	if len(inv.outputs) == 0 {
		inv.outputs = conf.outputs
	}
	if _, ok := inv.own["enable"]; ok || inv.selects() {
		delete(conf.own, "disable") // what is asked for by name runs
		delete(conf.own, "enable")
	}
	for name, on := range conf.passes {
		if _, ok := inv.passes[name]; !ok {
			inv.passes[name] = on
		}
	}
	for name, value := range conf.own {
		if _, ok := inv.own[name]; !ok {
			inv.own[name] = value
		}
	}
	inv.standard = cmp.Or(inv.standard, conf.standard)
	return nil
}

// parseLine takes arguments apart. Flags end at the first argument that is
// none, or after "--". The flags in the set are those of the analyzers: they
// are checked, and passed on with the build flags.
func parseLine(flags *flag.FlagSet, standard, args []string) (*invocation, error) {
	inv := &invocation{own: make(map[string]string), passes: make(map[string]bool)}
	for len(args) > 0 {
		arg := args[0]
		if arg == "--" {
			args = args[1:]
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			break
		}
		n, err := inv.parseFlag(flags, standard, args)
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
	return inv, nil
}

// parseFlag parses the flag that args start with, and returns how many
// arguments it takes.
func (inv *invocation) parseFlag(flags *flag.FlagSet, standard, args []string) (n int, err error) {
	name := strings.TrimPrefix(strings.TrimPrefix(args[0], "-"), "-")
	name, value, hasValue := strings.Cut(name, "=")

	takesValue, isBuild := buildFlags[name]
	analyzerFlag := flags.Lookup(name)
	own := slices.IndexFunc(ownFlags, func(f ownFlag) bool { return f.name == name })
	switch {
	case isBuild:
	case analyzerFlag != nil:
		b, ok := analyzerFlag.Value.(interface{ IsBoolFlag() bool })
		takesValue = !ok || !b.IsBoolFlag()
	case own >= 0:
		takesValue = ownFlags[own].value != ""
	default:
		return 0, fmt.Errorf("unknown flag -%s%s", name, suggest(name, flagNames(flags)))
	}

	n = 1
	if takesValue && !hasValue {
		if len(args) == 1 {
			return 0, fmt.Errorf("flag -%s needs a value", name)
		}
		value = args[1]
		n = 2
	}
	switch {
	case isBuild:
		inv.setBuild(name, value, args[:n])
		return n, nil
	case own >= 0:
		return n, inv.setOwn(ownFlags[own], value, hasValue)
	}
	if !takesValue && !hasValue {
		value = "true"
	}
	if err := flags.Set(name, value); err != nil {
		return 0, fmt.Errorf("flag -%s: bad value %q: %w", name, value, err)
	}
	inv.flags = append(inv.flags, args[:n]...)
	if pass, _, _ := strings.Cut(name, "."); slices.Contains(standard, pass) {
		inv.standard = name
	}
	if strings.HasPrefix(analyzerFlag.Usage, runPass) {
		inv.passes[name] = analyzerFlag.Value.String() == "true"
	}
	return n, nil
}

// setBuild sets a flag of the go command.
func (inv *invocation) setBuild(name, value string, args []string) {
	if name == "C" {
		inv.chdir = value
		return
	}
	inv.flags = append(inv.flags, args...)
	inv.build = append(inv.build, args...)
}

// setOwn sets one of ownFlags.
func (inv *invocation) setOwn(f ownFlag, value string, hasValue bool) error {
	if f.value == "" {
		if hasValue && value != "true" && value != "false" {
			return fmt.Errorf("flag -%s: bad value %q: want true or false", f.name, value)
		}
		if !hasValue {
			value = "true"
		}
	}
	switch f.name {
	case "o":
		inv.outputs = append(inv.outputs, value)
	case "h":
		inv.own["help"] = value
	default:
		inv.own[f.name] = value
	}
	return nil
}

// on reports whether one of ownFlags that is boolean is set.
func (inv *invocation) on(name string) bool { return inv.own[name] == "true" }

// selects reports whether some passes are asked for, so that others do not
// run.
func (inv *invocation) selects() bool {
	for _, on := range inv.passes {
		if on {
			return true
		}
	}
	return false
}

// enabled reports whether a pass runs.
func (inv *invocation) enabled(pass string) bool {
	on, ok := inv.passes[pass]
	return on || !ok && !inv.selects()
}

// flagNames returns the names of all flags, sorted.
func flagNames(flags *flag.FlagSet) []string {
	all := slices.Collect(maps.Keys(buildFlags))
	for _, f := range ownFlags {
		all = append(all, f.name)
	}
	flags.VisitAll(func(f *flag.Flag) { all = append(all, f.Name) })
	slices.Sort(all)
	return all
}

// suggest returns a clause that names the candidate nearest to what was
// typed, or says where to look.
func suggest(typed string, candidates []string) string {
	if best := nearest.Name(typed, candidates); best != "" {
		return "; is " + best + " meant?"
	}
	return "; see chanlint help"
}
