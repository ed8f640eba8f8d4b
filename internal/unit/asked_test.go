package unit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/unitchecker"
)

func TestWiden(t *testing.T) {
	const asked = "-json -asked= vet.cfg"
	tests := []struct {
		name, args      string
		module, version string
		test            string // a test file, "" if there is none
		want            bool
	}{
		{"asked", asked, "m", "", "", true},
		{"for others", "-json -asked=other vet.cfg", "m", "", "", true},
		{"for a package called false", "-json -asked=false vet.cfg", "m", "", "", true},
		{"by go vet", "-json vet.cfg", "m", "", "", false},
		{"as text", "-asked= vet.cfg", "m", "", "", false},
		{"as text, in so many words", "-json=false -asked= vet.cfg", "m", "", "", false},
		{"another module", asked, "m", "v1.0.0", "", false},
		{"no module", asked, "", "", "", false},
		{"tests inside", asked, "m", "", "package p", false},
		{"tests outside", asked, "m", "", "package p_test", true},
		{"tests for another system", asked, "m", "", "//go:build never\n\npackage p", true},
		{"tests that cannot be read", asked, "m", "", "?", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write := func(name, text string) string {
				file := filepath.Join(dir, name)
				if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
				return file
			}
			cfg := &unitchecker.Config{
				Dir: dir, ModulePath: test.module, ModuleVersion: test.version, VetxOnly: true,
				GoFiles: []string{write("p.go", "package p\n")},
			}
			if test.test != "" {
				write("p_test.go", test.test)
			}
			if got := widen(cfg, strings.Fields(test.args)); got != test.want || cfg.VetxOnly == test.want {
				t.Errorf("widened: %t, facts only: %t, want %t", got, cfg.VetxOnly, test.want)
			}
		})
	}
	cfg := new(unitchecker.Config)
	if widen(cfg, strings.Fields(asked)) {
		t.Error("a request for all was widened")
	}
}
