package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

var passes = []Pass{
	{Name: "locks", Summary: "report locks", Flags: []Flag{{"strict", "more", true}, {"limit", "how many", false}}},
	{Name: "plain", Summary: "report more"},
}

// load reads a configuration with the given text. In what it returns the
// folder is called DIR.
func load(t *testing.T, text string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, Name)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	args, err := Load(file, passes)
	return strings.ReplaceAll(strings.Join(args, " "), dir, "DIR"), err
}

// good are configurations and the flags that say the same.
var good = []struct{ text, want string }{
	{"", ""},
	{"# nothing\n", ""},
	{"{}", ""},
	{"strict: true\ntests: false\nvet: TRUE\n", "-strict=true -tests=false -vet=true"},
	{"enable: [locks, printf]\ndisable: [plain]", "-enable=locks,printf -disable=plain"},
	{"enable: []", ""},
	{"output: [text, sarif=out/x.sarif, html=/tmp/x]", "-o=text -o=sarif=DIR/out/x.sarif -o=html=/tmp/x"},
	{"baseline: known.json\nnew-from-rev: origin/main", "-baseline=DIR/known.json -new-from-rev=origin/main"},
	{"build: [-tags=a b, -race]", "-tags=a b -race"},
	{"passes:\n  locks:\n    strict: true\n    limit: 3\n", "-locks.strict=true -locks.limit=3"},
	{"enable: &x [locks]\ndisable: *x\n", "-enable=locks -disable=locks"},
}

// bad are configurations and what is wrong with them.
var bad = []struct{ text, want string }{
	{"strikt: true", "1:1: unknown key strikt; is strict meant?"},
	{"\n  zzzzzzzz: true", "2:3: unknown key zzzzzzzz; there are strict, "},
	{"strict: yess", "1:9: strict must be true or false"},
	{"strict: 'true'", "1:9: strict must be true or false"},
	{"strict:", "1:8: strict must be true or false"},
	{"strict: true\nstrict: false", "2:1: strict is there twice"},
	{"enable: locks", "1:9: enable must be a list"},
	{"enable: [[locks]]", "1:10: enable must be a text"},
	{"baseline: [x]", "1:11: baseline must be a text"},
	{"build: [./...]", "1:9: ./... is no flag, as -tags=integration is"},
	{"passes:\n  lock: {}", "2:3: unknown pass lock; is locks meant?"},
	{"passes: [locks]", "1:9: passes must be a mapping"},
	{"passes:\n  locks:\n    strickt: true", "3:5: unknown flag strickt; is strict meant?"},
	{"passes:\n  locks:\n    strict: 1", "3:13: locks.strict must be true or false"},
	{"- strict", "1:1: the configuration must be a mapping"},
	{"strict", "1:1: the configuration must be a mapping"},
	{"strict: true\n  tests: [", "2: "},
	{"enable: [locks", "1: did not find"},
	{"strict: true\n---\nstrict: false", " more than one document"},
}

func TestLoad(t *testing.T) {
	for _, test := range good {
		got, err := load(t, test.text)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
		} else if want := filepath.FromSlash(test.want); got != want {
			t.Errorf("%q: %s, want %s", test.text, got, want)
		}
	}
}

func TestLoadErrors(t *testing.T) {
	for _, test := range bad {
		_, err := load(t, test.text)
		if err == nil {
			t.Errorf("%q: no error, want %s", test.text, test.want)
			continue
		}
		_, got, _ := strings.Cut(err.Error(), Name+":")
		if !strings.HasPrefix(got, test.want) {
			t.Errorf("%q: %v, want %s", test.text, err, test.want)
		}
	}
	if _, err := Load(filepath.Join(t.TempDir(), "missing"), nil); err == nil {
		t.Error("a file that does not exist: no error")
	}
}

// TestSchema checks that the schema takes what Load takes, and refuses what
// is misspelt or of the wrong kind.
func TestSchema(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(Schema(passes))))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	validate := func(text string) error {
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			return err
		}
		return schema.Validate(value)
	}
	for _, test := range good {
		if err := validate(test.text); err != nil {
			t.Errorf("%q: %v", test.text, err)
		}
	}
	for _, test := range bad {
		// The schema does not know of documents, of flags of the go command,
		// or which standard checks there are.
		known := strings.Contains(test.want, "more than one") || strings.Contains(test.want, "no flag") || strings.Contains(test.want, "unknown pass")
		if err := validate(test.text); err == nil && !known {
			t.Errorf("%q: the schema takes it", test.text)
		}
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	sub := filepath.Join(dir, "repo", "a", "b")
	for _, folder := range []string{sub, filepath.Join(dir, "repo", ".git")} {
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	write := func(folder string) string {
		t.Helper()
		file := filepath.Join(folder, Name)
		if err := os.WriteFile(file, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		return file
	}
	write(dir) // outside of the repository
	if got := Find(sub); got != "" {
		t.Errorf("got %s, want none: it is outside of the repository", got)
	}
	top := write(filepath.Join(dir, "repo"))
	if got := Find(sub); got != top {
		t.Errorf("got %s, want %s", got, top)
	}
	near := write(filepath.Join(dir, "repo", "a"))
	if got := Find(sub); got != near {
		t.Errorf("got %s, want the nearest, %s", got, near)
	}
}
