package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/chanlint/chanlint/internal/baseline"
	"github.com/chanlint/chanlint/internal/finding"
	"github.com/chanlint/chanlint/internal/gitdiff"
)

// Filters leave out findings that are known or old.
type filters struct {
	known   *baseline.Baseline // nil if none is used
	changed *gitdiff.Lines     // nil if all lines count
}

// filtered is what filters leave.
type filtered struct {
	shown                []finding.Finding
	baselined, unchanged int
	missing              []baseline.Entry // known findings that were not found
}

// newFilters reads what the filters need, before anything else is done. A
// baseline that is about to be written need not exist.
func newFilters(ctx context.Context, inv *invocation) (*filters, error) {
	f := new(filters)
	var err error
	if file := inv.own["baseline"]; file != "" {
		f.known, err = baseline.Read(file)
		switch {
		case errors.Is(err, fs.ErrNotExist) && inv.on("write-baseline"):
			f.known = baseline.Of(nil)
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("there is no baseline %s; -write-baseline makes it", file)
		case err != nil:
			return nil, err
		}
	}
	if rev := inv.own["new-from-rev"]; rev != "" {
		if f.changed, err = gitdiff.Since(ctx, cmp.Or(inv.chdir, "."), rev); err != nil {
			return nil, fmt.Errorf("-new-from-rev: %w", err)
		}
	}
	return f, nil
}

func (f *filters) apply(findings []finding.Finding) filtered {
	out := filtered{shown: findings}
	if f.known != nil {
		out.shown, out.missing = f.known.Filter(findings)
		out.baselined = len(findings) - len(out.shown)
	}
	if f.changed != nil {
		before := len(out.shown)
		out.shown = slices.Clone(out.shown)
		out.shown = slices.DeleteFunc(out.shown, func(found finding.Finding) bool { return !f.changed.Touch(&found) })
		out.unchanged = before - len(out.shown)
	}
	return out
}

// writeBaseline writes what was found to the baseline. What this run could
// not find, because it left out a package or a pass, stays in it.
func (c *command) writeBaseline(ctx context.Context, inv *invocation, filters *filters, res *result) int {
	if len(res.problems) > 0 {
		c.say("the baseline is not written, for want of a complete run")
		return c.end(res, false)
	}
	stale, err := inv.stale(ctx, res.missing)
	if err != nil {
		return c.fail(err)
	}
	kept := slices.DeleteFunc(slices.Clone(res.missing), func(e baseline.Entry) bool { return slices.Contains(stale, e) })
	known := baseline.Of(res.findings)
	known.Keep(kept)
	file := inv.own["baseline"]
	if err := known.Write(file); err != nil {
		return c.fail(err)
	}
	c.say("%s in %s: %d new, %d gone", plural(len(known.Entries), "finding", "findings"), file, len(res.shown), len(stale))
	return exitClean
}

// maxStale is how many entries of a baseline that nothing matches are named.
const maxStale = 10

// reportStale names the entries of the baseline that nothing matches.
func (c *command) reportStale(ctx context.Context, inv *invocation, res *result) {
	if len(res.problems) > 0 {
		return // nobody knows
	}
	stale, err := inv.stale(ctx, res.missing)
	if err != nil {
		c.say("looking for findings of the baseline that are gone: %v", err)
	}
	for i, e := range stale {
		if i == maxStale {
			c.say("and %d more", len(stale)-maxStale)
			break
		}
		c.say("gone, but in the baseline: %s: %s (%s)", e.Package, e.Message, e.Rule)
	}
	if len(stale) > 0 {
		c.say("-write-baseline removes what is gone from %s", inv.own["baseline"])
	}
}

// stale returns the entries among missing that this run would have found:
// their pass ran on their package.
func (inv *invocation) stale(ctx context.Context, missing []baseline.Entry) ([]baseline.Entry, error) {
	missing = slices.DeleteFunc(slices.Clone(missing), func(e baseline.Entry) bool { return !inv.enabled(e.Pass()) })
	if len(missing) == 0 {
		return nil, nil
	}
	checked, err := inv.packageList(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(missing, func(e baseline.Entry) bool { return !isChecked(e.Package, checked) }), nil
}

// isChecked reports whether a package is among those that were checked, or is
// the external test package of one.
func isChecked(pkg string, checked []string) bool {
	return slices.Contains(checked, pkg) || slices.ContainsFunc(checked, func(c string) bool { return c+"_test" == pkg })
}
