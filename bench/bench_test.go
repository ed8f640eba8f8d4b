//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestSameTools checks that the floor is built with the driver of chanlint.
func TestSameTools(t *testing.T) {
	version := func(file string) string {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := regexp.MustCompile(`golang\.org/x/tools (v\S+)`).FindSubmatch(data)
		if m == nil {
			t.Fatalf("%s does not mention golang.org/x/tools", file)
		}
		return string(m[1])
	}
	if got, want := version("go.mod"), version("../go.mod"); got != want {
		t.Errorf("x/tools %s here, %s in the module", got, want)
	}
}

func TestTable(t *testing.T) {
	s := func(cold, warm int, mib int64) sample {
		return sample{
			cold: cost{time.Duration(cold) * time.Second, time.Duration(2*cold) * time.Second, mib << 20},
			warm: cost{cpu: time.Duration(warm) * time.Second},
		}
	}
	got := table([]tool{{name: "go vet"}, {name: "x"}}, [][]sample{
		{s(10, 1, 100), s(5, 1, 50)},
		{s(20, 2, 100), s(5, 3, 70)},
		{s(10, 1, 100), s(9, 1, 150)},
	})
	want := `| tool | CPU, cold | CPU s | wall s | warm CPU s | peak MiB | peak |
|---|--:|--:|--:|--:|--:|--:|
| go vet | 1.00 | 10.0 | 20.0 | 1.00 | 100 | 1.00 |
| x | 0.50 | 5.0 | 10.0 | 1.00 | 70 | 0.70 |
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := median([]float64{4, 1, 2, 3}), 2.5; got != want {
		t.Errorf("median of an even number: %v, want %v", got, want)
	}
}

// TestCold checks the trick of the tag: a new one repeats the request of the
// vet tool and compiles nothing, an old one does neither.
func TestCold(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{
		"go.mod":     "module example.com/m\n\ngo 1.26.0\n",
		"m.go":       "package m\n\nimport _ \"example.com/m/dep\"\n",
		"dep/dep.go": "package dep\n\nimport _ \"errors\"\n",
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	floor, err := build("floor", ".", "./floor", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := floor.check(); err != nil {
		t.Error(err)
	}
	if err := (tool{"m", filepath.Join(dir, "m.go")}).check(); err == nil {
		t.Error("no error for a tool that cannot be run")
	}
	tree := tree{dir: dir, packages: "./..."}
	if err := tree.prime(floor); err != nil {
		t.Fatal(err)
	}
	tag := newTag()
	for i, want := range []bool{true, false} {
		cmd := exec.Command("go", "vet", "-x", "-tags="+tag, "-vettool="+floor.path, "./...")
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if got := strings.Contains(string(out), "/vet.cfg"); got != want {
			t.Errorf("run %d: vet requests %t, want %t\n%s", i, got, want, out)
		}
		if strings.Contains(string(out), "/compile ") {
			t.Errorf("run %d compiles\n%s", i, out)
		}
	}
	cost, _, err := tree.vet(floor, newTag())
	if err != nil || cost.cpu <= 0 || cost.wall <= 0 || cost.peak < 1<<20 {
		t.Errorf("cost %+v, error %v", cost, err)
	}
}

func TestParseTool(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := parseTool("a=" + exe); err != nil || got != (tool{"a", exe}) {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := parseTool(exe); err != nil || got != (tool{filepath.Base(exe), exe}) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := parseTool("a=/no/such/tool"); err == nil {
		t.Error("no error for a tool that does not exist")
	}
}
