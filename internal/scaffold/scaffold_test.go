package scaffold

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/chanlint/chanlint/internal/config"
)

var passes = []config.Pass{
	{Name: "locks", Summary: "report locks", Flags: []config.Flag{{Name: "strict", Bool: true}}},
	{Name: "queues", Summary: "report queues: all"},
}

// repository makes a folder with the given files, which hold their names.
func repository(t *testing.T, files ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, file := range files {
		file = filepath.Join(root, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func paths(p *Plan) string {
	var all []string
	for _, f := range p.Files {
		all = append(all, f.Path)
	}
	return strings.Join(all, " ")
}

func TestKinds(t *testing.T) {
	for _, test := range []struct {
		files, kind, want string
	}{
		{".git/config go.mod", "", ".chanlint.yml"},
		{".git/config go.mod .github/CODEOWNERS", "", ".chanlint.yml .github/workflows/chanlint.yml"},
		{".git/config go.mod .github/CODEOWNERS", None, ".chanlint.yml"},
		{".git/config go.mod .github/x .gitlab-ci.yml", "", ".chanlint.yml .gitlab/chanlint.yml"},
		{"go.mod .pre-commit-config.yaml", "", ".chanlint.yml"},
		{"go.mod", GitHub, ".chanlint.yml .github/workflows/chanlint.yml"},
	} {
		p, err := Make(repository(t, strings.Fields(test.files)...), test.kind, passes)
		if err != nil {
			t.Errorf("%s: %v", test.files, err)
			continue
		}
		if got := paths(p); got != test.want {
			t.Errorf("%s, -ci %q: %s, want %s", test.files, test.kind, got, test.want)
		}
		if wantsNote := !strings.Contains(test.want, ".github"); wantsNote != (len(p.Notes) > 0) {
			t.Errorf("%s, -ci %q: notes %q", test.files, test.kind, p.Notes)
		}
	}
}

func TestRemote(t *testing.T) {
	for _, test := range []struct{ url, want string }{
		{"git@github.com:a/b.git", GitHub},
		{"https://gitlab.example.com/a/b", GitLab},
		{"ssh://example.com/a/b", None},
	} {
		root := repository(t, ".git/config")
		if err := os.WriteFile(filepath.Join(root, ".git", "config"), []byte("[remote \"origin\"]\n\turl = "+test.url+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		if got := detect(root); got != test.want {
			t.Errorf("%s: %s, want %s", test.url, got, test.want)
		}
	}
}

// TestTexts checks that the files are YAML, and that what the configuration
// says and suggests is understood.
func TestTexts(t *testing.T) {
	root := repository(t, ".git/config", "code/go.mod")
	for _, kind := range Kinds() {
		p, err := Make(filepath.Join(root, "code"), kind, passes)
		if err != nil {
			t.Fatal(err)
		}
		if p.Root != root {
			t.Errorf("root %s, want %s", p.Root, root)
		}
		for _, f := range p.Files {
			var doc map[string]any
			if err := yaml.Unmarshal([]byte(f.Text), &doc); err != nil {
				t.Errorf("%s: %v\n%s", f.Path, err, f.Text)
			}
			inModule := strings.Contains(f.Text, "code/go.mod") || strings.Contains(f.Text, "-C=code ")
			if f.Path != config.Name && !inModule {
				t.Errorf("%s does not look into the folder of the module:\n%s", f.Path, f.Text)
			}
		}
	}
	p, err := Make(filepath.Join(root, "code"), None, passes)
	if err != nil {
		t.Fatal(err)
	}
	text := p.Files[0].Text
	suggested := strings.NewReplacer("# passes:", "passes:", "#   NAME:", "  locks:", "#     strict", "    strict",
		"# enable: [NAME]", "enable: [locks]", "# baseline:", "baseline:", "# build:", "build:").Replace(text)
	for _, text := range []string{text, suggested} {
		file := filepath.Join(root, config.Name)
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		args, err := config.Load(file, passes)
		if err != nil {
			t.Errorf("%v\n%s", err, text)
		}
		if text == suggested && len(args) != 7 {
			t.Errorf("suggestions give %d flags, want 7: %q", len(args), args)
		}
	}
}

func TestNoModule(t *testing.T) {
	if _, err := Make(repository(t, ".git/config"), "", nil); err == nil || !strings.Contains(err.Error(), "no go.mod") {
		t.Errorf("got %v, want no go.mod", err)
	}
}
