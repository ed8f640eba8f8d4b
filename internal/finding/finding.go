// Package finding is the model of what the command shows: diagnostics, as the
// go command prints them, with what people and machines need besides. All
// formats, filters and fixes work on it.
package finding

import (
	"cmp"
	"slices"
	"strings"
)

// A Position is a place in a file. Lines and columns count from 1, columns in
// bytes. What is 0 is unknown: the column, or both.
type Position struct{ Line, Column int }

// A Place is a part of a file.
type Place struct {
	File       string // absolute, or what stands for it, as "-"
	Start, End Position
}

// Related is another place that belongs to a finding.
type Related struct {
	Place
	Message string
}

// A Step is one step of a witness: what one goroutine did, and where.
type Step struct {
	Actor string // the goroutine
	Place
	Message string

	// Peer is the goroutine that the step reaches: it receives, is started or
	// is woken. PeerPlace is where that one is then. Both may be empty.
	Peer      string
	PeerPlace Place

	Stuck bool // the goroutine never goes on from here
}

// A Fix is a suggested change, to be made as a whole.
type Fix struct {
	Message string
	Edits   []Edit
}

// An Edit replaces the bytes of a file from Start to End.
type Edit struct {
	File       string
	Start, End int
	New        string
}

// A Finding is one diagnostic.
type Finding struct {
	Pass     string
	Category string // may be empty
	Message  string
	URL      string // of the manual, may be empty
	Package  string // import path
	Place
	Related []Related
	Steps   []Step // the witness, in order; empty if there is none
	Fixes   []Fix  // alternatives, the safest first

	// Set by [Identify].
	Function    string // around it: "serve", "(*Server).Close", or ""
	Fingerprint string
}

// Name returns the name of the rule behind a finding: PASS or PASS/CATEGORY.
func (f *Finding) Name() string { return Name(f.Pass, f.Category) }

// Name returns PASS/CATEGORY, or PASS if there is no category.
func Name(pass, category string) string {
	if category == "" {
		return pass
	}
	return pass + "/" + category
}

// Sort orders findings by place, pass and message, and leaves one of those
// that are equal in these. A package and its test variant report the same.
func Sort(findings []Finding) []Finding {
	slices.SortStableFunc(findings, compare)
	return slices.CompactFunc(findings, func(a, b Finding) bool { return compare(a, b) == 0 })
}

func compare(a, b Finding) int {
	return cmp.Or(
		strings.Compare(a.File, b.File),
		cmp.Compare(a.Start.Line, b.Start.Line),
		cmp.Compare(a.Start.Column, b.Start.Column),
		strings.Compare(a.Pass, b.Pass),
		strings.Compare(a.Category, b.Category),
		strings.Compare(a.Message, b.Message),
	)
}

// SortEdits returns edits in the order of their places, without those that are
// there twice.
func SortEdits(edits []Edit) []Edit {
	sorted := slices.SortedStableFunc(slices.Values(edits), func(a, b Edit) int {
		return cmp.Or(
			strings.Compare(a.File, b.File),
			cmp.Compare(a.Start, b.Start),
			cmp.Compare(a.End, b.End),
			strings.Compare(a.New, b.New),
		)
	})
	return slices.Compact(sorted)
}
