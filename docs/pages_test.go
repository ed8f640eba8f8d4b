package docs_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
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

// TestEditorsPage checks that the pattern for VS Code takes apart what the
// command prints, and that the other blocks can be read.
func TestEditorsPage(t *testing.T) {
	blocks := blocksOf(t, "editors.md", "json")
	for _, block := range blocks {
		if err := json.Unmarshal([]byte(block), new(any)); err != nil {
			t.Errorf("%v in\n%s", err, block)
		}
	}
	var tasks struct {
		Tasks []struct {
			Matcher struct{ Pattern struct{ Regexp string } } `json:"problemMatcher"`
		}
	}
	if err := json.Unmarshal([]byte(blocks[0]), &tasks); err != nil {
		t.Fatal(err)
	}
	pattern := regexp.MustCompile(tasks.Tasks[0].Matcher.Pattern.Regexp)
	lines := 0
	for _, block := range codeBlocks(read(t, filepath.Join(root, "README.md"))) {
		if !strings.HasPrefix(block, "examples/service/") {
			continue
		}
		for line := range strings.Lines(block) {
			lines++
			m := pattern.FindStringSubmatch(strings.TrimSpace(line))
			if m == nil {
				t.Errorf("the pattern does not match %s", line)
			} else if !strings.HasSuffix(m[1], ".go") || m[5] != "lockacrossblock" {
				t.Errorf("file %s, code %s of %s", m[1], m[5], line)
			}
		}
	}
	if lines == 0 {
		t.Error("README.md shows no findings")
	}
}
