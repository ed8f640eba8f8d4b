package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"github.com/chanlint/chanlint/internal/finding"
	"github.com/chanlint/chanlint/internal/fix"
	"github.com/chanlint/chanlint/internal/output"
	"github.com/chanlint/chanlint/internal/render"
)

// run checks packages, shows what is found, and returns the exit code.
func (c *command) run(ctx context.Context, inv *invocation) int {
	filters, err := newFilters(ctx, inv)
	if err != nil {
		return c.fail(err)
	}
	res, err := c.check(ctx, inv, filters)
	if err == nil && inv.on("fix") && !inv.on("diff") {
		res, err = c.fix(ctx, inv, filters, res)
	}
	if ctx.Err() != nil {
		err = errInterrupted
	}
	if err != nil {
		return c.fail(err)
	}
	switch {
	case inv.on("write-baseline"):
		return c.writeBaseline(ctx, inv, filters, res)
	case inv.on("diff"):
		return c.diff(res)
	}
	c.reportStale(ctx, inv, res)
	if err := c.write(inv, res); err != nil {
		return c.fail(err)
	}
	return c.end(res, len(res.shown) > 0)
}

// A result is what one run of the go command found.
type result struct {
	sources  *finding.Sources
	findings []finding.Finding // all
	problems []string          // why there may be more
	filtered
}

// check runs the go command once, and filters what it says.
func (c *command) check(ctx context.Context, inv *invocation, filters *filters) (*result, error) {
	res := &result{sources: finding.NewSources()}
	var err error
	if res.findings, res.problems, err = c.vet(ctx, inv, res.sources); err != nil {
		return nil, err
	}
	res.filtered = filters.apply(res.findings)
	return res, nil
}

// end prints why there may be more findings, and returns the exit code.
func (c *command) end(res *result, found bool) int {
	for _, p := range res.problems {
		c.say("%s", p)
	}
	switch {
	case len(res.problems) > 0:
		return exitFailed
	case found:
		return exitFindings
	}
	return exitClean
}

// diff shows what -fix would change.
func (c *command) diff(res *result) int {
	dir, _ := os.Getwd() // without it, paths stay absolute
	changes, _ := fix.Plan(res.shown, res.sources)
	text := fix.Diff(changes, dir)
	io.WriteString(c.stdout, text)
	return c.end(res, text != "")
}

// fix applies fixes and checks again, until none is left that can be applied:
// of two that touch the same code the second has to wait for the first. It
// returns the last result.
func (c *command) fix(ctx context.Context, inv *invocation, filters *filters, res *result) (*result, error) {
	total := 0
	files := make(map[string]bool)
	left := -1
	for len(res.problems) == 0 {
		changes, applied := fix.Plan(res.shown, res.sources)
		// A fix that does not remove its finding must not be made for ever.
		if applied == 0 || left >= 0 && applied >= left {
			break
		}
		left = applied
		if err := fix.Write(changes); err != nil {
			return nil, err
		}
		for _, change := range changes {
			files[change.File] = true
		}
		total += applied
		var err error
		if res, err = c.check(ctx, inv, filters); err != nil {
			return nil, err
		}
	}
	if total > 0 {
		c.say("%s applied in %s", plural(total, "fix", "fixes"), plural(len(files), "file", "files"))
	}
	return res, nil
}

// write writes the findings in all formats that were asked for.
func (c *command) write(inv *invocation, res *result) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	report := &render.Report{
		Findings:  res.shown,
		Rules:     c.rules(res.shown),
		Problems:  res.problems,
		Baselined: res.baselined,
		Unchanged: res.unchanged,
		Sources:   res.sources,
		Dir:       dir,
		Root:      root(filepath.Join(dir, inv.chdir), inv.chdir),
		Version:   version(),
	}
	for _, out := range inv.outputs {
		format, file, _ := strings.Cut(out, "=")
		report.Color = file == "" && c.colors(inv)
		var data bytes.Buffer
		if err := render.Write(&data, format, report); err != nil {
			return fmt.Errorf("writing %s: %w", format, err)
		}
		if file == "" {
			_, err = c.stdout.Write(data.Bytes())
		} else {
			err = output.WriteFile(file, data.Bytes())
		}
		if err != nil {
			return fmt.Errorf("writing %s: %w", format, err)
		}
	}
	return nil
}

// root returns the folder that holds the repository around dir, or dir.
func root(dir, chdir string) string {
	if filepath.IsAbs(chdir) {
		dir = chdir
	}
	for at := dir; ; {
		if _, err := os.Stat(filepath.Join(at, ".git")); err == nil {
			return at
		}
		parent := filepath.Dir(at)
		if parent == at {
			return dir
		}
		at = parent
	}
}

// colors reports whether text may have colors: if asked for, or else if
// standard output is a terminal and nobody objects (see no-color.org).
func (c *command) colors(inv *invocation) bool {
	switch cmp.Or(inv.own["color"], "auto") {
	case "always":
		return true
	case "never":
		return false
	}
	f, ok := c.stdout.(*os.File)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
