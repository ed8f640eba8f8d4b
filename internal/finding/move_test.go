package finding

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMove(t *testing.T) {
	here, there := t.TempDir(), t.TempDir()
	for _, name := range []string{"a.go", "b.go"} {
		if err := os.WriteFile(filepath.Join(here, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	find := func(pkg, dir string) Finding {
		at := func(name string) Place { return Place{File: filepath.Join(dir, name)} }
		return Finding{
			Package: pkg,
			Place:   at("a.go"),
			Related: []Related{{Place: at("b.go")}, {Place: at("lines.y")}},
			Steps:   []Step{{Place: at("b.go")}, {Place: at("a.go"), PeerPlace: at("b.go")}},
			Fixes:   []Fix{{Edits: []Edit{{File: filepath.Join(dir, "b.go")}}}},
		}
	}
	// The name of a file that is not here stays.
	moved := func(pkg string) Finding {
		f := find(pkg, here)
		f.Related[1].File = filepath.Join(there, "lines.y")
		return f
	}
	dirs := map[string]string{"p": here, "q": here}
	for _, test := range []struct {
		name      string
		got, want Finding
	}{
		{"another checkout", find("p", there), moved("p")},
		{"tests of it", find("q_test", there), moved("q_test")},
		{"this checkout", find("p", here), find("p", here)},
		{"a package that is not known", find("x", there), find("x", there)},
	} {
		got := Move([]Finding{test.got}, dirs)
		if diff := cmp.Diff([]Finding{test.want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
