// Package chanlint lists the analyzers that every front end runs.
package chanlint

import (
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/suite/vet"

	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/report"
	"github.com/chanlint/chanlint/passes/chanleak"
	"github.com/chanlint/chanlint/passes/lagignored"
	"github.com/chanlint/chanlint/passes/lockacrossblock"
	"github.com/chanlint/chanlint/passes/selectstarve"
	"github.com/chanlint/chanlint/passes/sendaftermove"
	"github.com/chanlint/chanlint/passes/unbounded"
	"github.com/chanlint/chanlint/passes/watchqueue"
)

// passes are the analyzers that report, in the order of the documentation.
var passes = []*analysis.Analyzer{
	lockacrossblock.Analyzer, // locks held across an operation that blocks
	chanleak.Analyzer,        // goroutines that can never move again
	watchqueue.Analyzer,      // wake-ups and latest values used as if each arrived
	unbounded.Analyzer,       // queues that grow without a limit
	selectstarve.Analyzer,    // branches of a select that starve others
	sendaftermove.Analyzer,   // channels used after their close, values changed after they were sent
	lagignored.Analyzer,      // signals of lost values that nobody looks at
}

// all are the analyzers that a front end runs.
var all = slices.Concat(passes, []*analysis.Analyzer{
	report.CheckDirectives(passes...), // comments that silence reports, after everything else
	effect.Analyzer,                   // facts: a root of its own, so that drivers run it on dependencies
	effect.Lag,                        // facts, likewise
})

// Analyzers returns the analyzers of chanlint. Each call returns the same
// ones.
func Analyzers() []*analysis.Analyzer { return slices.Clone(all) }

// Passes returns the analyzers that report, without those that support them.
func Passes() []*analysis.Analyzer { return slices.Clone(passes) }

// Standard returns the analyzers of go vet, for front ends that take its
// place. The one that is called tests is vettests here: -tests is a flag of
// ours.
func Standard() []*analysis.Analyzer {
	standard := slices.Clone(vet.Suite)
	for i, a := range standard {
		if a.Name == "tests" {
			renamed := *a
			renamed.Name = "vettests"
			standard[i] = &renamed
		}
	}
	return standard
}
