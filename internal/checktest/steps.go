package checktest

import (
	"fmt"
	"go/token"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/trail"
)

// WithSteps makes the diagnostics of a hold their steps, until the test ends:
// see package report. The test must not run in parallel with others.
func WithSteps(t testing.TB, a *analysis.Analyzer) {
	t.Helper()
	for _, req := range a.Requires {
		if req.Flags.Lookup("steps") != nil {
			WithFlags(t, req, "steps=true")
			return
		}
	}
	t.Fatalf("analyzer %s does not require what report requires", a.Name)
}

// Steps returns the steps that a diagnostic holds, as "12: f starts g -> g",
// with " (stuck)" at the end if the goroutine never goes on.
func Steps(fset *token.FileSet, d analysis.Diagnostic) []string {
	var all []string
	for _, info := range d.Related {
		s, ok := trail.Decode(info.Message)
		if !ok {
			continue
		}
		text := fmt.Sprintf("%d: %s %s", fset.Position(info.Pos).Line, s.Actor, s.Message)
		if s.Peer != "" {
			text += " -> " + s.Peer
		}
		if s.Stuck {
			text += " (stuck)"
		}
		all = append(all, text)
	}
	return all
}

// checkRelated reports the first fault of the message of a related position,
// which may be that of a step.
func checkRelated(msg string) error {
	if step, ok := trail.Decode(msg); ok {
		return CheckStep(step.Message)
	}
	if msg == trail.Peer {
		return nil
	}
	return CheckRelated(msg)
}
