package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"github.com/chanlint/chanlint"
	"github.com/chanlint/chanlint/internal/cli"
	"github.com/chanlint/chanlint/internal/config"
	"github.com/chanlint/chanlint/internal/render"
)

// TestConfigSchema checks that the schema of the configuration knows the
// passes.
func TestConfigSchema(t *testing.T) {
	got := string(config.Schema(cli.ConfigPasses(chanlint.Analyzers())))
	if *update {
		if err := os.WriteFile("config.schema.json", []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(read(t, "config.schema.json"), got); diff != "" {
		t.Errorf("config.schema.json is out of date, run go test ./docs -update (-file +passes):\n%s", diff)
	}
}

// TestFormatList checks that the manual of the command lists the formats.
func TestFormatList(t *testing.T) {
	_, section, _ := strings.Cut(read(t, "cli.md"), "## Formats")
	section, _, _ = strings.Cut(section, "\n## ")
	var want []string
	for _, f := range render.Formats() {
		want = append(want, f[0])
	}
	slices.Sort(want)
	checkList(t, "the table of formats", cells(section, "`(\\w+)`"), want)
}

// TestWitnessExample checks that the manual shows a witness as the command does.
func TestWitnessExample(t *testing.T) {
	script, err := txtar.ParseFile(filepath.Join(root, "cmd", "chanlint", "testdata", "script", "witness.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range script.Files {
		if f.Name != "want-text" {
			continue
		}
		want, _, _ := strings.Cut(string(f.Data), "\n\n")
		if got := blocksOf(t, "cli.md", "text"); !slices.Contains(got, want+"\n") {
			t.Errorf("cli.md shows\n%s\nwant among them\n%s", strings.Join(got, "\n"), want)
		}
		return
	}
	t.Error("the script expects no text")
}

// yamlBlocks returns the blocks of YAML in a page.
func yamlBlocks(page string) []string {
	var all []string
	for _, m := range regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		all = append(all, m[1])
	}
	return all
}

// TestYAML checks that what the pages show, and what other tools read of this
// repository, is YAML.
func TestYAML(t *testing.T) {
	texts := map[string]string{}
	for _, file := range []string{"action.yml", ".pre-commit-hooks.yaml"} {
		texts[file] = read(t, filepath.Join(root, file))
	}
	for _, page := range []string{"ci.md", "cli.md"} {
		blocks := yamlBlocks(read(t, page))
		if len(blocks) == 0 {
			t.Errorf("%s shows no YAML", page)
		}
		for _, block := range blocks {
			first, _, _ := strings.Cut(block, "\n")
			texts[page+", "+first] = block
		}
	}
	for name, text := range texts {
		if err := yaml.Unmarshal([]byte(text), new(any)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestConfigExample checks that the configuration in the manual is one.
func TestConfigExample(t *testing.T) {
	file := filepath.Join(t.TempDir(), config.Name)
	write(t, file, yamlBlocks(read(t, "cli.md"))[0])
	args, err := config.Load(file, cli.ConfigPasses(chanlint.Analyzers()))
	if err != nil {
		t.Fatal(err)
	}
	if len(args) < 8 {
		t.Errorf("%d flags, want one for each line: %q", len(args), args)
	}
}

// TestAction checks what GitHub does only when the action runs: that steps
// use inputs and outputs that exist.
func TestAction(t *testing.T) {
	text := read(t, filepath.Join(root, "action.yml"))
	var action struct {
		Inputs map[string]any
		Runs   struct {
			Using string
			Steps []struct{ ID, Uses, Run, Shell string }
		}
	}
	if err := yaml.Unmarshal([]byte(text), &action); err != nil {
		t.Fatal(err)
	}
	if got, want := action.Runs.Using, "composite"; got != want {
		t.Errorf("runs.using is %s, want %s", got, want)
	}
	outputs := make(map[string]string) // what the step of each id writes
	for _, s := range action.Runs.Steps {
		outputs[s.ID] = s.Run
		if (s.Run == "") == (s.Uses == "") || (s.Run == "") != (s.Shell == "") {
			t.Errorf("a step needs either uses, or run and shell: %v", s)
		}
	}
	for _, m := range regexp.MustCompile(`inputs\.([\w-]+)`).FindAllStringSubmatch(text, -1) {
		if _, ok := action.Inputs[m[1]]; !ok {
			t.Errorf("there is no input %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`steps\.(\w+)\.outputs\.(\w+)`).FindAllStringSubmatch(text, -1) {
		if !strings.Contains(outputs[m[1]], m[2]+"=") {
			t.Errorf("step %s writes no output %s", m[1], m[2])
		}
	}
	page := read(t, "ci.md")
	for input := range action.Inputs {
		if !strings.Contains(page, "| `"+input+"` |") {
			t.Errorf("ci.md does not list the input %s", input)
		}
	}
}

// TestCapacityExample checks that the command prints what its manual shows.
func TestCapacityExample(t *testing.T) {
	_, example, _ := strings.Cut(read(t, "cli.md"), "\n$ chanlint capacity ")
	example, _, _ = strings.Cut(example, "```")
	line, want, ok := strings.Cut(example, "\n")
	if !ok {
		t.Fatal("the manual has no example")
	}
	var stdout, stderr strings.Builder
	cli.Main(suite, append([]string{"capacity"}, strings.Fields(line)...), &stdout, &stderr)
	if diff := cmp.Diff(want, stdout.String()+stderr.String()); diff != "" {
		t.Errorf("chanlint capacity %s (-manual +is):\n%s", line, diff)
	}
}
