// Package fix applies the suggested fixes of findings.
package fix

import (
	"cmp"
	"fmt"
	"go/format"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/chanlint/chanlint/internal/finding"
	"github.com/chanlint/chanlint/internal/output"
)

// A Change is what becomes of one file.
type Change struct {
	File     string
	Old, New string
}

// Plan applies the first fix of each finding that has one, and returns the
// files that change and how many fixes that takes. A fix is left out if it
// overlaps one before it, other than by the same edit, as that of an import.
// Files that were formatted stay so.
func Plan(findings []finding.Finding, sources *finding.Sources) (changes []Change, applied int) {
	accepted := make(map[string][]finding.Edit)
	for i := range findings {
		if len(findings[i].Fixes) == 0 {
			continue
		}
		edits := finding.SortEdits(findings[i].Fixes[0].Edits)
		if changesNothing(edits, sources) || !fits(edits, accepted, sources) {
			continue
		}
		for _, e := range edits {
			accepted[e.File] = finding.SortEdits(append(accepted[e.File], e))
		}
		applied++
	}
	for _, file := range slices.Sorted(maps.Keys(accepted)) {
		old := sources.File(file).Text
		changes = append(changes, Change{file, old, formatted(old, apply(old, accepted[file]))})
	}
	return changes, applied
}

// fits reports whether edits lie in their files, and overlap none that are
// accepted.
func fits(edits []finding.Edit, accepted map[string][]finding.Edit, sources *finding.Sources) bool {
	for i, e := range edits {
		if e.Start < 0 || e.End < e.Start || e.End > len(sources.File(e.File).Text) {
			return false
		}
		others := slices.Concat(accepted[e.File], edits[:i])
		for _, other := range others {
			if other.File == e.File && other != e && overlap(e, other) {
				return false
			}
		}
	}
	return true
}

// changesNothing reports whether edits put in what they take out.
func changesNothing(edits []finding.Edit, sources *finding.Sources) bool {
	for _, e := range edits {
		text := sources.File(e.File).Text
		if e.Start < 0 || e.End < e.Start || e.End > len(text) || text[e.Start:e.End] != e.New {
			return false
		}
	}
	return true
}

// overlap reports whether two edits touch the same bytes, or insert at the
// same place, where their order would matter.
func overlap(a, b finding.Edit) bool {
	if a.Start == b.Start {
		return true
	}
	return max(a.Start, b.Start) < min(a.End, b.End)
}

// apply makes edits, which are sorted and do not overlap.
func apply(text string, edits []finding.Edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.Start] + e.New)
		at = e.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// formatted formats a file that was formatted before.
func formatted(old, changed string) string {
	was, err := format.Source([]byte(old))
	if err != nil || string(was) != old {
		return changed
	}
	if is, err := format.Source([]byte(changed)); err == nil {
		return string(is)
	}
	return changed
}

// Diff returns what changes, in the unified format, with paths relative to
// dir if they are below it.
func Diff(changes []Change, dir string) string {
	var b strings.Builder
	for _, c := range changes {
		name := c.File
		if rel, err := filepath.Rel(dir, name); err == nil && filepath.IsLocal(rel) {
			name = filepath.ToSlash(rel)
		}
		text := string(diff.Diff("a/"+name, []byte(c.Old), "b/"+name, []byte(c.New)))
		// The first line, "diff a/x b/x", says nothing more.
		_, text, _ = strings.Cut(text, "\n")
		b.WriteString(text)
	}
	return b.String()
}

// Write writes the files that change, each as a whole.
func Write(changes []Change) error {
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.File, b.File) })
	for _, c := range changes {
		if err := output.WriteFile(c.File, []byte(c.New)); err != nil {
			return fmt.Errorf("fixing: %w", err)
		}
	}
	return nil
}
