// Package archtest holds the packages of the module to its layers: who may
// import whom, and who may know of which tools. It has only tests.
package archtest

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// below says, for each package, which packages stand directly below it. It
// may import those and all that stand below them. A new package belongs here
// first. A "*" stands for any one name that has no key of its own.
var below = map[string][]string{
	"cmd/chanlint": {".", "internal/cli"},
	"gclplugin":    {".", "internal/unit", "internal/nearest"},
	".":            {"passes/*"},
	"passes/*":     {"internal/stuck", "internal/feed", "internal/limit", "internal/loop", "internal/closing", "internal/handover", "internal/pattern"},

	// The engine.
	"internal/stuck":    {"internal/model", "internal/report"},
	"internal/model":    {"internal/explore", "internal/heap", "internal/pattern"},
	"internal/heap":     {"internal/conc"},
	"internal/explore":  {"internal/effect"},
	"internal/feed":     {"internal/effect"},
	"internal/limit":    {"internal/effect"},
	"internal/loop":     {"internal/effect"},
	"internal/effect":   {"internal/lockset"},
	"internal/lockset":  {"internal/conc"},
	"internal/conc":     {"internal/place", "internal/known"},
	"internal/place":    {},
	"internal/known":    {},
	"internal/closing":  {"internal/effect"},
	"internal/handover": {"internal/effect"},

	// What users see.
	"internal/cli": {
		"internal/unit", "internal/manual", "internal/config", "internal/baseline", "internal/gitdiff", "internal/fix",
		"internal/render", "internal/scaffold", "internal/nearest", "internal/chart",
		"runtime/capacity", // is a tool as well: it computes, and needs nothing but numbers
	},
	"internal/chart":    {"internal/conc"},
	"internal/scaffold": {"internal/config"},
	"internal/render":   {"internal/finding"},
	"internal/fix":      {"internal/finding", "internal/output"},
	"internal/baseline": {"internal/finding", "internal/output"},
	"internal/gitdiff":  {"internal/finding", "internal/pattern"},
	"internal/config":   {"internal/nearest", "internal/pattern"},
	"internal/finding":  {"internal/trail"},
	"internal/trail":    {},
	"internal/output":   {},
	"internal/nearest":  {},
	"internal/manual":   {},
	"internal/unit":     {"internal/known"},
	"internal/report":   {"internal/suppress", "internal/trail", "internal/pattern"},
	"internal/suppress": {},
	"internal/pattern":  {},

	"internal/checktest": {"internal/report"},
	"internal/conctest":  {"internal/conc"},
	"internal/browser":   {},
	"internal/archtest":  {},
	"docs":               {}, // has only tests

	"runtime/*":           {"runtime/*", "runtime/internal/*"},
	"runtime/capacity":    {"runtime/*"},
	"runtime/internal/*":  {"runtime/internal/*"},
	"examples/*":          {"runtime/*", "runtime/capacity", "examples/pitfalls/*"},
	"examples/pitfalls/*": {"runtime/*"},
}

// testOnly lists the packages that only test files may import.
var testOnly = []string{"internal/checktest", "internal/conctest", "internal/archtest", "internal/browser"}

// analyzers lists the packages that may use what analyzers are made with.
var analyzers = []string{
	"passes/*", ".", "cmd/chanlint", "gclplugin",
	"internal/stuck", "internal/model", "internal/heap", "internal/explore",
	"internal/feed", "internal/limit", "internal/loop", "internal/closing", "internal/handover",
	"internal/effect", "internal/lockset", "internal/conc", "internal/place",
	"internal/unit", "internal/report", "internal/suppress", "internal/checktest",
}

// A tool is a module, or a folder of one, that only some packages may use.
type tool struct {
	prefix string
	users  []string // keys of below
}

// tools holds for files that are not tests. The first entry for an import
// counts; an import without entry must be in the standard library.
var tools = []tool{
	{"golang.org/x/tools/go/analysis", []string{
		"passes/*", ".", "cmd/chanlint", "gclplugin", "internal/cli", "internal/unit", "internal/manual",
		"internal/stuck", "internal/effect", "internal/report", "internal/suppress", "internal/checktest",
	}},
	{"golang.org/x/tools/go/packages", []string{"internal/cli", "internal/checktest"}},
	{"golang.org/x/tools/go/ssa", []string{
		"internal/chart",
		"internal/model", "internal/heap", "internal/explore", "internal/effect", "internal/lockset", "internal/conc", "internal/place", "internal/feed", "internal/limit", "internal/loop",
		"internal/model", "internal/explore", "internal/closing", "internal/handover",
		"internal/effect", "internal/lockset", "internal/conc", "internal/place",
	}},
	{"golang.org/x/tools", analyzers},
	{"honnef.co/go/tools", analyzers},
	{"github.com/golangci/plugin-module-register", []string{"gclplugin"}},
	// The command for people has dependencies of its own.
	{"golang.org/x/term", []string{"internal/cli"}},
	{"github.com/mattn/go-runewidth", []string{"internal/render"}},
	{"github.com/rogpeppe/go-internal/diff", []string{"internal/fix"}},
	{"go.yaml.in/yaml/v3", []string{"internal/config"}},
	{"", nil},
}

// A pkg is a package of the module.
type pkg struct {
	path  string // relative to the module, "." for its root
	files imports
	tests imports // of its test files
}

// imports are import paths: of the module, relative to it, and others.
type imports struct{ own, foreign []string }

// violations returns what is wrong with the imports of p.
func violations(p pkg) []string {
	self := entry(p.path)
	if self == "" {
		return []string{fmt.Sprintf("package %s is not listed in the layers", p.path)}
	}
	var list []string
	add := func(files, imp, why string) {
		if why != "" {
			list = append(list, fmt.Sprintf("%s %s may not import %s: %s", files, p.path, imp, why))
		}
	}
	allowed := reachable(self)
	for _, imp := range p.files.own {
		add("package", imp, fault(allowed, imp))
	}
	for _, imp := range p.files.foreign {
		add("package", imp, foreignFault(self, imp))
	}
	for _, imp := range p.tests.own {
		add("tests of", imp, testFault(p.path, imp))
	}
	return list
}

// entry returns the key of below that stands for a package, or "": its own, or
// else one with a star. No package matches two of the latter.
func entry(pkg string) string {
	if _, ok := below[pkg]; ok {
		return pkg
	}
	for key := range below {
		if ok, _ := path.Match(key, pkg); ok {
			return key
		}
	}
	return ""
}

// reachable returns the keys that stand below key, directly or not.
func reachable(key string) map[string]bool {
	seen := make(map[string]bool)
	var visit func(key string)
	visit = func(key string) {
		for _, next := range below[key] {
			if !seen[next] {
				seen[next] = true
				visit(next)
			}
		}
	}
	visit(key)
	return seen
}

// fault says why a package above only the keys in allowed may not import the
// package imp of the module, or returns "".
func fault(allowed map[string]bool, imp string) string {
	switch key := entry(imp); {
	case key == "":
		return "it is not listed in the layers"
	case slices.Contains(testOnly, key):
		return "it is for tests"
	case !allowed[key]:
		return "it is not below"
	}
	return ""
}

// foreignFault says why the package with the key self may not import imp from
// another module, or returns "".
func foreignFault(self, imp string) string {
	if first, _, _ := strings.Cut(imp, "/"); !strings.Contains(first, ".") {
		return "" // the standard library
	}
	for _, t := range tools {
		if !inside(imp, t.prefix) {
			continue
		}
		if slices.Contains(t.users, self) {
			return ""
		}
		return "it is not a tool of this layer"
	}
	panic("the last entry of tools matches everything")
}

// testFault says why a test of package self may not import the package imp of
// the module, or returns "". Tests may look further than what they test, but
// not over the walls between passes, engine and companion library.
func testFault(self, imp string) string {
	isPass := inside(imp, "passes")
	switch {
	case imp == self:
		return ""
	case entry(imp) == "":
		return "it is not listed in the layers"
	case isPass && (inside(self, "passes") || inside(self, "internal")):
		return "a pass is tested alone"
	case inside(self, "runtime") && !inside(imp, "runtime"):
		return "the companion library stands alone"
	}
	return ""
}

// inside reports whether an import path is prefix or below it. Everything is
// inside "".
func inside(imp, prefix string) bool {
	rest, ok := strings.CutPrefix(imp, prefix)
	return ok && (prefix == "" || rest == "" || rest[0] == '/')
}
