package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/manual"
	"github.com/chanlint/chanlint/internal/render"
)

// explain prints the manual of a pass, or what it says about a category.
func (c *command) explain(args []string) int {
	if len(args) != 1 {
		return c.fail(errors.New("usage: chanlint explain PASS[/CATEGORY]"))
	}
	pass, category, hasCategory := strings.Cut(args[0], "/")
	names := append(namesOf(reporting(c.suite.Own)), c.standardNames()...)
	if !slices.Contains(names, pass) {
		return c.fail(fmt.Errorf("no pass %s%s", pass, suggest(pass, names)))
	}
	a := c.analyzer(pass)
	if !hasCategory {
		printManual(a, c.stdout)
		return exitClean
	}
	m := manual.Of(a)
	section, ok := m.Category(category)
	if !ok {
		return c.fail(fmt.Errorf("%s has no category %s%s", pass, category, suggest(category, m.Categories())))
	}
	fmt.Fprintf(c.stdout, "%s/%s\n\n%s", pass, category, section.Text())
	if url := address(a, category); url != "" {
		fmt.Fprintf(c.stdout, "\nSee %s\n", url)
	}
	return exitClean
}

// printManual prints the documentation and the flags of a pass.
func printManual(a *analysis.Analyzer, w io.Writer) {
	doc := strings.TrimSpace(a.Doc)
	if !strings.HasPrefix(doc, a.Name+": ") {
		doc = a.Name + ": " + doc // as some standard checks have it
	}
	fmt.Fprintln(w, doc)
	heading := "\nFlags:\n\n"
	a.Flags.VisitAll(func(f *flag.Flag) {
		fmt.Fprintf(w, "%s\t-%s.%s\n\t\t%s\n", heading, a.Name, f.Name, f.Usage)
		heading = ""
	})
	if a.URL != "" {
		fmt.Fprintf(w, "\nSee %s\n", a.URL)
	}
}

// These types are what list -json prints.
type (
	listedPass struct {
		Name       string       `json:"name"`
		Summary    string       `json:"summary"`
		URL        string       `json:"url,omitempty"`
		Standard   bool         `json:"standard"`
		Categories []string     `json:"categories"`
		Flags      []listedFlag `json:"flags"`
	}

	listedFlag struct {
		Name    string `json:"name"`
		Usage   string `json:"usage"`
		Default string `json:"default"`
	}
)

// list prints the passes and their categories.
func (c *command) list(args []string) int {
	flags := flag.NewFlagSet("list", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	asJSON := flags.Bool("json", false, "")
	vet := flags.Bool("vet", false, "")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		return c.fail(errors.New("usage: chanlint list [-json] [-vet]"))
	}
	var all []listedPass
	for _, a := range reporting(c.suite.Own) {
		all = append(all, listed(a, false))
	}
	if *vet {
		for _, a := range c.suite.Standard {
			all = append(all, listed(a, true))
		}
	}
	if *asJSON {
		if err := render.JSON(c.stdout, all); err != nil {
			return c.fail(err)
		}
		return exitClean
	}
	table := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
	for _, p := range all {
		fmt.Fprintf(table, "%s\t%s\n", p.Name, p.Summary)
		for _, category := range p.Categories {
			fmt.Fprintf(table, "  %s/%s\n", p.Name, category)
		}
	}
	if err := table.Flush(); err != nil {
		return c.fail(err)
	}
	return exitClean
}

func listed(a *analysis.Analyzer, standard bool) listedPass {
	m := manual.Of(a)
	p := listedPass{
		Name:       m.Name,
		Summary:    m.Summary,
		URL:        m.URL,
		Standard:   standard,
		Categories: append([]string{}, m.Categories()...),
		Flags:      []listedFlag{},
	}
	a.Flags.VisitAll(func(f *flag.Flag) {
		p.Flags = append(p.Flags, listedFlag{a.Name + "." + f.Name, f.Usage, f.DefValue})
	})
	return p
}
