package cli

import (
	"flag"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"text/tabwriter"

	"golang.org/x/tools/go/analysis"
)

const usage = `chanlint finds misuse of channels, locks and goroutines in Go packages.

Usage:

	chanlint [flags] [packages]
	chanlint help [pass]

Without packages it checks the one in the current directory. It can also
serve the go command: go vet -vettool=$(which chanlint) [flags] [packages].
`

const usageEnd = `
Flags of the go command that choose and build packages (-C, -mod, -race,
-tags and the others of "go help build") mean what they mean there.

The exit code is 0 if nothing was found, 1 if something was found (with
-diff: if there is a difference), 2 if a package could not be checked.
`

// help prints the manual, or that of a pass.
func help(analyzers []*analysis.Analyzer, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		overview(analyzers, stdout)
		return exitClean
	}
	var names []string
	for _, a := range passes(analyzers) {
		if a.Name == args[0] {
			manual(a, stdout)
			return exitClean
		}
		names = append(names, a.Name)
	}
	return fail(stderr, fmt.Errorf("no pass %s%s", args[0], suggest(args[0], names)))
}

func overview(analyzers []*analysis.Analyzer, w io.Writer) {
	fmt.Fprint(w, usage, "\nPasses (see \"chanlint help PASS\"):\n\n")
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	for _, a := range passes(analyzers) {
		summary, _, _ := strings.Cut(a.Doc, "\n")
		fmt.Fprintf(table, "\t%s\t%s\n", a.Name, strings.TrimPrefix(summary, a.Name+": "))
	}
	table.Flush()

	fmt.Fprint(w, "\nFlags:\n\n")
	for _, f := range [][2]string{
		{"-strict", "report what needs a closer look, too, in all passes"},
		{"-tests", "report on test files, too, in all passes"},
		{"-PASS", "run only this pass; -PASS=false: all but this"},
		{"-PASS.strict", "as -strict, for one pass; -PASS.tests likewise"},
		{"-fix", "apply the first suggested fix of each finding"},
		{"-diff", "show what -fix would change"},
		{"-json", "print findings as go vet -json does"},
		{"-version", "print the version of chanlint and of Go"},
	} {
		fmt.Fprintf(table, "\t%s\t%s\n", f[0], f[1])
	}
	table.Flush()
	fmt.Fprint(w, usageEnd)
}

// manual prints the documentation and the flags of a pass.
func manual(a *analysis.Analyzer, w io.Writer) {
	fmt.Fprintln(w, strings.TrimSpace(a.Doc))
	heading := "\nFlags:\n\n"
	a.Flags.VisitAll(func(f *flag.Flag) {
		fmt.Fprintf(w, "%s\t-%s.%s\n\t\t%s\n", heading, a.Name, f.Name, f.Usage)
		heading = ""
	})
	if a.URL != "" {
		fmt.Fprintf(w, "\nSee %s\n", a.URL)
	}
}

// passes returns the analyzers that report. The others work for these, and
// own the facts.
func passes(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	var all []*analysis.Analyzer
	for _, a := range analyzers {
		if len(a.FactTypes) == 0 {
			all = append(all, a)
		}
	}
	return all
}

// version returns the versions of chanlint and of the Go it was built with.
func version() string {
	v := "(unknown version)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		v = info.Main.Version
	}
	return fmt.Sprintf("chanlint %s %s %s/%s", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
