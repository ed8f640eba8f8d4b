package chanleak_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestLeaks runs programs that leave goroutines behind, applies the suggested
// fixes, and runs them again: nothing may be left.
func TestLeaks(t *testing.T) {
	tool := filepath.Join(t.TempDir(), "chanlint")
	command(t, "", "go", "build", "-o", tool, "github.com/chanlint/chanlint/cmd/chanlint")
	programs, err := filepath.Glob("testdata/*/main.go")
	if err != nil || len(programs) < 2 {
		t.Fatalf("programs %v, error %v", programs, err)
	}
	for _, file := range programs {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			dir := t.TempDir()
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "main.go"), src)
			write(t, filepath.Join(dir, "go.mod"), []byte("module leaks\n\ngo 1.26\n"))
			if out, err := run(dir, "go", "run", "."); err == nil {
				t.Fatalf("nothing is left before the fix: %s", out)
			}
			run(dir, "go", "vet", "-vettool="+tool, "-chanleak", "-chanleak.strict", "-fix", ".")
			fixed, err := os.ReadFile(filepath.Join(dir, "main.go"))
			if err != nil {
				t.Fatal(err)
			}
			if out, err := run(dir, "go", "run", "."); err != nil {
				t.Errorf("after the fix: %v: %s\n%s", err, out, fixed)
			}
		})
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

func run(dir, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	return cmd.CombinedOutput()
}

func command(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	if out, err := run(dir, name, args...); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}
