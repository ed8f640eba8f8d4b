package cli

import (
	"fmt"
	"slices"
	"strings"
)

// reasons reads what the go command prints when it fails, and returns why it
// did, each reason once and on one line. What it prints comes in sections
//
//	# example.com/pkg
//	# [example.com/pkg]
//	file.go:1:2: what is wrong with the package
//
// or stands alone. Indented lines continue the line above them, and so does
// what follows a line like "errors parsing go.mod:".
func reasons(errs string) []string {
	var all []string
	pkg := ""        // of the section
	inTrace := false // after a panic in the tool
	for line := range strings.Lines(errs) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.HasPrefix(line, "# "):
			if !strings.HasPrefix(line, "# [") {
				pkg, inTrace = line[len("# "):], false
			}
		case inTrace || strings.TrimSpace(line) == "" || isNews(line):
		case isTrace(line):
			inTrace = true
		case len(all) > 0 && (strings.HasPrefix(line, "\t") || strings.HasSuffix(all[len(all)-1], ":")):
			all[len(all)-1] += " " + strings.TrimSpace(line)
		case strings.HasPrefix(line, "go: "):
			all = append(all, line[len("go: "):])
		case pkg != "":
			all = append(all, fmt.Sprintf("cannot check %s: %s", pkg, strings.TrimPrefix(line, "./")))
		default:
			all = append(all, line)
		}
	}
	var distinct []string
	for _, p := range all {
		if !slices.Contains(distinct, p) {
			distinct = append(distinct, p)
		}
	}
	return distinct
}

// isNews reports whether a line tells about work, not about a failure.
func isNews(line string) bool {
	return strings.HasPrefix(line, "go: downloading ") || strings.HasPrefix(line, "go: finding ")
}

// isTrace reports whether a line starts the stacks of a program that
// panicked, which say nothing to a user.
func isTrace(line string) bool {
	return strings.HasPrefix(line, "goroutine ") && strings.HasSuffix(line, ":")
}
