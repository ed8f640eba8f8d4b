package report

import (
	"go/token"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/trail"
)

// A Step is one step of the way to what a diagnostic reports. Diagnostics
// have no place for steps, and not every reader of them a use: they are added
// to the related positions, as package trail encodes them, if the flag of
// the analyzer called steps says so. The command sets it.
type Step struct {
	trail.Step
	Pos, End token.Pos // where the actor is
	PeerPos  token.Pos // where the peer is, if that is known
}

// steps tells reporters whether steps are wanted. It is an analyzer because
// that is what has flags that all passes can see.
var steps = newSteps()

func newSteps() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "steps",
		Doc:        "tell the passes whether to add the steps that lead to a report",
		ResultType: reflect.TypeFor[bool](),
	}
	wanted := a.Flags.Bool("steps", false, "add the steps that lead to a report to its related positions")
	a.Run = func(*analysis.Pass) (any, error) { return *wanted, nil }
	return a
}

// encode makes related positions of steps.
func encode(all []Step) []analysis.RelatedInformation {
	var places []analysis.RelatedInformation
	for _, s := range all {
		places = append(places, analysis.RelatedInformation{Pos: s.Pos, End: s.End, Message: trail.Encode(s.Step)})
		if s.Peer != "" && s.PeerPos.IsValid() {
			places = append(places, analysis.RelatedInformation{Pos: s.PeerPos, Message: trail.Peer})
		}
	}
	return places
}
