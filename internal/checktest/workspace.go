package checktest

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Workspace copies the shared test data of the module at root, and the
// companion library, into a new folder, as drivers want it: a workspace of
// modules. It returns the folder and the patterns that stand for the data; the
// library is "github.com/chanlint/chanlint/...".
//
// Each folder at the top of the data is a module of that name, and so is each
// module of others that it has a stand-in for.
func Workspace(t testing.TB, root string) (dir string, patterns []string) {
	t.Helper()
	dir = t.TempDir()
	modules, err := dataModules(filepath.Join(root, "testdata", "src"))
	if err != nil {
		t.Fatal(err)
	}
	work := "go 1.26.0\n"
	for _, m := range modules {
		if err := copyModule(dir, m, filepath.Join(root, "testdata", "src", filepath.FromSlash(m)), ""); err != nil {
			t.Fatal(err)
		}
		work += fmt.Sprintf("\nuse ./%s\n", m)
		patterns = append(patterns, m+"/...")
	}
	if err := copyModule(dir, modulePath, filepath.Join(root, "runtime"), "runtime"); err != nil {
		t.Fatal(err)
	}
	if err := removeTests(filepath.Join(dir, filepath.FromSlash(modulePath))); err != nil {
		t.Fatal(err)
	}
	work += fmt.Sprintf("\nuse ./%s\n", modulePath)
	if err := os.WriteFile(filepath.Join(dir, "go.work"), []byte(work), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir, patterns
}

// dataModules returns the modules in the data: the folders at its top, and what
// stands for modules elsewhere, whose paths start with the name of a host.
func dataModules(src string) ([]string, error) {
	var modules []string
	err := fs.WalkDir(os.DirFS(src), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".go" {
			return err
		}
		elems := strings.Split(path.Dir(name), "/")
		n := 1
		if strings.Contains(elems[0], ".") {
			n = min(3, len(elems))
		}
		if m := path.Join(elems[:n]...); !slices.Contains(modules, m) {
			modules = append(modules, m)
		}
		return nil
	})
	return modules, err
}

// copyModule copies a folder to the folder below of a module in dir.
func copyModule(dir, module, from, below string) error {
	to := filepath.Join(dir, filepath.FromSlash(module))
	if err := os.CopyFS(filepath.Join(to, below), os.DirFS(from)); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "go.mod"), []byte("module "+module+"\n\ngo 1.26.0\n"), 0o666)
}

// removeTests removes the test files below dir: those of the library import
// other modules.
func removeTests(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, "_test.go") {
			err = os.Remove(name)
		}
		return err
	})
}
