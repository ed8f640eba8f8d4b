package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/gotooltest"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"chanlint": main})
}

func TestScript(t *testing.T) {
	command, err := exec.LookPath("chanlint")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	checkout, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	vars := map[string]string{
		"CHANLINT":  command,
		"CHECKOUT":  checkout,
		"CACHEPROG": filepath.Join(checkout, "cmd", "chanlint", "testdata", "cacheprog", "main.go"),
		"MODCACHE":  strings.TrimSpace(string(out)),
	}
	p := testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			for name, value := range vars {
				env.Setenv(name, value)
			}
			return nil
		},
		Condition: func(condition string) (bool, error) {
			if condition != "cgo" {
				return false, fmt.Errorf("unknown condition %s", condition)
			}
			out, err := exec.Command("go", "env", "CGO_ENABLED").Output()
			return strings.TrimSpace(string(out)) == "1", err
		},
	}
	if err := gotooltest.Setup(&p); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, p)
}
