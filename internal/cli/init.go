package cli

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chanlint/chanlint/internal/output"
	"github.com/chanlint/chanlint/internal/scaffold"
)

// initialize writes a configuration and a file for CI, where there are none.
func (c *command) initialize(args []string) int {
	kinds := scaffold.Kinds()
	usage := fmt.Errorf("usage: chanlint init [-ci %s]", strings.Join(kinds, "|"))
	flags := flag.NewFlagSet("init", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	kind := flags.String("ci", "", "")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		return c.fail(usage)
	}
	if *kind != "" && !slices.Contains(kinds, *kind) {
		return c.fail(usage)
	}
	plan, err := scaffold.Make(".", *kind, c.configPasses())
	if err != nil {
		return c.fail(err)
	}
	for _, f := range plan.Files {
		name := filepath.Join(plan.Root, filepath.FromSlash(f.Path))
		if _, err := os.Lstat(name); err == nil {
			fmt.Fprintf(c.stdout, "%s is there already\n", f.Path)
			continue
		}
		err := os.MkdirAll(filepath.Dir(name), 0o777)
		if err == nil {
			err = output.WriteFile(name, []byte(f.Text))
		}
		if err != nil {
			return c.fail(err)
		}
		fmt.Fprintf(c.stdout, "wrote %s\n", f.Path)
	}
	for _, note := range plan.Notes {
		fmt.Fprintln(c.stdout, note)
	}
	return exitClean
}
