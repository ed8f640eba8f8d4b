// Package render writes findings in the formats that people and machines
// read.
package render

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chanlint/chanlint/internal/finding"
)

// A Report is what is written: findings, and what a reader must know to judge
// them.
type Report struct {
	Findings []finding.Finding // sorted and identified
	Rules    []Rule            // that may have findings, and all that have
	Problems []string          // why there may be more findings

	// Baselined and Unchanged count findings that are not shown: those that
	// the baseline holds, and those on lines that have not changed.
	Baselined, Unchanged int

	Sources *finding.Sources
	Dir     string // what paths for people are relative to
	Root    string // what paths for machines are relative to
	Version string // of chanlint
	Color   bool   // for a terminal that knows colors
}

// A Rule is a category of a pass.
type Rule struct {
	Name    string // PASS/CATEGORY, or PASS
	Summary string // one sentence
	Help    string // text
	Detail  string // the same in Markdown
	URL     string // may be empty
}

// A format is a way to write a report.
type format struct {
	name, about string
	write       func(w io.Writer, r *Report) error
}

// formats are the ways to write a report, in the order of the manual.
var formats = []format{
	{"text", "for people: the code, with what belongs to it", text},
	{"line", "for people and editors: one line for each finding", line},
	{"json", "for programs, see docs/cli.md", writeJSON},
	{"sarif", "SARIF 2.1.0, for code scanning", writeSARIF},
	{"github", "annotations of GitHub Actions", github},
	{"gitlab", "code quality report of GitLab", gitlab},
	{"checkstyle", "XML of Checkstyle, for Jenkins and others", checkstyle},
	{"junit", "XML of JUnit, for test reports", junit},
	{"rdjson", "for reviewdog", rdjson},
	{"html", "one page to look at, without network", writeHTML},
}

// Formats returns the names of the formats and what they are for.
func Formats() [][2]string {
	var all [][2]string
	for _, f := range formats {
		all = append(all, [2]string{f.name, f.about})
	}
	return all
}

// Write writes a report in the format of the given name, which must be one of
// [Formats].
func Write(w io.Writer, name string, r *Report) error {
	i := slices.IndexFunc(formats, func(f format) bool { return f.name == name })
	if i < 0 {
		panic("no format " + name)
	}
	return formats[i].write(w, r)
}

// shown returns a path for people: relative if that is shorter.
func (r *Report) shown(file string) string {
	if rel, err := filepath.Rel(r.Dir, file); err == nil && len(rel) < len(file) {
		return rel
	}
	return file
}

// path returns a path for machines: with slashes, and relative to the root if
// the file is below it.
func (r *Report) path(file string) string {
	if rel, err := filepath.Rel(r.Root, file); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(file)
}

// rule returns the rule of a finding.
func (r *Report) rule(f *finding.Finding) Rule {
	i := slices.IndexFunc(r.Rules, func(rule Rule) bool { return rule.Name == f.Name() })
	if i < 0 {
		return Rule{Name: f.Name(), URL: f.URL}
	}
	return r.Rules[i]
}

// posn returns a place for people.
func (r *Report) posn(p finding.Place) string { return posn(r.shown(p.File), p) }

// machinePosn returns a place below the root.
func (r *Report) machinePosn(p finding.Place) string { return posn(r.path(p.File), p) }

func posn(path string, p finding.Place) string {
	switch {
	case p.Start.Line == 0:
		return path
	case p.Start.Column == 0:
		return fmt.Sprintf("%s:%d", path, p.Start.Line)
	}
	return fmt.Sprintf("%s:%d:%d", path, p.Start.Line, p.Start.Column)
}

// details returns the other places of a finding, one on a line, for formats
// that have no room for them elsewhere.
func (r *Report) details(f *finding.Finding) []string {
	var all []string
	for _, rel := range f.Related {
		all = append(all, fmt.Sprintf("%s: %s", r.machinePosn(rel.Place), rel.Message))
	}
	for i, s := range f.Steps {
		all = append(all, fmt.Sprintf("%d. %s: %s: %s", i+1, s.Actor, r.machinePosn(s.Place), s.Message))
	}
	return all
}

// actors returns who takes part in a witness, in the order of appearance.
func actors(f *finding.Finding) []string {
	var all []string
	for _, s := range f.Steps {
		for _, name := range []string{s.Actor, s.Peer} {
			if name != "" && !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}

// line writes each finding on one line.
func line(w io.Writer, r *Report) error {
	var b strings.Builder
	for i := range r.Findings {
		f := &r.Findings[i]
		fmt.Fprintf(&b, "%s: %s (%s)\n", r.posn(f.Place), clean(f.Message), f.Pass)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// count returns "1 finding", "2 findings".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
