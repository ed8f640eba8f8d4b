package docs_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// printed is what chanlint -o line prints, and what editors should make of it.
var printed = []struct {
	line string
	want place
}{
	{"bus.go:41:2: s.mu, locked on line 39, is held across this send, which may block; unlock it first (lockacrossblock)",
		place{"bus.go", "41", "2", "s.mu, locked on line 39, is held across this send, which may block; unlock it first (lockacrossblock)"}},
	{"../other module/c.go:7:12: outs[\"a:b\"]: 3:4: is odd; end it (chanleak)",
		place{"../other module/c.go", "7", "12", "outs[\"a:b\"]: 3:4: is odd; end it (chanleak)"}},
	{"grammar.go:6: this loop never ends; end it (selectstarve)", // a line comment without column
		place{"grammar.go", "6", "", "this loop never ends; end it (selectstarve)"}},
}

// A place is where an editor goes, and what it shows there.
type place struct{ file, line, column, message string }

func (p place) String() string {
	return strings.Join([]string{p.file, p.line, p.column, p.message}, "|")
}

// TestPrinted checks that the lines of this test are such as the command
// prints: its golden file has lines with a column and without.
func TestPrinted(t *testing.T) {
	golden := read(t, filepath.Join(root, "internal", "render", "testdata", "golden", "line"))
	for _, shape := range []string{`(?m)^[\w.]+:\d+:\d+: .*; .* \(\w+\)$`, `(?m)^[\w.]+:\d+: .*; .* \(\w+\)$`} {
		if !regexp.MustCompile(shape).MatchString(golden) {
			t.Errorf("the command prints no line like %s:\n%s", shape, golden)
		}
	}
}

// TestVSCode checks that the files of VS Code are JSON, and what the problem
// matcher takes from a line.
func TestVSCode(t *testing.T) {
	blocks := blocksOf(t, "editors.md", "json")
	for _, block := range blocks {
		if err := json.Unmarshal([]byte(block), new(any)); err != nil {
			t.Errorf("%v in\n%s", err, block)
		}
	}
	var tasks struct {
		Tasks []struct {
			Matcher struct {
				Pattern struct {
					Regexp                            string
					File, Line, Column, Message, Code int
				}
			} `json:"problemMatcher"`
		}
	}
	if err := json.Unmarshal([]byte(blocks[0]), &tasks); err != nil {
		t.Fatal(err)
	}
	p := tasks.Tasks[0].Matcher.Pattern
	pattern := regexp.MustCompile(p.Regexp)
	for _, test := range printed {
		m := pattern.FindStringSubmatch(test.line)
		if m == nil {
			t.Errorf("the pattern does not match %s", test.line)
			continue
		}
		// The pass is a code of its own there.
		got := place{m[p.File], m[p.Line], m[p.Column], fmt.Sprintf("%s (%s)", m[p.Message], m[p.Code])}
		if got != test.want {
			t.Errorf("%s:\n got %v\nwant %v", test.line, got, test.want)
		}
	}
}

// TestErrorformats checks what Vim, nvim-lint and efm-langserver take from a
// line, by the patterns that the page gives them.
func TestErrorformats(t *testing.T) {
	vim := regexp.MustCompile(`errorformat=(.*)`).FindStringSubmatch(blocksOf(t, "editors.md", "vim")[0])
	lua := regexp.MustCompile(`from_errorformat\("([^"]*)"`).FindStringSubmatch(blocksOf(t, "editors.md", "lua")[0])
	var efm struct {
		Tools map[string]struct {
			Formats []string `yaml:"lint-formats"`
		}
	}
	if err := yaml.Unmarshal([]byte(blocksOf(t, "editors.md", "yaml")[0]), &efm); err != nil {
		t.Fatal(err)
	}
	if vim == nil || lua == nil || len(efm.Tools["chanlint"].Formats) == 0 {
		t.Fatal("editors.md gives no errorformat for one of Vim, nvim-lint, efm-langserver")
	}
	for editor, formats := range map[string][]string{
		"Vim":            strings.Split(strings.ReplaceAll(vim[1], `\ `, " "), ","), // as :set reads it
		"nvim-lint":      strings.Split(lua[1], ","),
		"efm-langserver": efm.Tools["chanlint"].Formats,
	} {
		for _, test := range printed {
			if got, ok := byErrorformat(formats, test.line); !ok || got != test.want {
				t.Errorf("%s takes from %s\n got %v, %t\nwant %v", editor, test.line, got, ok, test.want)
			}
		}
	}
}

// byErrorformat takes a line apart by the first format that matches, as Vim
// does. It knows the items that the page uses.
func byErrorformat(formats []string, line string) (place, bool) {
	items := map[string]string{"%f": `(?P<f>.+?)`, "%l": `(?P<l>\d+)`, "%c": `(?P<c>\d+)`, "%m": `(?P<m>.+)`}
	for _, format := range formats {
		pattern := regexp.QuoteMeta(format)
		for item, group := range items {
			pattern = strings.ReplaceAll(pattern, item, group)
		}
		re := regexp.MustCompile("^" + pattern + "$")
		m := re.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		value := func(name string) string {
			if i := re.SubexpIndex(name); i >= 0 {
				return m[i]
			}
			return ""
		}
		return place{value("f"), value("l"), value("c"), value("m")}, true
	}
	return place{}, false
}

// TestVim has Vim run :make with the lines of the page, where there is one.
func TestVim(t *testing.T) {
	vim, err := exec.LookPath("vim")
	if err != nil {
		t.Skip("there is no vim in PATH")
	}
	dir := t.TempDir()
	var lines, want []string
	for _, p := range printed {
		lines = append(lines, p.line)
		if p.want.column == "" {
			p.want.column = "0"
		}
		want = append(want, p.want.String())
	}
	write(t, filepath.Join(dir, "lines"), strings.Join(lines, "\n")+"\n")
	// Stands for the command: prints the lines if its arguments are right.
	write(t, filepath.Join(dir, "bin", "chanlint"), "#!/bin/sh\n[ \"$*\" = '-o line ./...' ] || exit 2\ncat lines\nexit 1\n")
	if err := os.Chmod(filepath.Join(dir, "bin", "chanlint"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "page.vim"), blocksOf(t, "editors.md", "vim")[0])
	list := `map(getqflist(), {_, q -> bufname(q.bufnr) . "|" . q.lnum . "|" . q.col . "|" . q.text})`
	cmd := exec.CommandContext(t.Context(), vim, "-es", "-u", "NONE", "-i", "NONE", "-N", "-c", "source page.vim", "-c", "edit m.go",
		"-c", "set filetype=go", "-c", "silent make!", "-c", `call writefile(`+list+`, "list")`, "-c", "qall!")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+filepath.Join(dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("vim: %v\n%s", err, out)
	}
	got := strings.Split(strings.TrimSpace(read(t, filepath.Join(dir, "list"))), "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the quickfix list (-want +got):\n%s", diff)
	}
}
