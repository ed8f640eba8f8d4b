package cli

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/finding"
	"github.com/chanlint/chanlint/internal/manual"
	"github.com/chanlint/chanlint/internal/render"
)

// address sets the addresses of findings: that of the category in the manual
// of the pass, if it has one for each.
func (c *command) address(findings []finding.Finding) {
	for i := range findings {
		f := &findings[i]
		if a := c.analyzer(f.Pass); a != nil {
			f.URL = address(a, f.Category)
		}
	}
}

// address returns the address of a category. A manual with an anchor has one
// for each category, too.
func address(a *analysis.Analyzer, category string) string {
	if category != "" && strings.Contains(a.URL, "#") {
		return a.URL + "-" + category
	}
	return a.URL
}

// analyzer returns the analyzer of the given name, or nil.
func (c *command) analyzer(name string) *analysis.Analyzer {
	all := c.suite.All()
	i := slices.IndexFunc(all, func(a *analysis.Analyzer) bool { return a.Name == name })
	if i < 0 {
		return nil
	}
	return all[i]
}

// rules returns the rules of the passes, and those that findings have besides.
func (c *command) rules(findings []finding.Finding) []render.Rule {
	var all []render.Rule
	for _, a := range reporting(c.suite.Own) {
		m := manual.Of(a)
		for _, category := range m.Categories() {
			all = append(all, rule(a, &m, category))
		}
		if len(m.Categories()) == 0 {
			all = append(all, rule(a, &m, ""))
		}
	}
	for i := range findings {
		f := &findings[i]
		known := slices.ContainsFunc(all, func(r render.Rule) bool { return r.Name == f.Name() })
		if a := c.analyzer(f.Pass); a != nil && !known {
			m := manual.Of(a)
			all = append(all, rule(a, &m, f.Category))
		}
	}
	return all
}

// rule returns a rule of a pass. What the manual has no section for gets its
// introduction.
func rule(a *analysis.Analyzer, m *manual.Manual, category string) render.Rule {
	r := render.Rule{Name: finding.Name(m.Name, category), Summary: sentence(m.Summary), URL: address(a, category)}
	section, ok := m.Category(category)
	if ok {
		r.Summary = section.Lead()
	} else {
		section = m.Sections[0]
	}
	r.Help, r.Detail = section.Text(), section.Markdown()
	return r
}

// sentence makes a phrase a sentence.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + strings.TrimSuffix(s[1:], ".") + "."
}
