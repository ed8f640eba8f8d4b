package checktest

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// modulePath is the module whose runtime folder test data may import.
const modulePath = "github.com/chanlint/chanlint"

// moduleRoot returns the folder of the module that the test belongs to.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod in this folder or above")
		}
		dir = parent
	}
}

// A tree is the shared test data of the module at root.
type tree struct{ root string }

func (tr *tree) src() string { return filepath.Join(tr.root, "testdata", "src") }

// prepare makes a GOPATH of the test data and returns it with the packages
// that cases stand for.
func (tr *tree) prepare(t tester, cases []string) (dir string, patterns []string, err error) {
	patterns, err = tr.expand(cases)
	if err != nil {
		return "", nil, err
	}
	dir = t.TempDir()
	return dir, patterns, tr.link(dir, nil)
}

// expand replaces each case that ends in "/..." by the packages below it,
// because the go command does not look for packages behind links. It visits
// the folders of all cases: links hide their files from the go command's test
// cache too, and files that no test visits could change without a new run.
func (tr *tree) expand(cases []string) ([]string, error) {
	var patterns []string
	for _, c := range cases {
		prefix, all := strings.CutSuffix(c, "/...")
		if !fs.ValidPath(prefix) {
			return nil, fmt.Errorf("case %q is not a path below testdata/src", c)
		}
		pkgs, err := packagesBelow(tr.src(), prefix)
		if err != nil {
			return nil, fmt.Errorf("case %q: %w", c, err)
		}
		if !all {
			pkgs = []string{prefix}
		}
		patterns = append(patterns, pkgs...)
	}
	// The companion library may be absent, as in tests of this package.
	_, err := packagesBelow(tr.root, "runtime")
	if os.IsNotExist(err) {
		err = nil
	}
	return patterns, err
}

// packagesBelow returns the folders at and below prefix that hold Go files,
// as paths relative to src.
func packagesBelow(src, prefix string) ([]string, error) {
	var pkgs []string
	err := fs.WalkDir(os.DirFS(src), prefix, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		dir := path.Dir(name)
		if path.Ext(name) == ".go" && (len(pkgs) == 0 || pkgs[len(pkgs)-1] != dir) {
			pkgs = append(pkgs, dir)
		}
		return nil
	})
	return unique(pkgs), err
}

// unique removes repeated strings, which need not be neighbours: a folder's
// files may come before and after those of a folder inside it.
func unique(list []string) []string {
	seen := make(map[string]bool)
	var kept []string
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}

// link makes dir a GOPATH of links to the test data and the companion
// library. The keys of changed are paths relative to testdata/src; a folder
// that one of them is in is copied, with the given contents in its place.
func (tr *tree) link(dir string, changed map[string][]byte) error {
	top := make(map[string]bool)
	for name := range changed {
		first, _, _ := strings.Cut(name, "/")
		top[first] = true
	}
	entries, err := os.ReadDir(tr.src())
	if err != nil {
		return err
	}
	src := filepath.Join(dir, "src")
	if err := os.MkdirAll(filepath.Join(src, filepath.FromSlash(modulePath)), 0o777); err != nil {
		return err
	}
	for _, e := range entries {
		from, to := filepath.Join(tr.src(), e.Name()), filepath.Join(src, e.Name())
		if top[e.Name()] {
			err = os.CopyFS(to, os.DirFS(from))
		} else {
			err = linkInto(from, to)
		}
		if err != nil {
			return err
		}
	}
	for name, content := range changed {
		if err := os.WriteFile(filepath.Join(src, filepath.FromSlash(name)), content, 0o666); err != nil {
			return err
		}
	}
	library := filepath.Join(src, filepath.FromSlash(modulePath), "runtime")
	return os.Symlink(filepath.Join(tr.root, "runtime"), library)
}

// linkInto links from as to. If to is a folder already, as github.com is, the
// entries of from are linked in it.
func linkInto(from, to string) error {
	if info, err := os.Stat(to); err != nil || !info.IsDir() {
		return os.Symlink(from, to)
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := linkInto(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
			return err
		}
	}
	return nil
}
