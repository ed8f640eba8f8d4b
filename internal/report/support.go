package report

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Support are the files of pass that are there for tests, although they are not
// called so: they import package testing, or a library for tests. What is left
// behind or lost there ends with a test, or fails it.
func Support(pass *analysis.Pass) map[*token.File]bool {
	files := make(map[*token.File]bool)
	for _, f := range pass.Files {
		files[pass.Fset.File(f.FileStart)] = slices.ContainsFunc(f.Imports, func(spec *ast.ImportSpec) bool {
			path, err := strconv.Unquote(spec.Path.Value)
			return err == nil && forTests(path)
		})
	}
	return files
}

// forTests reports whether a package is there for tests only.
func forTests(importPath string) bool {
	return slices.ContainsFunc(testLibraries, func(lib string) bool {
		rest, ok := strings.CutPrefix(importPath, lib)
		return ok && (rest == "" || rest[0] == '/')
	})
}

var testLibraries = []string{
	"testing",
	"github.com/golang/mock",
	"github.com/onsi/ginkgo",
	"github.com/onsi/gomega",
	"github.com/stretchr/testify",
	"go.uber.org/mock",
	"gotest.tools",
}
