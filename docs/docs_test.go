// Package docs_test keeps the documentation true: the page of the passes is
// made from their manuals, the examples in them say what the command says, and
// what the other pages list is what there is.
package docs_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chanlint/chanlint"
	"github.com/chanlint/chanlint/internal/cli"
	"github.com/chanlint/chanlint/internal/unit"
)

// root is the folder of the module.
const root = ".."

var update = flag.Bool("update", false, "write the pages that are made")

// suite is what the command runs.
var suite = unit.Suite{Own: chanlint.Analyzers(), Standard: chanlint.Standard()}

// TestMain lets this binary be the vet tool that [cli.Main] runs.
func TestMain(m *testing.M) {
	if unit.Serves(os.Args[1:]) {
		unit.Main(suite)
	}
	os.Exit(m.Run())
}

// run runs the command in a folder and returns what it prints. The command
// must find something.
func run(t *testing.T, dir string, args ...string) string {
	t.Helper()
	t.Chdir(dir)
	var stdout, stderr bytes.Buffer
	if code := cli.Main(suite, args, &stdout, &stderr); code != 1 {
		t.Fatalf("chanlint %q: exit code %d, want 1\n%s", args, code, &stderr)
	}
	return stdout.String()
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// checkList compares what a page lists with what there is. Both are sorted.
func checkList(t *testing.T, page string, got, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s is out of date (-what there is +what it lists):\n%s", page, diff)
	}
}
