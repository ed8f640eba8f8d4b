package explore

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

// The search against the definition, applied as it is written: every state is
// visited without leaving any schedule out, and each goroutine of each state is
// followed to the end of all schedules.

// naive returns where goroutines of g's program can be stuck for ever, and the
// length of a shortest schedule to the first that is.
func naive(g *graph) (stuck map[place]bool, length int) {
	stuck = make(map[place]bool)
	for s := range g.states {
		for i := range g.running(state(g.states[s])) {
			at := place{g.slots[i].proc, g.pc(state(g.states[s]), i)}
			if at.pc == spinning || stuck[at] || canMove(g, s, i) {
				continue
			}
			if len(stuck) == 0 {
				for from := g.from[s]; from >= 0; from = g.from[from] {
					length++
				}
			}
			stuck[at] = true
		}
	}
	return stuck, length
}

// found returns where goroutines are stuck according to g.
func found(g *graph) map[place]bool {
	stuck := make(map[place]bool)
	for s, rel := range g.loose {
		for _, i := range g.stuck(state(g.states[s]), rel) {
			stuck[place{g.slots[i].proc, g.pc(state(g.states[s]), i)}] = true
		}
	}
	return stuck
}

func canMove(g *graph, s, slot int) bool {
	seen := map[int32]bool{int32(s): true}
	for todo := []int32{int32(s)}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, e := range g.out(int(at)) {
			if e.to == exit || e.moved&(1<<slot) != 0 {
				return true
			}
			if !seen[e.to] {
				seen[e.to] = true
				todo = append(todo, e.to)
			}
		}
	}
	return false
}

// sizes counts the states of the searches that leave out nothing and something.
type sizes struct{ plain, equal, crews, stuck, skipped int }

// compareSearches checks one program.
func compareSearches(t *testing.T, name string, p *Program, opts Options, n *sizes) {
	small := opts
	small.States = 3000
	plain := search(newMachine(p, small, false), false)
	if plain.reason != "" {
		n.skipped++ // too large for the definition
		return
	}
	want, length := naive(plain)
	equal := search(newMachine(p, opts, true), false)
	crews := search(newMachine(p, opts, true), true)
	n.plain, n.equal, n.crews = n.plain+len(plain.states), n.equal+len(equal.states), n.crews+len(crews.states)
	for i, g := range []*graph{plain, equal, crews} {
		if got := found(g); !maps.Equal(got, want) || g.reason != "" {
			t.Errorf("%s: search %d: stuck at %v %s, want %v\n%s", name, i, got, g.reason, want, listing(p))
		}
	}
	res := Explore(p, opts)
	if len(want) == 0 {
		return
	}
	n.stuck++
	if got := len(res.Witnesses[0].Steps); got != length {
		t.Errorf("%s: a witness of %d steps, want %d\n%s\n%s", name, got, length, res.Witnesses[0].Text(nil), listing(p))
	}
	for _, w := range res.Witnesses {
		if err := Replay(p, opts, w); err != nil {
			t.Errorf("%s: replay: %v\n%s\n%s", name, err, w.Text(nil), listing(p))
		}
		for _, st := range w.Stuck {
			delete(want, place{w.Lanes[st.Lane].Proc, st.move.pc})
		}
	}
	if len(want) > 0 {
		t.Errorf("%s: no witness for %v\n%s", name, want, listing(p))
	}
}

func TestReductionChangesNothing(t *testing.T) {
	programs := 2000
	if testing.Short() {
		programs = 500
	}
	var n sizes
	for seed := range uint64(programs) {
		p := generate(randomDice(seed + 1_000_000))
		p.Procs[0].Main = true
		compareSearches(t, fmt.Sprint("seed ", seed), p, Options{MainEndsAll: seed%4 == 0}, &n)
	}
	t.Logf("%d programs: %+v", programs, n)
	if n.stuck < programs/5 || n.skipped > programs/2 {
		t.Errorf("%+v: the generator tests too little", n)
	}
	if n.equal > n.plain || n.crews > n.equal*9/10 {
		t.Errorf("%+v: nothing is left out", n)
	}
}

// Programs in which to leave out the wrong schedule loses a stuck goroutine.
func TestReductionTraps(t *testing.T) {
	tests := []struct{ name, src string }{
		{"one who will start the partner", `
	chan c
	chan never
	timer t
	proc main start
		select send c ; recv t -> end
		recv never
	end:
		return
	proc starter start
		go partner
	proc partner
		recv c`},
		{"one who looks whether it is not yet done", `
	context x env
	chan never
	proc other start
		recv x
	proc main start
		select recv x -> end ; default
		recv never
	end:
		return`},
		{"one who tests whether it is not yet done", `
	context x env
	chan never
	proc other start
		recv x
	proc main start
		test x / open
		return
	open:
		recv never`},
		{"one who goes on for ever", `
	chan c
	timer t repeat
	proc loop start
	next:
		recv t
		goto next
	proc main start
		send c
	proc other start
		branch yes no
	yes:
		recv c
	no:
		return`},
	}
	for _, tt := range tests {
		var n sizes
		compareSearches(t, tt.name, assemble(t, tt.src), Options{}, &n)
		if n.stuck != 1 {
			t.Errorf("%s: nobody is stuck", tt.name)
		}
	}
}

// Conditions that are not asked again make no difference.
func TestForgetting(t *testing.T) {
	p := assemble(t, `
	chan c 1
	proc main start
	next:
		branch #1 a a2
	a:
		branch #2 b b2
	a2:
		branch #2 b b2
	b:
		send c
		recv c
		forget #1
		forget #2
		goto next
	b2:
		goto b`)
	if got := len(search(newMachine(p, Options{}, true), true).states); got != 3 {
		t.Errorf("%d states, want 3: at the branch, the send, and the receive", got)
	}
}

// listing prints p in the language of assemble.
func listing(p *Program) string {
	return string(slices.Concat(listObjects(p), listProcs(p)))
}
