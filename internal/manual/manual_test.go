package manual

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

const doc = `locks: report locks

The introduction, with a
second line.

# stall

A lock is held. See [sync.Mutex].

Wrong:

	mu.Lock()

# What is not reported

Everything else.

# deadlock

It never ends.`

func TestManual(t *testing.T) {
	m := Of(&analysis.Analyzer{Name: "locks", Doc: doc, URL: "u"})
	if m.Name != "locks" || m.Summary != "report locks" || m.URL != "u" {
		t.Errorf("got %q, %q, %q", m.Name, m.Summary, m.URL)
	}
	if got, want := m.Sections[0].Lead(), "The introduction, with a second line."; got != want {
		t.Errorf("introduction %q, want %q", got, want)
	}
	if got, want := m.Categories(), []string{"stall", "deadlock"}; !slices.Equal(got, want) {
		t.Errorf("categories %q, want %q", got, want)
	}
	stall, ok := m.Category("stall")
	if !ok {
		t.Fatal("there is no stall")
	}
	if got, want := stall.Lead(), "A lock is held. See sync.Mutex."; got != want {
		t.Errorf("lead %q, want %q", got, want)
	}
	if got := stall.Text(); !strings.Contains(got, "\tmu.Lock()\n") || strings.Contains(got, "Everything") {
		t.Errorf("text:\n%s", got)
	}
	if got := stall.Markdown(); !strings.Contains(got, "[sync.Mutex](") {
		t.Errorf("markdown:\n%s", got)
	}
	if _, ok := m.Category("What is not reported"); ok {
		t.Error("a title is a category")
	}
}

func TestShort(t *testing.T) {
	m := Of(&analysis.Analyzer{Name: "a", Doc: "a: do"})
	if len(m.Sections) != 1 || m.Sections[0].Lead() != "" || m.Sections[0].Text() != "" {
		t.Errorf("got %v", m.Sections)
	}
}
