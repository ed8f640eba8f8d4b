package render

import (
	"encoding/xml"
	"io"
	"strings"
	"unicode"

	"github.com/chanlint/chanlint/internal/finding"
)

// checkstyle writes the XML of Checkstyle.
func checkstyle(w io.Writer, r *Report) error {
	type problem struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
	type file struct {
		Name   string    `xml:"name,attr"`
		Errors []problem `xml:"error"`
	}
	var report struct {
		XMLName xml.Name `xml:"checkstyle"`
		Version string   `xml:"version,attr"`
		Files   []file   `xml:"file"`
	}
	report.Version = "8.0"
	for i := range r.Findings {
		f := &r.Findings[i]
		name := r.path(f.File)
		if n := len(report.Files); n == 0 || report.Files[n-1].Name != name {
			report.Files = append(report.Files, file{Name: name})
		}
		last := &report.Files[len(report.Files)-1]
		last.Errors = append(last.Errors, problem{
			Line:     f.Start.Line,
			Column:   f.Start.Column,
			Severity: "error",
			Message:  printable(f.Message),
			Source:   "chanlint." + strings.ReplaceAll(f.Name(), "/", "."),
		})
	}
	return encodeXML(w, report)
}

// These types are the XML of JUnit.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}

	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Cases    []junitCase `xml:"testcase"`
	}

	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		File    string        `xml:"file,attr,omitempty"`
		Line    int           `xml:"line,attr,omitempty"`
		Failure *junitFailure `xml:"failure"`
		Error   *junitFailure `xml:"error"`
	}

	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// junit writes the XML of JUnit: a suite for each package with findings, a
// test that failed for each finding. Without any there is one that passed,
// because an empty report looks like a run that never was.
func junit(w io.Writer, r *Report) error {
	var suites junitSuites
	add := func(suite string, c junitCase) {
		i := 0
		for i < len(suites.Suites) && suites.Suites[i].Name != suite {
			i++
		}
		if i == len(suites.Suites) {
			suites.Suites = append(suites.Suites, junitSuite{Name: suite})
		}
		s := &suites.Suites[i]
		s.Cases = append(s.Cases, c)
		s.Tests++
		suites.Tests++
		if c.Failure != nil {
			s.Failures++
			suites.Failures++
		}
		if c.Error != nil {
			s.Errors++
			suites.Errors++
		}
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		add(f.Package, r.junitCase(f))
	}
	for _, p := range r.Problems {
		add("chanlint", junitCase{Name: "run", Class: "chanlint", Error: &junitFailure{"problem", printable(p), ""}})
	}
	if suites.Tests == 0 {
		add("chanlint", junitCase{Name: "run", Class: "chanlint"})
	}
	return encodeXML(w, suites)
}

func (r *Report) junitCase(f *finding.Finding) junitCase {
	place := r.machinePosn(f.Place)
	lines := append([]string{place + ": " + f.Message}, r.details(f)...)
	return junitCase{
		Name:    f.Name() + " " + place,
		Class:   f.Package,
		File:    r.path(f.File),
		Line:    f.Start.Line,
		Failure: &junitFailure{f.Name(), printable(f.Message), printable(strings.Join(lines, "\n"))},
	}
}

func encodeXML(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// printable drops the characters that XML cannot hold.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
}
