package finding

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

const identifySource = `package p

func (s *Server[T]) Close() {
	s.ch <- 1
	s.ch  <-  1
	s.ch <- 2
}

func (Plain) M() { send() }

var v = func() { send() }

func broken(`

// identify returns the findings of one pass on the given lines.
func identify(text string, lines ...int) []Finding {
	var all []Finding
	for _, line := range lines {
		all = append(all, Finding{Pass: "a", Package: "p", Place: Place{File: "p.go", Start: Position{line, 2}}})
	}
	sources := NewSources()
	sources.files["p.go"] = NewSource(text)
	Identify(all, sources)
	return all
}

func TestIdentify(t *testing.T) {
	all := identify(identifySource, 4, 5, 6, 9, 11)
	var functions []string
	prints := make(map[string]bool)
	for _, f := range all {
		functions = append(functions, f.Function)
		prints[f.Fingerprint] = true
	}
	if want := []string{"(*Server).Close", "(*Server).Close", "(*Server).Close", "(Plain).M", ""}; !slices.Equal(functions, want) {
		t.Errorf("functions: got %q, want %q", functions, want)
	}
	if len(prints) != len(all) {
		t.Errorf("%d different fingerprints of %d findings: %v", len(prints), len(all), slices.Sorted(maps.Keys(prints)))
	}
}

func TestFingerprintStays(t *testing.T) {
	was := identify(identifySource, 4, 5, 6)
	// Lines above, and another spacing.
	moved := strings.ReplaceAll("// Comment.\n\n"+identifySource, "s.ch <- 2", "s.ch<-2 ")
	is := identify(moved, 6, 7, 8)
	for i := range was {
		if was[i].Fingerprint != is[i].Fingerprint {
			t.Errorf("finding %d: %s, then %s", i, was[i].Fingerprint, is[i].Fingerprint)
		}
	}
	other := identify(strings.ReplaceAll(identifySource, "<- 2", "<- 3"), 6)
	if other[0].Fingerprint == was[2].Fingerprint {
		t.Error("another line has the same fingerprint")
	}
}
