package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"text/tabwriter"

	"github.com/chanlint/chanlint/internal/manual"
	"github.com/chanlint/chanlint/internal/render"
)

const usage = `chanlint finds misuse of channels, locks and goroutines in Go packages.

Usage:

	chanlint [flags] [packages]
	chanlint explain PASS[/CATEGORY]
	chanlint list [-json] [-vet]
	chanlint init [-ci github|gitlab|pre-commit|none]
	chanlint map [-f text|mermaid|dot|svg] [build flags] [package]
	chanlint capacity -produce RATE -consume RATE -burst DURATION [-base RATE] [-p99wait DURATION] [-f FORMAT]
	chanlint help [pass]

Without packages it checks the one in the current directory. It can also
serve the go command: go vet -vettool=$(which chanlint) [flags] [packages].
`

const usageEnd = `
Flags of the go command that choose and build packages (-C, -mod, -race,
-tags and the others of "go help build") mean what they mean there. Flags win
over what the file .chanlint.yml says, in this folder or one around it.

The exit code is 0 if nothing was found, 1 if something was found (with
-diff: if there is a difference), 2 if a package could not be checked.
`

// help prints the manual, or that of a pass.
func (c *command) help(args []string) int {
	if len(args) > 0 {
		return c.explain(args)
	}
	fmt.Fprint(c.stdout, usage, "\nPasses (see \"chanlint explain PASS\"):\n\n")
	table := tabwriter.NewWriter(c.stdout, 0, 0, 3, ' ', 0)
	for _, a := range reporting(c.suite.Own) {
		m := manual.Of(a)
		fmt.Fprintf(table, "\t%s\t%s\n", m.Name, m.Summary)
	}
	table.Flush()

	fmt.Fprint(c.stdout, "\nFlags:\n\n")
	for _, f := range [][2]string{
		{"-strict", "report what needs a closer look, too, in all passes"},
		{"-tests", "report on test files, too, in all passes"},
		{"-vet", "run the standard checks of go vet as well"},
		{"-PASS", "run only this pass; -PASS=false: all but this"},
		{"-PASS.strict", "as -strict, for one pass; -PASS.tests likewise"},
	} {
		fmt.Fprintf(table, "\t%s\t%s\n", f[0], f[1])
	}
	for _, f := range ownFlags {
		if len(f.name) > 1 || f.value != "" {
			fmt.Fprintf(table, "\t-%s\t%s\n", strings.TrimSpace(f.name+" "+f.value), f.about)
		}
	}
	table.Flush()

	fmt.Fprint(c.stdout, "\nFormats:\n\n")
	for _, f := range render.Formats() {
		fmt.Fprintf(table, "\t%s\t%s\n", f[0], f[1])
	}
	table.Flush()
	fmt.Fprint(c.stdout, usageEnd)
	return exitClean
}

// version returns the versions of chanlint and of the Go it was built with.
func version() string {
	v := "(unknown version)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		v = info.Main.Version
	}
	return fmt.Sprintf("%s %s %s/%s", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
