package unit

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/unitchecker"
	"golang.org/x/tools/txtar"
)

// module has a package of each kind: facts says something, boring does not,
// and through passes on a fact that it took from an import.
const module = `
-- go.mod --
module example.com/m

go 1.26.0
-- main.go --
package main

import (
	"fmt"
	"net/http"

	"example.com/m/boring"
	"example.com/m/directive"
	"example.com/m/facts"
	"example.com/m/through"
)

func main() {
	var list boring.List[string]
	list.Push("a")
	list.All(func(s string) { fmt.Println(len(s)) })
	var h http.Handler = http.HandlerFunc(boring.Handler)
	fmt.Println(h, boring.Size, boring.Default.Name, directive.F)
	facts.Send()
	var x through.X
	x.Send()
}
-- boring/boring.go --
// Package boring has types that are only known after inference.
package boring

import (
	"fmt"
	h "net/url"
)

const Size = len(names)

var names = [...]string{"{", "}", "'"}

var Default = func() struct{ Name string } { return struct{ Name string }{"}"} }()

type List[T any] struct{ items []T }

func (l *List[T]) Push(item T) { l.items = append(l.items, item) }

func (l *List[T]) All(f func(T)) {
	for _, item := range l.items {
		f(item)
	}
}

func Handler(w Writer, r *Request) { fmt.Fprintln(w, h.QueryEscape("x")) }
-- boring/http.go --
package boring

import "example.com/m/alias"

type (
	Writer  = alias.Writer
	Request = alias.Request
)
-- alias/alias.go --
package alias

import "net/http"

type (
	Writer  = http.ResponseWriter
	Request = http.Request
)
-- directive/directive.go --
package directive

//chanlint:blocks
func F() {}
-- facts/facts.go --
package facts

type T struct{ c chan int }

func (t *T) Send() { t.c <- 1 }

func Send() { new(T).Send() }

func init() { c := make(chan int); c <- 1 }
-- through/through.go --
package through

import "example.com/m/facts"

type X struct{ facts.T }
`

func writeModule(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestFormat checks that the short way writes, byte for byte, what unitchecker
// writes. If it fails after an update of x/tools, compare vetx.go with the
// end of unitchecker.go.
func TestFormat(t *testing.T) {
	if testing.Short() {
		t.Skip("asks twice for each package that net/http needs")
	}
	output, how := vet(t, writeModule(t, module), "-compare")
	if got, want := strings.Count(output, "sends"), 1; got != want {
		t.Errorf("%d findings, want %d:\n%s", got, want, output)
	}
	want := map[string]string{
		"example.com/m/boring":    "fast, same",
		"example.com/m/directive": "slow",
		"example.com/m/facts":     "slow",
		"example.com/m/through":   "slow",
		"example.com/m/alias":     "slow", // net/http concerns us
	}
	for path, got := range how {
		want, ok := want[path]
		if !ok {
			want = "fast, same" // the standard library
		}
		if got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	for _, path := range []string{"fmt", "net", "net/http", "runtime/cgo", "vendor/golang.org/x/net/http/httpguts"} {
		if how[path] == "" {
			t.Errorf("%s: not asked for", path)
		}
	}
}

func parse(t *testing.T, src []byte, mode parser.Mode) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "p.go", src, mode)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestIsStd(t *testing.T) {
	const goroot = "/go"
	tests := []struct {
		path, dir, goroot string
		want              bool
	}{
		{"net/http", "/go/src/net/http", goroot, true},
		{"net/http [net/http.test]", "/go/src/net/http", goroot, true},
		{"vendor/golang.org/x/net/idna", "/go/src/vendor/golang.org/x/net/idna", goroot, true},
		{"net/http", "/go/src/net/http", "", false},
		{"cmd/go/internal/work", "/go/src/cmd/go/internal/work", goroot, false},
		{"example.com/m", "/home/m", goroot, false},
		{"example.com/m", "/go/srcs/m", goroot, false},
		{"example.com/m", "/go/test", goroot, false},
		{"example.com/m", "", goroot, false},
	}
	for _, test := range tests {
		cfg := &unitchecker.Config{ImportPath: test.path, Dir: test.dir}
		if got := isStd(cfg, test.goroot); got != test.want {
			t.Errorf("isStd(%s in %s, %q) = %t, want %t", test.path, test.dir, test.goroot, got, test.want)
		}
	}
}

// TestFastDeclines checks that what is not answered leaves no file behind.
func TestFastDeclines(t *testing.T) {
	always := func([]*ast.File) bool { return true }
	never := func([]*ast.File) bool { return false }
	noFacts := append([]byte(vetxMagic), make([]byte, 8)...)
	oneFact := append(slices.Clone(noFacts), 'f')
	oneFact[8] = 1
	tests := []struct {
		name   string
		src    string
		vetx   []byte // of fmt
		all    bool   // not for facts only
		boring func([]*ast.File) bool
		err    string // part of the error, "" if none
	}{
		{name: "root", src: "package p", all: true, boring: always},
		{name: "interesting", src: "package p", boring: never},
		{name: "interesting body", src: "package p; func f() { go f() }", boring: Boring},
		{name: "directive", src: "package p\n\n//chanlint:blocks\nfunc f()", boring: always},
		{name: "fact", src: `package p; import "fmt"`, vetx: oneFact, boring: always},
		{name: "no types", src: `package p; import "fmt"; var x = fmt.X`, vetx: noFacts, boring: always, err: "fmt"},
		{name: "short vetx", src: `package p; import "fmt"`, vetx: noFacts[:11], boring: always, err: "EOF"},
		{name: "bad vetx", src: `package p; import "fmt"`, vetx: make([]byte, 99), boring: always, err: "bad header"},
		{name: "truncated vetx", src: `package p; import "fmt"`, vetx: []byte("vetx\x09\x00\x00\x00\x00\x00\x00\x00i"), boring: always, err: "want 9"},
		{name: "no vetx", src: `package p; import "fmt"`, boring: always, err: "no vetx file for fmt"},
		{name: "unknown import", src: `package p; import "os"`, boring: always, err: `import "os"`},
		{name: "syntax", src: "package p; func {", boring: always, err: "p.go:1:17"},
		{name: "types", src: "package p; var x int = true", boring: always, err: "cannot use true"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write := func(name string, data []byte) string {
				name = filepath.Join(dir, name)
				if err := os.WriteFile(name, data, 0o666); err != nil {
					t.Fatal(err)
				}
				return name
			}
			cfg := unitchecker.Config{
				ImportPath: "example.com/p",
				Dir:        dir,
				GoFiles:    []string{write("p.go", []byte(test.src))},
				ImportMap:  map[string]string{"fmt": "fmt"},
				VetxOnly:   !test.all,
				VetxOutput: filepath.Join(dir, "out"),
			}
			if test.vetx != nil {
				cfg.PackageVetx = map[string]string{"fmt": write("vetx", test.vetx)}
			}
			done, err := Fast(&cfg, test.boring)
			if done {
				t.Error("answered")
			}
			if (err != nil) != (test.err != "") || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("error %v, want %q", err, test.err)
			}
			if _, err := os.Stat(cfg.VetxOutput); err == nil {
				t.Error("an answer was written")
			}
		})
	}
}

func TestReadConfig(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vet.cfg")
	if _, err := readConfig(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no configuration file: error %v", err)
	}
	if err := os.WriteFile(file, []byte(`{"ImportPath": "p", "VetxOnly": true`), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := readConfig(file); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("half a configuration file: error %v, want one that names %s", err, file)
	}
}
