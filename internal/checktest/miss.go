package checktest

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
)

// A Miss is a place in the test data where a pass should report something
// and is known not to.
type Miss struct {
	Pass string // the first element of Path
	Path string // of the file, relative to testdata/src
	Line int
	Why  string
}

// Misses returns the known misses of all passes: the comments "// miss: WHY"
// in the test data, in the order of their paths.
func Misses(t testing.TB) []Miss {
	t.Helper()
	tr := &tree{root: moduleRoot(t)}
	misses, err := missesIn(os.DirFS(tr.src()))
	if err != nil {
		t.Fatal(err)
	}
	return misses
}

func missesIn(fsys fs.FS) ([]Miss, error) {
	var misses []Miss
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".go" {
			return err
		}
		source, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		misses = append(misses, missesOf(name, source)...)
		return nil
	})
	return misses, err
}

func missesOf(name string, source []byte) []Miss {
	pass, _, _ := strings.Cut(name, "/")
	var misses []Miss
	n := 0
	for line := range strings.Lines(string(source)) {
		n++
		if _, why, ok := strings.Cut(line, "// miss:"); ok {
			misses = append(misses, Miss{pass, name, n, strings.TrimSpace(why)})
		}
	}
	return misses
}
