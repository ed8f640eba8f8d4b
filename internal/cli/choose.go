package cli

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/config"
	"github.com/chanlint/chanlint/internal/render"
)

// choose turns -enable and -disable into the flags of the vet tool that say
// so: -PASS runs only what is named, -PASS=false all else.
func (c *command) choose(inv *invocation, vet bool) error {
	enable, err := c.passNames(inv.own["enable"], vet)
	if err != nil {
		return err
	}
	disable, err := c.passNames(inv.own["disable"], vet)
	if err != nil {
		return err
	}
	var chosen []string
	for _, name := range enable {
		if !slices.Contains(disable, name) {
			chosen = append(chosen, "-"+name)
			inv.passes[name] = true
		}
	}
	if len(enable) > 0 && len(chosen) == 0 {
		return errors.New("every pass that -enable names is disabled")
	}
	for _, name := range disable {
		if len(enable) == 0 {
			chosen = append(chosen, "-"+name+"=false")
			inv.passes[name] = false
		}
	}
	inv.flags = slices.Concat(inv.flags, chosen)
	return nil
}

// passNames reads a list of passes.
func (c *command) passNames(list string, vet bool) ([]string, error) {
	if list == "" {
		return nil, nil
	}
	known := namesOf(reporting(c.suite.Own))
	if vet {
		known = append(known, c.standardNames()...)
	}
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		switch {
		case slices.Contains(known, name):
			names = append(names, name)
		case slices.Contains(c.standardNames(), name):
			return nil, fmt.Errorf("%s is a standard check; add -vet", name)
		default:
			return nil, fmt.Errorf("no pass %s%s", name, suggest(name, known))
		}
	}
	return names, nil
}

// check finds flags that do not go together, and formats that do not exist.
func (inv *invocation) check() error {
	if inv.on("json") {
		if inv.on("fix") || inv.on("diff") {
			return errors.New("-json cannot be used with -fix or -diff")
		}
		inv.outputs = append(inv.outputs, "json")
	}
	if inv.on("write-baseline") {
		if inv.own["baseline"] == "" {
			return errors.New("-write-baseline needs -baseline FILE")
		}
		for _, other := range []string{"fix", "diff", "new-from-rev"} {
			if v := inv.own[other]; v != "" && v != "false" {
				return fmt.Errorf("-write-baseline cannot be used with -%s", other)
			}
		}
	}
	if when, ok := inv.own["color"]; ok && !slices.Contains([]string{"auto", "always", "never"}, when) {
		return fmt.Errorf("flag -color: bad value %q: want auto, always or never", when)
	}
	return inv.checkOutputs()
}

func (inv *invocation) checkOutputs() error {
	var formats []string
	for _, f := range render.Formats() {
		formats = append(formats, f[0])
	}
	used := make(map[string]bool)
	for _, out := range inv.outputs {
		format, file, hasFile := strings.Cut(out, "=")
		switch {
		case !slices.Contains(formats, format):
			return fmt.Errorf("no format %s%s", format, suggest(format, formats))
		case hasFile && file == "":
			return fmt.Errorf("-o %s= names no file", format)
		case used[file] && file == "":
			return errors.New("two formats on standard output; give one a file, as in -o sarif=FILE")
		case used[file]:
			return fmt.Errorf("two formats in %s", file)
		}
		used[file] = true
	}
	if len(inv.outputs) == 0 {
		inv.outputs = []string{"text"}
	}
	return nil
}

// reporting returns the analyzers that report. The others work for these, and
// own the facts.
func reporting(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	var all []*analysis.Analyzer
	for _, a := range analyzers {
		if len(a.FactTypes) == 0 {
			all = append(all, a)
		}
	}
	return all
}

func namesOf(analyzers []*analysis.Analyzer) []string {
	var names []string
	for _, a := range analyzers {
		names = append(names, a.Name)
	}
	return names
}

func (c *command) standardNames() []string { return namesOf(c.suite.Standard) }

// configPasses returns the passes as the configuration knows them.
func (c *command) configPasses() []config.Pass {
	return ConfigPasses(c.suite.Own)
}

// ConfigPasses returns the passes among analyzers as the configuration knows
// them.
func ConfigPasses(analyzers []*analysis.Analyzer) []config.Pass {
	var all []config.Pass
	for _, a := range reporting(analyzers) {
		_, summary, _ := strings.Cut(strings.SplitN(a.Doc, "\n", 2)[0], ": ")
		p := config.Pass{Name: a.Name, Summary: summary}
		a.Flags.VisitAll(func(f *flag.Flag) {
			b, ok := f.Value.(interface{ IsBoolFlag() bool })
			p.Flags = append(p.Flags, config.Flag{Name: f.Name, Usage: f.Usage, Bool: ok && b.IsBoolFlag()})
		})
		all = append(all, p)
	}
	return all
}
