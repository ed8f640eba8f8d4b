package report

import "strings"

// Doc returns the documentation of an analyzer from the source of its doc.go:
// what stands under the heading "# Analyzer NAME" of its line comments. It panics
// if there is no such heading, which a test of the pass finds.
//
// The source is not parsed: each process of the go command starts with this.
func Doc(source string) string {
	_, text, ok := strings.Cut(source, "\n// # Analyzer ")
	if !ok {
		panic("report: doc.go has no analyzer heading")
	}
	_, text, _ = strings.Cut(text, "\n")
	var doc strings.Builder
	for line := range strings.Lines(text) {
		line, ok := strings.CutPrefix(line, "//")
		if !ok {
			break
		}
		doc.WriteString(strings.TrimPrefix(line, " "))
	}
	return strings.TrimSpace(doc.String())
}
