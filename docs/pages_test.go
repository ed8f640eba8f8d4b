package docs_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint"
)

// blocksOf returns the fenced blocks of a page in one language.
func blocksOf(t *testing.T, page, language string) []string {
	t.Helper()
	var all []string
	for _, m := range fence.FindAllStringSubmatch(read(t, page), -1) {
		if m[1] == language {
			all = append(all, m[2])
		}
	}
	if len(all) == 0 {
		t.Fatalf("%s has no block of %s", page, language)
	}
	return all
}

// TestBazelPage checks that nogo can have the analyzers as docs/bazel.md says:
// all passes, without the analyzers that other drivers run besides.
func TestBazelPage(t *testing.T) {
	var listed, want []string
	for _, m := range regexp.MustCompile(`"@com_github_chanlint_chanlint//passes/(\w+)"`).FindAllStringSubmatch(read(t, "bazel.md"), -1) {
		listed = append(listed, m[1])
	}
	byName := make(map[string]*analysis.Analyzer)
	for _, a := range chanlint.Passes() {
		want = append(want, a.Name)
		byName[a.Name] = a
		if err := analysis.Validate([]*analysis.Analyzer{a}); err != nil {
			t.Errorf("%s alone: %v", a.Name, err)
		}
	}
	slices.Sort(want)
	checkList(t, "the list in bazel.md", listed, want)

	var config map[string]struct {
		Flags   map[string]string `json:"analyzer_flags"`
		Exclude map[string]string `json:"exclude_files"`
	}
	if err := json.Unmarshal([]byte(blocksOf(t, "bazel.md", "json")[0]), &config); err != nil {
		t.Fatal(err)
	}
	for name, c := range config {
		a := byName[name]
		if a == nil {
			t.Errorf("the configuration in bazel.md has %s, which is no pass", name)
			continue
		}
		for flag := range c.Flags {
			if a.Flags.Lookup(flag) == nil {
				t.Errorf("the configuration in bazel.md: %s has no flag %s", name, flag)
			}
		}
	}
}
