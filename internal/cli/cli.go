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

	"github.com/chanlint/chanlint/internal/unit"
)

// Exit codes of the command.
const (
	exitClean    = 0 // nothing found
	exitFindings = 1
	exitFailed   = 2 // something could not be checked, whatever else was found
)

// A command is one run of the command.
type command struct {
	suite          unit.Suite
	stdout, stderr io.Writer
}

// subcommands are what the first argument may be instead of a flag or a
// package. A package of such a name is ./NAME.
var subcommands = map[string]func(c *command, args []string) int{
	"help":     (*command).help,
	"explain":  (*command).explain,
	"list":     (*command).list,
	"init":     (*command).initialize,
	"map":      (*command).chart,
	"capacity": (*command).capacity,
}

// Main runs the command with the given arguments, without the command's name,
// and returns its exit code. The running binary must answer the requests of
// go vet with the same suite.
func Main(suite unit.Suite, args []string, stdout, stderr io.Writer) int {
	c := &command{suite, stdout, stderr}
	if len(args) > 0 {
		if sub, ok := subcommands[args[0]]; ok {
			return sub(c, args[1:])
		}
	}
	inv, err := c.parse(args)
	if err != nil {
		return c.fail(err)
	}
	switch {
	case inv.on("help"):
		return c.help(nil)
	case inv.on("version"):
		fmt.Fprintln(stdout, "chanlint", version())
		return exitClean
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the second interrupt ends the process
	return c.run(ctx, inv)
}

// say prints something that is no result.
func (c *command) say(format string, args ...any) {
	fmt.Fprintf(c.stderr, "chanlint: "+format+"\n", args...)
}

// fail prints why the command could not run.
func (c *command) fail(err error) int {
	c.say("%v", err)
	return exitFailed
}
