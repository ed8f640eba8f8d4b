// Package scaffold makes the files with which a repository starts to use the
// command: a configuration, and one for its CI.
package scaffold

import (
	"bytes"
	"embed"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"text/template"

	"github.com/chanlint/chanlint/internal/config"
)

// The kinds of CI that there are files for.
const (
	GitHub    = "github"
	GitLab    = "gitlab"
	PreCommit = "pre-commit"
	None      = "none"
)

// Kinds returns the names of the kinds.
func Kinds() []string { return []string{GitHub, GitLab, PreCommit, None} }

//go:embed template/*.yml
var templateFiles embed.FS

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(templateFiles, "template/*.yml"))
})

// A File is to be written, at a path relative to the repository, with slashes.
type File struct{ Path, Text string }

// A Plan is what a repository needs.
type Plan struct {
	Root  string // of the repository, or of the module if there is none
	Files []File
	Notes []string // what is left to do by hand
}

// Make returns what the repository around dir needs for a kind of CI, or for
// the one that it seems to have if the kind is "".
func Make(dir, kind string, passes []config.Pass) (*Plan, error) {
	root, module, err := roots(dir)
	if err != nil {
		return nil, err
	}
	if kind == "" {
		kind = detect(root)
	}
	data := struct {
		Schema   string
		Passes   []config.Pass
		Module   string // folder of go.mod, relative to the root
		GoMod    string
		Flags    string
		Packages string
	}{Schema: config.SchemaURL, Passes: passes, Packages: "./..."}
	rel, err := filepath.Rel(root, module)
	if err != nil {
		return nil, err
	}
	data.Module = filepath.ToSlash(rel)
	data.GoMod = path.Join(data.Module, "go.mod")
	if data.Module != "." {
		data.Flags = "-C=" + data.Module + " "
	}
	p := &Plan{Root: root}
	add := func(file, name string) {
		var b bytes.Buffer
		if e := templates().ExecuteTemplate(&b, name, data); e != nil && err == nil {
			err = e
		}
		p.Files = append(p.Files, File{file, b.String()})
	}
	add(config.Name, "config.yml")
	switch kind {
	case GitHub:
		add(".github/workflows/chanlint.yml", "github.yml")
	case GitLab:
		add(".gitlab/chanlint.yml", "gitlab.yml")
		p.Notes = append(p.Notes, "add to .gitlab-ci.yml: include: [{local: .gitlab/chanlint.yml}]")
	case PreCommit:
		p.Notes = append(p.Notes, "add to .pre-commit-config.yaml, below repos: "+
			"{repo: https://github.com/chanlint/chanlint, rev: main, hooks: [{id: chanlint}]}")
	case None:
		p.Notes = append(p.Notes, "-ci github or -ci gitlab writes a file for CI")
	}
	return p, err
}

// roots returns the folder of the repository and that of the module around
// dir. Without a repository both are that of the module.
func roots(dir string) (root, module string, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return "", "", err
	}
	for at := dir; ; {
		if module == "" && exists(at, "go.mod") {
			module = at
		}
		if exists(at, ".git") {
			root = at
			break
		}
		parent := filepath.Dir(at)
		if parent == at {
			break
		}
		at = parent
	}
	switch {
	case module == "":
		return "", "", fmt.Errorf("there is no go.mod in %s or around it", dir)
	case root == "":
		root = module
	}
	return root, module, nil
}

// detect returns the kind of CI of a repository: what it has files for, or
// else where it comes from.
func detect(root string) string {
	switch {
	case exists(root, ".gitlab-ci.yml"):
		return GitLab
	case exists(root, ".github"):
		return GitHub
	case exists(root, ".pre-commit-config.yaml"):
		return PreCommit
	}
	settings, _ := os.ReadFile(filepath.Join(root, ".git", "config")) // of a work tree it is elsewhere
	for line := range strings.Lines(string(settings)) {
		if _, url, ok := strings.Cut(line, "url = "); ok {
			switch {
			case strings.Contains(url, "github.com"):
				return GitHub
			case strings.Contains(url, "gitlab"):
				return GitLab
			}
		}
	}
	return None
}

func exists(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}
