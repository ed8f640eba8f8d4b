package unit

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// wantsTests reports whether a command line has the flag -tests set, of all
// analyzers or of one.
func wantsTests(args []string) bool {
	for name, value := range flagsOf(args) {
		on, err := strconv.ParseBool(value)
		if (name == "tests" || strings.HasSuffix(name, ".tests")) && (err != nil || on) {
			return true
		}
	}
	return false
}

// dropTests takes the test files out of a request and reports whether there
// were any. What a package is without them does not depend on them: only test
// files use what test files declare. The analyzers look at none of them, and
// often they are most of the code that a request brings.
func dropTests(cfg *unitchecker.Config) bool {
	files := slices.DeleteFunc(slices.Clone(cfg.GoFiles), isTest)
	if len(files) == len(cfg.GoFiles) {
		return false
	}
	cfg.GoFiles = files
	return true
}

func isTest(file string) bool { return strings.HasSuffix(file, "_test.go") }

// rewrite writes a changed request beside the answer that is to come, into a
// directory that the go command removes, and returns the name of the file.
func rewrite(cfg *unitchecker.Config) (string, error) {
	dir := filepath.Dir(cfg.VetxOutput)
	if len(cfg.GoFiles) == 0 {
		// A package has a file at least.
		empty := filepath.Join(dir, "chanlint.go")
		if err := os.WriteFile(empty, []byte("package p\n"), 0o666); err != nil {
			return "", err
		}
		cfg.GoFiles = []string{empty}
		cfg.PackageVetx = nil // it imports nothing
	}
	data, err := json.Marshal(cfg)
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "chanlint.cfg")
	return file, os.WriteFile(file, data, 0o666)
}
