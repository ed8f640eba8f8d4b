package stuck

import (
	"go/types"
	"sync"
	"testing"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/conctest"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/explore"
)

const source = `package p

import "sync"

func leaks() {
	c := make(chan int)
	go func() { c <- 1 }()
}

func fine() {
	c := make(chan int, 1)
	go func() { c <- 1 }()
}

func meets() {
	var mu sync.Mutex
	done := make(chan struct{})
	go func() {
		mu.Lock()
		mu.Unlock()
		close(done)
	}()
	mu.Lock()
	<-done
	mu.Unlock()
}

func neverMeets() {
	var mu sync.Mutex
	done := make(chan struct{})
	go func() {
		mu.Lock()
		mu.Unlock()
		close(done)
	}()
	<-done
	mu.Lock()
	<-done
	mu.Unlock()
}

func open(mu *sync.Mutex, done chan struct{}) {
	go func() {
		mu.Lock()
		mu.Unlock()
		close(done)
	}()
	mu.Lock()
	<-done
	mu.Unlock()
}
`

func load(t *testing.T) *Result {
	t.Helper()
	return New(effect.Compute(conctest.Load(t, source), func(*types.Func) *effect.Fact { return nil }))
}

// last finds the last operation of a kind in a function and its literals.
func last(r *Result, name string, literal bool, kind conc.Kind) *conc.Op {
	var found *conc.Op
	for _, f := range r.Funcs {
		if f.Root().Name != name || (f.Parent != nil) != literal {
			continue
		}
		for op := range f.Ops {
			if op.Kind == kind {
				found = op
			}
		}
	}
	return found
}

func TestSearch(t *testing.T) {
	r := load(t)
	want := map[string]explore.Verdict{
		"leaks": explore.Stuck, "fine": explore.Clean, "meets": explore.Stuck, "neverMeets": explore.Clean,
	}
	seen := make(map[string]explore.Verdict)
	for _, s := range r.Scopes() {
		found := r.Search(s)
		if len(found.Models) > 0 {
			seen[found.Models[0].Func.Name] = found.Verdict
		}
	}
	for name, verdict := range want {
		if got, ok := seen[name]; !ok || got != verdict {
			t.Errorf("%s: verdict %s, searched %t, want %s", name, got, ok, verdict)
		}
	}
}

// Passes run in parallel. Each scope is searched but once.
func TestSearchOnce(t *testing.T) {
	r := load(t)
	all := make([][]Search, 4)
	var wg sync.WaitGroup
	for i := range all {
		wg.Go(func() {
			for _, s := range r.Scopes() {
				all[i] = append(all[i], r.Search(s))
			}
		})
	}
	wg.Wait()
	for i, found := range all {
		for k := range found {
			if len(found[k].Models) > 0 && found[k].Models[0] != all[0][k].Models[0] {
				t.Errorf("pass %d has a model of its own of scope %d", i, k)
			}
		}
	}
	if len(all[0]) == 0 {
		t.Error("no scopes")
	}
}

func TestMeets(t *testing.T) {
	r := load(t)
	for name, want := range map[string]explore.Verdict{
		"meets": explore.Stuck, "neverMeets": explore.Clean, "open": explore.GaveUp,
	} {
		wait, need := last(r, name, false, conc.Recv), last(r, name, true, conc.Lock)
		if wait == nil || need == nil {
			t.Fatalf("%s: no receive, or no lock", name)
		}
		w, got := r.Meets(wait, need)
		if got != want || (w.Witness != nil) != (want == explore.Stuck) {
			t.Errorf("%s: %s, a witness: %t, want %s", name, got, w.Witness != nil, want)
		}
	}
}
