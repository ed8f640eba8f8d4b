// Package stuck finds goroutines that can never move again: it makes models of
// what a package starts and shares, and searches all their schedules.
//
// It stands between the model and the passes, so that passes that ask about the
// same goroutines share one search: chanleak reports what is found, and
// lockacrossblock asks whether what it suspects can happen.
package stuck

import (
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/model"
)

// Analyzer makes a [Result], which is nil if no function of the package
// matters.
var Analyzer = &analysis.Analyzer{
	Name:       "stuck",
	Doc:        "stuck: search what a package starts and shares for goroutines that can never move again",
	Requires:   []*analysis.Analyzer{effect.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	Run: func(pass *analysis.Pass) (any, error) {
		r := pass.ResultOf[effect.Analyzer].(*effect.Result)
		if r == nil {
			return (*Result)(nil), nil
		}
		return New(r), nil
	},
}

// states bounds the search of one model.
const states = 20_000

// Explore searches a program as those of the models are: nobody is left when
// function main returns.
func Explore(p *explore.Program) explore.Result {
	return explore.Explore(p, explore.Options{States: states, MainEndsAll: true})
}

// rounds are the numbers of rounds that unknown loops are tried with: two that
// follow each other, and all pairs of them if there are two unknowns. What is
// stuck must be so in all.
var rounds = [][]model.Rounds{
	{{2, 2}, {3, 3}, {2, 3}, {3, 2}},
	{{3, 3}, {4, 4}, {3, 4}, {4, 3}},
}

// needed is how many of them a model with a number of unknowns needs.
var needed = [...]int{1, 2, 4}

// A Result searches the scopes of one package, each when it is first asked for.
// Passes may ask at the same time.
type Result struct {
	*effect.Result

	mu     sync.Mutex
	models *model.Package // nil before the first search
	scopes []model.Scope
	found  map[model.Scope]Search
}

// New returns the searches of the package that r is the effects of. Nothing is
// searched yet.
func New(r *effect.Result) *Result {
	return &Result{Result: r, found: make(map[model.Scope]Search)}
}

// A Search is what is known of one scope.
type Search struct {
	Verdict explore.Verdict
	Models  []*model.Model   // of different numbers of rounds; empty if there is no model
	Results []explore.Result // of their searches
}

// Scopes are the scopes of the package; see [model.Package.Scopes].
func (r *Result) Scopes() []model.Scope {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.prepare()
	return r.scopes
}

// prepare makes what all searches need.
func (r *Result) prepare() {
	if r.models == nil {
		r.models = model.New(r.Package)
		r.scopes = r.models.Scopes()
	}
}

// Search makes the models of s and searches them.
func (r *Result) Search(s model.Scope) Search {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.prepare()
	out, ok := r.found[s]
	if !ok {
		out = search(r.models, s)
		r.found[s] = out
	}
	return out
}

// search tries the numbers of rounds. Somebody is stuck if so in all that follow
// each other, and nobody is if so without any.
func search(p *model.Package, s model.Scope) Search {
	for _, set := range rounds {
		out := Search{Verdict: explore.Stuck}
		for i := 0; i == 0 || i < needed[out.Models[0].Counts]; i++ {
			m, err := p.Build(s, set[i])
			if err != nil {
				return Search{Verdict: explore.GaveUp}
			}
			out.Models = append(out.Models, m)
			out.Results = append(out.Results, Explore(m.Program))
			if v := out.Results[i].Verdict; v != explore.Stuck {
				out.Verdict = v
				break
			}
		}
		switch {
		case out.Verdict == explore.Stuck:
			return out
		case len(out.Results) > 1 || out.Verdict != explore.Clean:
			return Search{Verdict: explore.GaveUp} // stuck with some numbers only, or not known
		case out.Models[0].Counts == 0:
			return out
		}
	}
	return Search{Verdict: explore.GaveUp}
}

// Meets looks for a witness in which a goroutine is stuck at wait while it holds
// the lock that another is stuck at, at need.
func (r *Result) Meets(wait, need *conc.Op) (Witness, explore.Verdict) {
	verdict := explore.GaveUp
	for _, s := range r.Scopes() {
		found := r.Search(s)
		if len(found.Models) == 0 || !found.Models[0].Has(wait) || !found.Models[0].Has(need) {
			continue
		}
		if found.Verdict == explore.Clean {
			verdict = explore.Clean
			continue
		}
		for i := range found.Results[0].Witnesses {
			if w := found.Witness(i); w.blocks(wait, need) {
				return w, explore.Stuck
			}
		}
	}
	return Witness{}, verdict
}
