package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/chanlint/chanlint/internal/finding"
)

// grace is how long the go command may take to end after an interrupt.
const grace = 10 * time.Second

// errInterrupted is why an interrupted run could not do its work.
var errInterrupted = errors.New("interrupted")

// vet runs the go command's vet and returns what it found, identified and
// with addresses, and why there may be more. An error means that nothing is
// known.
func (c *command) vet(ctx context.Context, inv *invocation, sources *finding.Sources) (findings []finding.Finding, problems []string, err error) {
	tool, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	var out, errs bytes.Buffer
	var done counter
	cmd := goCommand(ctx, inv.goArgs(tool))
	cmd.Stdout = io.MultiWriter(&out, &done)
	cmd.Stderr = &errs

	finish := showProgress(c.stderr, &done)
	err = cmd.Run()
	finish()

	if ctx.Err() != nil {
		return nil, nil, errInterrupted
	}
	exit, isExit := errors.AsType[*exec.ExitError](err)
	if err != nil && !isExit {
		return nil, nil, fmt.Errorf("running the go command: %w", err)
	}
	findings, problems = finding.Decode(out.String())
	if !isExit || inv.talks() {
		c.stderr.Write(errs.Bytes())
	}
	if isExit {
		why := reasons(errs.String())
		if len(why) == 0 {
			why = []string{fmt.Sprintf("the go command failed without a reason: %v", exit)}
		}
		problems = append(problems, why...)
	}
	if len(findings) > 0 {
		dirs, err := inv.packageDirs(ctx)
		if err != nil {
			return nil, nil, err
		}
		findings = asked(findings, dirs)
		if trimsPaths(ctx, inv) {
			findings = finding.Move(findings, dirs)
		}
	}
	finding.Identify(findings, sources)
	c.address(findings)
	return findings, problems, nil
}

// goCommand returns a run of the go command, which ends when ctx does.
func goCommand(ctx context.Context, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Cancel = func() error { return interrupt(cmd.Process) }
	cmd.WaitDelay = grace
	return cmd
}

// goArgs returns the arguments of the go command.
func (inv *invocation) goArgs(tool string) []string {
	return slices.Concat(inv.verb("vet"), []string{"-vettool=" + tool, "-json", "-steps", "-asked=" + inv.elsewhere()}, inv.flags, []string{"--"}, inv.packages)
}

// elsewhere returns the packages that were asked for, if some may be of another
// module than the one at hand, or "". What the go command remembers of packages
// there that were only imported does not count for them then.
func (inv *invocation) elsewhere() string {
	for _, pkg := range inv.packages {
		local := pkg == "." || pkg == ".." || strings.HasPrefix(pkg, "./") || strings.HasPrefix(pkg, "../") || filepath.IsAbs(pkg) ||
			strings.HasSuffix(pkg, ".go")
		if !local {
			return strings.Join(inv.packages, ",")
		}
	}
	return ""
}

// asked leaves the findings of packages that were asked for. The tool also
// reports on others; see the flag -asked.
func asked(findings []finding.Finding, dirs map[string]string) []finding.Finding {
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		_, ok := dirs[f.Package]
		_, ofTests := dirs[strings.TrimSuffix(f.Package, "_test")]
		return !ok && !ofTests
	})
}

// verb returns the arguments that start a run of the go command where the
// packages are.
func (inv *invocation) verb(name string) []string {
	if inv.chdir != "" {
		return []string{name, "-C=" + inv.chdir}
	}
	return []string{name}
}

// talks reports whether the go command was asked to show what it does.
func (inv *invocation) talks() bool {
	return slices.ContainsFunc(inv.build, func(arg string) bool {
		name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		return strings.HasPrefix(arg, "-") && (name == "n" || name == "v" || name == "x")
	})
}

// packageList returns the import paths of the packages that were asked for.
func (inv *invocation) packageList(ctx context.Context) ([]string, error) {
	dirs, err := inv.packageDirs(ctx)
	return slices.Sorted(maps.Keys(dirs)), err
}

// packageDirs returns the folders of the packages that were asked for, by
// import path.
func (inv *invocation) packageDirs(ctx context.Context) (map[string]string, error) {
	args := slices.Concat(inv.verb("list"), []string{"-e", "-f={{.ImportPath}}\t{{.Dir}}"}, inv.build, []string{"--"}, inv.packages)
	out, err := goCommand(ctx, args).Output()
	if ctx.Err() != nil {
		return nil, errInterrupted
	}
	if err != nil {
		return nil, fmt.Errorf("listing the packages: %w", err)
	}
	dirs := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		path, dir, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		dirs[path] = dir
	}
	return dirs, nil
}

// trimsPaths reports whether the go command runs with -trimpath: then results
// do not depend on the folder, and may come from another one.
func trimsPaths(ctx context.Context, inv *invocation) bool {
	flags, _ := goCommand(ctx, append(inv.verb("env"), "GOFLAGS")).Output() // without them, those of the command line count
	on := false
	for _, arg := range append(strings.Fields(string(flags)), inv.build...) {
		name, value, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if name == "trimpath" && strings.HasPrefix(arg, "-") {
			on = !hasValue || value != "false"
		}
	}
	return on
}

// interrupt asks a process to end.
func interrupt(p *os.Process) error {
	if err := p.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return p.Kill() // there are no interrupts on Windows
	}
	return nil
}
