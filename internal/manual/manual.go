// Package manual takes the documentation of an analyzer apart: a summary, an
// introduction and sections, some of which explain a category of reports.
package manual

import (
	"go/doc/comment"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Manual is the documentation of an analyzer.
type Manual struct {
	Name     string
	Summary  string // one line, without the name
	URL      string
	Sections []Section // the first, with the introduction, has no title
}

// A Section is a part of a manual.
type Section struct {
	Title string
	body  []comment.Block
}

// Of returns the manual of an analyzer.
func Of(a *analysis.Analyzer) Manual {
	title, rest, _ := strings.Cut(strings.TrimSpace(a.Doc), "\n")
	m := Manual{
		Name:    a.Name,
		Summary: strings.TrimPrefix(title, a.Name+": "),
		URL:     a.URL,
	}
	section := Section{}
	for _, block := range new(comment.Parser).Parse(rest).Content {
		if h, ok := block.(*comment.Heading); ok {
			m.Sections = append(m.Sections, section)
			section = Section{Title: plain(h.Text)}
			continue
		}
		section.body = append(section.body, block)
	}
	m.Sections = append(m.Sections, section)
	return m
}

// Categories returns the names of the categories, in the order of the manual.
func (m *Manual) Categories() []string {
	var all []string
	for _, s := range m.Sections {
		if s.isCategory() {
			all = append(all, s.Title)
		}
	}
	return all
}

// Category returns the section of a category.
func (m *Manual) Category(name string) (Section, bool) {
	for _, s := range m.Sections {
		if s.isCategory() && s.Title == name {
			return s, true
		}
	}
	return Section{}, false
}

// isCategory reports whether the title of a section is the name of a category
// and not a phrase.
func (s Section) isCategory() bool {
	return s.Title != "" && !strings.Contains(s.Title, " ") && strings.ToLower(s.Title) == s.Title
}

// Text returns the section for a terminal, without its title.
func (s Section) Text() string {
	printer := &comment.Printer{TextWidth: 78}
	return string(printer.Text(&comment.Doc{Content: s.body}))
}

// Markdown returns the section in Markdown, without its title.
func (s Section) Markdown() string {
	return string(new(comment.Printer).Markdown(&comment.Doc{Content: s.body}))
}

// Lead returns the first paragraph of the section, on one line.
func (s Section) Lead() string {
	for _, block := range s.body {
		if p, ok := block.(*comment.Paragraph); ok {
			return strings.Join(strings.Fields(plain(p.Text)), " ")
		}
	}
	return ""
}

func plain(texts []comment.Text) string {
	var b strings.Builder
	for _, text := range texts {
		switch t := text.(type) {
		case comment.Plain:
			b.WriteString(string(t))
		case comment.Italic:
			b.WriteString(string(t))
		case *comment.Link:
			b.WriteString(plain(t.Text))
		case *comment.DocLink:
			b.WriteString(plain(t.Text))
		}
	}
	return b.String()
}
