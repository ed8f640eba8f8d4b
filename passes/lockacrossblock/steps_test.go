package lockacrossblock_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/passes/lockacrossblock"
)

// TestSteps checks how a deadlock is told: by who waits with the lock, and who
// waits for it.
func TestSteps(t *testing.T) {
	checktest.WithSteps(t, lockacrossblock.Analyzer)
	results := checktest.Run(t, lockacrossblock.Analyzer, "lockacrossblock/basic")
	for _, test := range []struct {
		file string
		line int
		want []string
	}{
		{"deadlock_cond.go", 35, []string{
			"30: condWaitUnderOtherLock locks b.outer",
			"35: condWaitUnderOtherLock blocks for ever: it waits on b.full (stuck)",
			"26: put blocks for ever, because condWaitUnderOtherLock holds b.outer (stuck)",
		}},
		{"deadlock_closure.go", 56, []string{ // through a call, and the other side is a literal
			"54: sendByMethodValue locks f.mu",
			"56: sendByMethodValue calls post",
			"26: sendByMethodValue blocks for ever: it sends on f.lines (stuck)",
			"17: func in newFeed blocks for ever, because sendByMethodValue holds f.mu, and never gets back to line 16 (stuck)",
		}},
		{"deadlock_locked.go", 31, []string{
			"29: sendLocked is called with j.mu locked",
			"31: sendLocked blocks for ever: it sends on j.records (stuck)",
			"22: write blocks for ever, because sendLocked holds j.mu, and never gets back to line 21 (stuck)",
		}},
		{"deadlock_wait.go", 85, []string{ // a schedule that the search has found
			"74: waitForClosures locks t.mu",
			"77: waitForClosures calls wg.Add(1)",
			"78: waitForClosures starts goroutine of line 78 #1 -> goroutine of line 78 #1",
			"77: waitForClosures calls wg.Add(1)",
			"78: waitForClosures starts goroutine of line 78 #2 -> goroutine of line 78 #2",
			"85: waitForClosures blocks for ever waiting for wg, still at 2 (stuck)",
			"80: goroutine of line 78 #1 blocks for ever locking t.mu, held by waitForClosures (stuck)",
			"80: goroutine of line 78 #2 blocks for ever locking t.mu, held by waitForClosures (stuck)",
		}},
		{"deadlock_wait.go", 182, []string{ // the end of a goroutine is waited for
			"180: waitForStarted locks g.mu",
			"182: waitForStarted blocks for ever: it waits for g.wg (stuck)",
			"174: rest blocks for ever, because waitForStarted holds g.mu, and never returns (stuck)",
		}},
		{"deadlock_again.go", 14, nil}, // one goroutine; the related position says it
		{"deadlock_generic.go", 29, nil},
	} {
		if diff := cmp.Diff(test.want, stepsAt(t, results, test.file, test.line)); diff != "" {
			t.Errorf("%s, line %d (-want +got):\n%s", test.file, test.line, diff)
		}
	}
}

// stepsAt returns the steps of the diagnostic on a line.
func stepsAt(t *testing.T, results []*analysistest.Result, file string, line int) []string {
	for _, res := range results {
		fset := res.Action.Package.Fset
		for _, d := range res.Action.Diagnostics {
			if at := fset.Position(d.Pos); filepath.Base(at.Filename) == file && at.Line == line {
				return checktest.Steps(fset, d)
			}
		}
	}
	t.Errorf("no diagnostic at %s:%d", file, line)
	return nil
}
