package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"
)

// grace is how long the go command may take to end after an interrupt.
const grace = 10 * time.Second

// run runs the go command's vet, shows what it says, and returns the exit
// code.
func run(ctx context.Context, inv *invocation, stdout, stderr io.Writer) int {
	tool, err := os.Executable()
	if err != nil {
		return fail(stderr, err)
	}
	var out, errs bytes.Buffer
	var done counter
	cmd := exec.CommandContext(ctx, "go", inv.goArgs(tool)...)
	cmd.Stdout = io.MultiWriter(&out, &done)
	cmd.Stderr = &errs
	cmd.Cancel = func() error { return interrupt(cmd.Process) }
	cmd.WaitDelay = grace

	finish := showProgress(stderr, &done)
	err = cmd.Run()
	finish()

	if ctx.Err() != nil {
		return fail(stderr, errors.New("interrupted"))
	}
	exit, isExit := errors.AsType[*exec.ExitError](err)
	if err != nil && !isExit {
		return fail(stderr, fmt.Errorf("running the go command: %w", err))
	}
	why := reasons(errs.String())
	// The go command also fails if -diff finds a difference.
	failed := isExit && !(inv.diff && exit.ExitCode() == 1 && len(why) == 0)
	if failed && len(why) == 0 {
		why = []string{fmt.Sprintf("the go command failed without a reason: %v", exit)}
	}

	code, problems := inv.show(out.String(), stdout)
	if !failed || inv.raw {
		stderr.Write(errs.Bytes())
	} else {
		problems = append(problems, why...)
	}
	for _, p := range problems {
		fmt.Fprintln(stderr, "chanlint:", p)
	}
	if failed || len(problems) > 0 {
		return exitFailed
	}
	return code
}

// goArgs returns the arguments of the go command.
func (inv *invocation) goArgs(tool string) []string {
	args := []string{"vet"}
	if inv.chdir != "" {
		args = append(args, "-C="+inv.chdir)
	}
	args = append(args, "-vettool="+tool)
	switch {
	case inv.diff:
		args = append(args, "-fix", "-diff")
	case inv.fix:
		args = append(args, "-fix")
	default:
		args = append(args, "-json")
	}
	return slices.Concat(args, inv.flags, []string{"--"}, inv.packages)
}

// show prints the output of the go command in the form that was asked for.
// It returns the exit code that the output calls for, and why it may be
// incomplete.
func (inv *invocation) show(out string, stdout io.Writer) (code int, problems []string) {
	if inv.fix || inv.diff {
		io.WriteString(stdout, out)
		if len(out) > 0 && inv.diff {
			return exitFindings, nil
		}
		return exitClean, nil
	}
	findings, problems := decode(out)
	if inv.json {
		io.WriteString(stdout, out)
	} else {
		dir, _ := os.Getwd() // without it, paths stay absolute
		for _, f := range findings {
			fmt.Fprintln(stdout, f.text(dir))
		}
	}
	if len(findings) > 0 {
		return exitFindings, problems
	}
	return exitClean, problems
}

// interrupt asks a process to end.
func interrupt(p *os.Process) error {
	if err := p.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return p.Kill() // there are no interrupts on Windows
	}
	return nil
}
