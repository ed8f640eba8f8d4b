package cli

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"go/types"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/tools/go/packages"

	"github.com/chanlint/chanlint/internal/chart"
	"github.com/chanlint/chanlint/internal/conc"
)

// chart draws which goroutines of a package use which channels and locks.
func (c *command) chart(args []string) int {
	inv, format, err := parseMap(args)
	if err != nil {
		return c.fail(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the second interrupt ends the process
	pkg, err := load(ctx, inv)
	if ctx.Err() != nil {
		err = errInterrupted
	}
	if err != nil {
		return c.fail(err)
	}
	// What functions of other packages do is not part of the chart.
	none := func(*types.Func) bool { return false }
	reduced := conc.Build(pkg.Fset, pkg.Syntax, pkg.Types, pkg.TypesInfo, none)
	if _, err := io.WriteString(c.stdout, format.Write(chart.Build(pkg.PkgPath, reduced))); err != nil {
		return c.fail(err)
	}
	return exitClean
}

// parseMap takes the arguments of map apart.
func parseMap(args []string) (*invocation, chart.Format, error) {
	var names []string
	for _, f := range chart.Formats() {
		names = append(names, f.Name)
	}
	flags := flag.NewFlagSet("map", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	name := flags.String("f", names[0], "")
	inv, err := parseLine(flags, nil, args)
	if err != nil {
		return nil, chart.Format{}, err
	}
	i := slices.Index(names, *name)
	switch {
	case i < 0:
		return nil, chart.Format{}, fmt.Errorf("no format %s: map has %s", *name, strings.Join(names, ", "))
	case len(inv.own) > 0 || len(inv.outputs) > 0 || len(inv.packages) > 1:
		usage := fmt.Sprintf("usage: chanlint map [-f %s] [build flags] [package]", strings.Join(names, "|"))
		return nil, chart.Format{}, errors.New(usage)
	}
	return inv, chart.Formats()[i], nil
}

// load type-checks the one package that is asked for. What it imports comes
// from the build cache.
func load(ctx context.Context, inv *invocation) (*packages.Package, error) {
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
		packages.NeedTypes | packages.NeedTypesSizes | packages.NeedTypesInfo | packages.NeedSyntax
	all, err := packages.Load(&packages.Config{
		Context:    ctx,
		Mode:       mode,
		Dir:        inv.chdir,
		BuildFlags: inv.build,
	}, inv.packages[0])
	switch {
	case err != nil:
		return nil, errors.New(cmp.Or(refusal(ctx, inv), fmt.Sprintf("loading %s: %v", inv.packages[0], err)))
	case len(all) == 0:
		return nil, errors.New(cmp.Or(refusal(ctx, inv), inv.packages[0]+" matches no package"))
	case len(all) > 1:
		return nil, fmt.Errorf("%s matches %d packages; a map is of one", inv.packages[0], len(all))
	}
	if why := fault(all[0]); why != "" {
		return nil, errors.New(why)
	}
	return all[0], nil
}

// fault says what is wrong with a package, or else with what it imports, or
// returns "".
func fault(pkg *packages.Package) string {
	why := ""
	packages.Visit([]*packages.Package{pkg}, func(p *packages.Package) bool { return why == "" }, func(p *packages.Package) {
		for _, e := range p.Errors {
			switch {
			case why != "":
			case strings.HasPrefix(e.Msg, "# "): // what the compiler printed
				why = strings.Join(reasons(e.Msg), "; ")
			case e.Pos == "" || e.Pos == "-":
				why = fmt.Sprintf("cannot check %s: %s", p.PkgPath, strings.Join(reasons(e.Msg), "; "))
			default:
				why = fmt.Sprintf("cannot check %s: %s: %s", p.PkgPath, e.Pos, strings.Join(strings.Fields(e.Msg), " "))
			}
		}
	})
	if why == "" && pkg.IllTyped {
		return fmt.Sprintf("cannot check %s: it imports a package with errors", pkg.PkgPath)
	}
	return why
}

// refusal says why the go command does not list the package, in its words, or
// returns "".
func refusal(ctx context.Context, inv *invocation) string {
	args := slices.Concat(inv.verb("list"), inv.build, []string{"--"}, inv.packages)
	_, err := goCommand(ctx, args).Output()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return ""
	}
	return strings.Join(reasons(string(exit.Stderr)), "; ")
}
