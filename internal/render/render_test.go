package render

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chanlint/chanlint/internal/finding"
)

var update = flag.Bool("update", false, "write what the formats should print")

// place returns a place in the test data, from column to column of one line.
func place(root, file string, line, start, end int) finding.Place {
	return finding.Place{
		File:  filepath.Join(root, filepath.FromSlash(file)),
		Start: finding.Position{Line: line, Column: start},
		End:   finding.Position{Line: line, Column: end},
	}
}

// testReport returns a report with all there can be: places in two files, a
// fix, a witness, characters that formats must escape, and a finding without
// a place.
func testReport(t *testing.T) *Report {
	t.Helper()
	root, err := filepath.Abs("testdata/src")
	if err != nil {
		t.Fatal(err)
	}
	push := finding.Finding{
		Pass: "lockacross", Category: "stall", Package: "example.com/queue",
		Message: "q.mu, locked on line 12, is held across <this> send: 100%, at least; unlock it first",
		URL:     "https://example.com/passes#lockacross-stall",
		Place:   place(root, "queue/queue.go", 14, 2, 22),
		Related: []finding.Related{
			{Place: place(root, "queue/queue.go", 12, 2, 13), Message: "q.mu is locked here"},
			{Place: place(root, "queue/start.go", 5, 14, 26), Message: "another goroutine sends here"},
		},
		Fixes: []finding.Fix{{Message: "unlock before sending", Edits: []finding.Edit{
			{File: filepath.Join(root, "queue", "queue.go"), Start: 220, End: 220, New: "q.mu.Unlock()\n\t"},
			{File: filepath.Join(root, "queue", "queue.go"), Start: 198, End: 219},
		}}},
	}
	drain := finding.Finding{
		Pass: "stuck", Package: "example.com/queue",
		Message: "Drain never returns; close q.out",
		Place: finding.Place{
			File:  push.File,
			Start: finding.Position{Line: 24, Column: 2},
			End:   finding.Position{Line: 26, Column: 3},
		},
		Steps: []finding.Step{
			{Actor: "Push", Place: place(root, "queue/start.go", 6, 0, 0), Message: "starts Drain", Peer: "Drain"},
			{
				Actor: "Push", Place: place(root, "queue/queue.go", 14, 2, 22), Message: "sends on q.out to Drain",
				Peer: "Drain", PeerPlace: place(root, "queue/queue.go", 24, 6, 17),
			},
			{Actor: "Push", Place: place(root, "queue/queue.go", 12, 2, 13), Message: "locks q.mu"},
			{
				Actor: "Drain", Place: place(root, "queue/queue.go", 25, 3, 14), Message: "wakes Push",
				Peer: "Push", PeerPlace: place(root, "queue/queue.go", 13, 2, 3),
			},
			{Actor: "Drain", Place: place(root, "queue/queue.go", 25, 3, 14), Message: "blocks for ever locking q.mu", Stuck: true},
			{Actor: "Push", Place: place(root, "queue/queue.go", 14, 2, 22), Message: "blocks for ever sending on q.out", Stuck: true},
		},
	}
	nowhere := finding.Finding{
		Pass: "stuck", Category: "odd", Package: "example.com/other",
		Message: "a control \x1b[31m character; leave it", Place: finding.Place{File: "-"},
	}
	// A line comment may give no column.
	lineOnly := finding.Finding{
		Pass: "stuck", Package: "example.com/queue", Message: "this never ends; end it", Place: place(root, "queue/start.go", 6, 0, 0),
	}
	r := &Report{
		Findings: finding.Sort([]finding.Finding{push, drain, nowhere, lineOnly}),
		Rules: []Rule{
			{"lockacross/stall", "A lock is held.", "Unlock it.\n", "Unlock *it*.\n", "https://example.com/passes#lockacross-stall"},
			{Name: "lockacross/unused", Summary: "No finding has this."},
		},
		Problems:  []string{"cannot check example.com/broken: broken.go:1:1: expected 'package'"},
		Baselined: 2,
		Unchanged: 1,
		Sources:   finding.NewSources(),
		Dir:       filepath.Join(root, "queue"),
		Root:      root,
		Version:   "v1.2.3",
	}
	finding.Identify(r.Findings, r.Sources)
	return r
}

// render returns a report in a format, with the root called /ROOT.
func render(t *testing.T, format string, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, r); err != nil {
		t.Fatal(err)
	}
	if r.Root == "" {
		return b.String()
	}
	return strings.ReplaceAll(b.String(), filepath.ToSlash(r.Root), "/ROOT")
}

func TestFormats(t *testing.T) {
	full := testReport(t)
	empty := &Report{Sources: finding.NewSources(), Root: full.Root, Dir: full.Dir, Version: full.Version}
	for _, f := range Formats() {
		golden(t, f[0], render(t, f[0], full))
		golden(t, f[0]+"-empty", render(t, f[0], empty))
	}
	full.Color = true
	golden(t, "text-color", render(t, "text", full))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
