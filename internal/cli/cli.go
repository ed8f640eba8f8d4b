// Package cli is the chanlint command: it runs the go command's vet on
// packages with this binary as the vet tool, and shows what was found.
//
// The go command loads, compiles and caches, and so every build flag and
// environment variable means here what it means there.
package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/tools/go/analysis"
)

// Exit codes of the command.
const (
	exitClean    = 0 // nothing found
	exitFindings = 1
	exitFailed   = 2 // something could not be checked, whatever else was found
)

// Main runs the command with the given arguments, without the command's name,
// and returns its exit code. The running binary must answer the requests of
// go vet with the same analyzers.
func Main(analyzers []*analysis.Analyzer, args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 && args[0] == "help" {
		return help(analyzers, args[1:], stdout, stderr)
	}
	inv, err := parse(newFlags(analyzers), args)
	if err != nil {
		return fail(stderr, err)
	}
	switch {
	case inv.help:
		return help(analyzers, nil, stdout, stderr)
	case inv.version:
		fmt.Fprintln(stdout, version())
		return exitClean
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, inv, stdout, stderr)
}

// fail prints why the command could not run.
func fail(stderr io.Writer, err error) int {
	fmt.Fprintln(stderr, "chanlint:", err)
	return exitFailed
}
