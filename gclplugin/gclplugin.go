// Package gclplugin makes chanlint a module plugin of golangci-lint. A build
// of golangci-lint that imports it knows a linter called chanlint:
//
//	# .custom-gcl.yml, read by "golangci-lint custom"
//	version: v2.15.0
//	plugins:
//	  - module: github.com/chanlint/chanlint
//	    import: github.com/chanlint/chanlint/gclplugin
//	    version: latest
//
// Its settings are the flags of chanlint, and which passes run:
//
//	# .golangci.yml
//	version: "2"
//	linters:
//	  enable: [chanlint]
//	  settings:
//	    custom:
//	      chanlint:
//	        type: module
//	        settings:
//	          strict: true
//	          disable: [chanleak]
//	          lockacrossblock:
//	            tests: true
package gclplugin

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint"
	"github.com/chanlint/chanlint/internal/nearest"
	"github.com/chanlint/chanlint/internal/unit"
)

func init() { register.Plugin("chanlint", New) }

// A plugin is chanlint with its settings.
type plugin struct{ analyzers []*analysis.Analyzer }

// New returns the plugin with the given settings.
func New(settings any) (register.LinterPlugin, error) {
	values, err := register.DecodeSettings[map[string]any](settings)
	if err != nil {
		return nil, err
	}
	all := chanlint.Analyzers()
	enable, err := names(all, values, "enable")
	if err != nil {
		return nil, err
	}
	disable, err := names(all, values, "disable")
	if err != nil {
		return nil, err
	}
	if err := setFlags(all, values); err != nil {
		return nil, err
	}
	var chosen []*analysis.Analyzer
	for _, a := range withoutRelated(all) {
		wanted := len(enable) == 0 || slices.Contains(enable, a.Name)
		if len(a.FactTypes) > 0 || wanted && !slices.Contains(disable, a.Name) {
			chosen = append(chosen, a)
		}
	}
	return &plugin{chosen}, nil
}

// BuildAnalyzers implements [register.LinterPlugin].
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) { return p.analyzers, nil }

// GetLoadMode implements [register.LinterPlugin].
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// names takes a list of passes out of the settings.
func names(all []*analysis.Analyzer, values map[string]any, key string) ([]string, error) {
	value, ok := values[key]
	if !ok {
		return nil, nil
	}
	delete(values, key)
	list, ok := value.([]any)
	if !ok {
		return nil, fmt.Errorf("%s must be a list of passes", key)
	}
	var known, chosen []string
	for _, a := range all {
		if len(a.FactTypes) == 0 {
			known = append(known, a.Name)
		}
	}
	for _, item := range list {
		name := fmt.Sprint(item)
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("%s: no pass %s%s", key, name, meant(name, known))
		}
		chosen = append(chosen, name)
	}
	return chosen, nil
}

// setFlags sets the flags of analyzers, those of one analyzer below its name.
func setFlags(all []*analysis.Analyzer, values map[string]any) error {
	flags := flag.NewFlagSet("chanlint", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	unit.Suite{Own: all}.Flags(flags)
	for _, a := range all {
		a.Flags.VisitAll(func(f *flag.Flag) { flags.Var(f.Value, a.Name+"."+f.Name, f.Usage) })
	}
	var known []string
	flags.VisitAll(func(f *flag.Flag) {
		if f.Name != "vet" { // golangci-lint has the standard checks
			known = append(known, f.Name)
		}
	})
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if _, ok := values[name].(map[string]any); ok {
			continue
		}
		if err := set(flags, known, name, values[name]); err != nil {
			return err
		}
	}
	// Flags of single passes come after those of all.
	for _, pass := range slices.Sorted(maps.Keys(values)) {
		nested, _ := values[pass].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(nested)) {
			if err := set(flags, known, pass+"."+name, nested[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// set sets one flag.
func set(flags *flag.FlagSet, known []string, name string, value any) error {
	if !slices.Contains(known, name) {
		return fmt.Errorf("unknown setting %s%s", name, meant(name, known))
	}
	if err := flags.Set(name, fmt.Sprint(value)); err != nil {
		return fmt.Errorf("setting %s: bad value %v: %w", name, value, err)
	}
	return nil
}

func meant(typed string, known []string) string {
	if best := nearest.Name(typed, known); best != "" {
		return "; is " + best + " meant?"
	}
	return ""
}

// withoutRelated returns analyzers that report the same without the other
// places: golangci-lint would make an issue of each. Those that own facts
// report nothing, and stay as they are.
func withoutRelated(all []*analysis.Analyzer) []*analysis.Analyzer {
	list := slices.Clone(all)
	copies := make(map[*analysis.Analyzer]*analysis.Analyzer)
	for i, a := range list {
		if len(a.FactTypes) == 0 {
			list[i] = quiet(a)
			copies[a] = list[i]
		}
	}
	// The one that looks at comments runs after the others.
	for _, c := range copies {
		c.Requires = slices.Clone(c.Requires)
		for i, required := range c.Requires {
			c.Requires[i] = cmp.Or(copies[required], required)
		}
	}
	return list
}

// quiet returns a copy of an analyzer that reports no other places.
func quiet(a *analysis.Analyzer) *analysis.Analyzer {
	c := *a
	c.Run = func(pass *analysis.Pass) (any, error) {
		inner := *pass
		inner.Report = func(d analysis.Diagnostic) {
			d.Related = nil
			pass.Report(d)
		}
		return a.Run(&inner)
	}
	return &c
}
