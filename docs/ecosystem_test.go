package docs_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEcosystem checks that docs/ecosystem.md speaks of the modules of each
// line of the tables of signals.
func TestEcosystem(t *testing.T) {
	page := read(t, "ecosystem.md")
	key := regexp.MustCompile(`(?m)^\t+"(?:\(\*?)?([\w./-]+)\.\w+[^"]*": `)
	module := regexp.MustCompile("`([\\w-]+(?:\\.[\\w-]+)+/[\\w./-]+|sync)`")
	var listed []string
	for _, m := range module.FindAllStringSubmatch(page, -1) {
		listed = append(listed, m[1])
	}
	checked := 0
	for _, file := range []string{"lag_modules.go", "lag_calls.go"} {
		for _, m := range key.FindAllStringSubmatch(read(t, filepath.Join(root, "internal", "known", file)), -1) {
			checked++
			if !isListed(listed, m[1]) {
				t.Errorf("ecosystem.md does not speak of %s", m[1])
			}
		}
	}
	if checked < 40 {
		t.Errorf("read %d lines of the tables: is that all?", checked)
	}
}

// isListed reports whether a package, or a type in it, is in one of the
// modules.
func isListed(modules []string, pkg string) bool {
	for _, m := range modules {
		if pkg == m || strings.HasPrefix(pkg, m+"/") || strings.HasPrefix(pkg, m+".") {
			return true
		}
	}
	return false
}
