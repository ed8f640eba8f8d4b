package report_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chanlint/chanlint/internal/report"
)

// TestDoc checks that Doc finds what the parser finds, in the source of every
// pass.
func TestDoc(t *testing.T) {
	files, err := filepath.Glob("../../passes/*/doc.go")
	if err != nil || len(files) < 7 {
		t.Fatalf("found %d files, error %v", len(files), err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, source, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		_, want, _ := strings.Cut(f.Doc.Text(), "# Analyzer ")
		_, want, _ = strings.Cut(want, "\n")
		if got := report.Doc(string(source)); got != strings.TrimSpace(want) {
			t.Errorf("%s:\ngot %q\nwant %q", file, got, want)
		}
	}
}

func TestDocWithoutHeading(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	report.Doc("// Package p is without.\npackage p\n")
}
