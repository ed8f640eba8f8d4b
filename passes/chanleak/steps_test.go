package chanleak_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/passes/chanleak"
)

// TestSteps checks what goroutines are told to do on the way to a finding, in
// a function for each way of telling it.
func TestSteps(t *testing.T) {
	results := withSteps(t)
	for _, test := range []struct {
		data string
		line int // of the diagnostic
		want []string
	}{
		{"basic", 156, []string{ // a message, a condition, an early return
			"153: abandonedProducer starts goroutine of line 153 -> goroutine of line 153",
			"156: goroutine of line 153 sends on out to abandonedProducer -> abandonedProducer",
			"160: abandonedProducer finds err != nil true, then returns",
			"156: goroutine of line 153 blocks for ever sending on out (stuck)",
		}},
		{"basic", 76, []string{ // a function with a name, and another name of the channel
			"65: oneShotParameter starts deliver -> deliver",
			"69: oneShotParameter sees ctx.Done() cancelled from outside, then returns",
			"76: deliver blocks for ever sending on errc (stuck)",
		}},
		{"locks", 19, []string{ // two locks; wg.Go is one call
			"28: twoOrders starts goroutine of line 28 -> goroutine of line 28",
			"29: twoOrders starts goroutine of line 29 -> goroutine of line 29",
			"18: goroutine of line 28 locks a.mu",
			"18: goroutine of line 29 locks b.mu",
			"30: twoOrders blocks for ever waiting for wg, still at 2 (stuck)",
			"19: goroutine of line 28 blocks for ever locking b.mu, held by goroutine of line 29 (stuck)",
			"19: goroutine of line 29 blocks for ever locking a.mu, held by goroutine of line 28 (stuck)",
		}},
		{"locks", 201, []string{ // one function twice
			"206: finishTwiceUnguarded starts finish -> finish",
			"207: finishTwiceUnguarded starts another finish -> another finish",
			"201: finish sends on u.done to finishTwiceUnguarded, then returns; finishTwiceUnguarded returns -> finishTwiceUnguarded",
			"201: another finish blocks for ever sending on u.done (stuck)",
		}},
		{"objects", 297, []string{ // a condition variable and a field
			"304: unsignalled starts goroutine of line 304 -> goroutine of line 304",
			"295: unsignalled locks g.mu",
			"296: unsignalled finds g.open not at 1",
			"297: unsignalled waits on g.cond, which unlocks g.mu",
			"305: goroutine of line 304 locks g.mu",
			"307: goroutine of line 304 finds fail() true",
			"297: unsignalled blocks for ever waiting on g.cond (stuck)",
		}},
		{"types", 40, []string{ // callers of methods
			"24: NewQueue starts loop -> loop",
			"43: caller of Stop closes q.quit, then returns",
			"33: loop finds q.quit closed, then returns",
			"40: caller of Put blocks for ever sending on q.items (stuck)",
		}},
	} {
		if diff := cmp.Diff(test.want, stepsAt(results, test.data+".go", test.line)); diff != "" {
			t.Errorf("%s, line %d (-want +got):\n%s", test.data, test.line, diff)
		}
	}
	checkEnds(t, results)
}

// withSteps runs the pass on the data that has findings, as its diagnostics are for who asks for steps.
func withSteps(t *testing.T) []*analysistest.Result {
	t.Helper()
	checktest.WithSteps(t, chanleak.Analyzer)
	return checktest.Run(t, chanleak.Analyzer, "chanleak/basic", "chanleak/locks", "chanleak/loops", "chanleak/shapes", "chanleak/objects", "chanleak/types")
}

// stepsAt returns the steps of the diagnostic on a line.
func stepsAt(results []*analysistest.Result, file string, line int) []string {
	for _, res := range results {
		fset := res.Action.Package.Fset
		for _, d := range res.Action.Diagnostics {
			if at := fset.Position(d.Pos); filepath.Base(at.Filename) == file && at.Line == line {
				return checktest.Steps(fset, d)
			}
		}
	}
	return nil
}

// checkEnds checks of all findings that steps lead to them: whoever is reported
// is stuck there in the end.
func checkEnds(t *testing.T, results []*analysistest.Result) {
	t.Helper()
	with := 0
	for _, res := range results {
		fset := res.Action.Package.Fset
		for _, d := range res.Action.Diagnostics {
			steps := checktest.Steps(fset, d)
			if steps == nil {
				continue // of a ticker, which needs no witness
			}
			with++
			at := fset.Position(d.Pos)
			line := fmt.Sprintf("%d: ", at.Line)
			ends := slices.ContainsFunc(steps, func(s string) bool {
				return strings.HasPrefix(s, line) && strings.HasSuffix(s, " (stuck)")
			})
			if !ends {
				t.Errorf("%v: the steps do not end there: %q", at, steps)
			}
		}
	}
	if with < 40 {
		t.Errorf("%d findings have steps, want most of them", with)
	}
}
