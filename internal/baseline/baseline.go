// Package baseline keeps a list of findings that are known, so that only new
// ones are shown. It knows them by their fingerprints.
package baseline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/chanlint/chanlint/internal/finding"
	"github.com/chanlint/chanlint/internal/output"
)

// version is that of the file format.
const version = 1

// A Baseline is a list of known findings.
type Baseline struct {
	Version int     `json:"version"`
	Entries []Entry `json:"findings"`
}

// An Entry is one known finding. All but the fingerprint is for people, and
// to tell what a run could have found.
type Entry struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	Package     string `json:"package"`
	Function    string `json:"function,omitempty"`
	Message     string `json:"message"`
}

// Pass returns the pass of an entry.
func (e Entry) Pass() string {
	pass, _, _ := strings.Cut(e.Rule, "/")
	return pass
}

// Of returns the baseline that holds the given findings.
func Of(findings []finding.Finding) *Baseline {
	b := &Baseline{Version: version, Entries: []Entry{}}
	for i := range findings {
		f := &findings[i]
		b.Entries = append(b.Entries, Entry{f.Fingerprint, f.Name(), f.Package, f.Function, f.Message})
	}
	b.sort()
	return b
}

// sort brings the entries in an order that changes little when code moves.
func (b *Baseline) sort() {
	slices.SortFunc(b.Entries, func(x, y Entry) int {
		return cmp.Or(
			cmp.Compare(x.Package, y.Package),
			cmp.Compare(x.Function, y.Function),
			cmp.Compare(x.Rule, y.Rule),
			cmp.Compare(x.Fingerprint, y.Fingerprint),
		)
	})
}

// Read reads a baseline file.
func Read(name string) (*Baseline, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the baseline: %w", err)
	}
	b := new(Baseline)
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	err = dec.Decode(b)
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("reading the baseline %s: it ends too early", name)
	case err != nil:
		return nil, fmt.Errorf("reading the baseline %s: %w", name, err)
	case b.Version != version:
		return nil, fmt.Errorf("reading the baseline %s: version %d, want %d", name, b.Version, version)
	}
	return b, nil
}

// Write writes a baseline file.
func (b *Baseline) Write(name string) error {
	var data bytes.Buffer
	enc := json.NewEncoder(&data)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(b); err != nil {
		return fmt.Errorf("writing the baseline: %w", err)
	}
	if err := output.WriteFile(name, data.Bytes()); err != nil {
		return fmt.Errorf("writing the baseline: %w", err)
	}
	return nil
}

// Filter returns the findings that are not in the baseline, and the entries
// that no finding has.
func (b *Baseline) Filter(findings []finding.Finding) (fresh []finding.Finding, missing []Entry) {
	known := make(map[string]bool)
	for _, e := range b.Entries {
		known[e.Fingerprint] = true
	}
	found := make(map[string]bool)
	for _, f := range findings {
		found[f.Fingerprint] = true
		if !known[f.Fingerprint] {
			fresh = append(fresh, f)
		}
	}
	for _, e := range b.Entries {
		if !found[e.Fingerprint] {
			missing = append(missing, e)
		}
	}
	return fresh, missing
}

// Keep adds entries that are to stay.
func (b *Baseline) Keep(entries []Entry) {
	b.Entries = append(b.Entries, entries...)
	b.sort()
}
