package explore

import (
	"cmp"
	"fmt"
)

// Options bound the search and state what is assumed.
type Options struct {
	States      int  // how many states to visit at most; 0 means 50 000
	Steps       int  // how many moves to try at most; 0 means 20 for each state
	MainEndsAll bool // when a Main proc returns, the program ends and nobody is left
}

// A Verdict says what a search has found.
type Verdict uint8

const (
	Clean  Verdict = iota // no goroutine can get stuck
	Stuck                 // some can: see the witnesses
	GaveUp                // none was found, but not all was seen
)

func (v Verdict) String() string { return [...]string{"clean", "stuck", "gave up"}[v] }

// A Result is what there is to say about a program.
type Result struct {
	Verdict Verdict
	Reason  string // GaveUp: the bound that was hit

	// Stuck: for each instruction at which a goroutine can be stuck for ever, a
	// shortest schedule, except where an earlier witness ends with one stuck
	// there too. The shortest come first.
	Witnesses []*Witness

	States, Steps int // what the search has cost
}

// Explore looks for goroutines of p that can be left blocked for ever. Equal
// arguments give equal results. It panics if p is malformed: an index out of
// range, an operation on the wrong kind of object, more than 64 goroutines.
func Explore(p *Program, opts Options) Result {
	m := newMachine(p, opts, true)
	g := search(m, true)
	res := Result{States: len(g.states), Steps: len(g.edges)}
	known := make(map[place]bool)
	if g.canStick() {
		// The way there leads through moves that merely went first. Look for
		// shorter ones, as far as the bounds allow.
		full := search(m, false)
		res.States += len(full.states)
		res.Steps += len(full.edges)
		res.Witnesses = append(full.witnesses(known), g.witnesses(known)...)
		res.Verdict = Stuck
	} else if g.reason != "" {
		res.Verdict, res.Reason = GaveUp, g.reason
	}
	return res
}

const (
	defaultStates = 50_000
	stepsPerState = 20
)

// A graph is all that can happen: its states numbered in the order in which
// they were found, breadth first, and the moves between them.
type graph struct {
	*machine
	states []string
	index  map[string]int32
	from   []int32  // for each state, the one it was found from, or -1
	via    []int32  // and by which of its crew's moves, counted from 0
	crew   []uint64 // and which crew moves in it
	loose  []uint64 // and the slots that can be moved sooner or later
	first  []int32  // the edges of state s are edges[first[s]:first[s+1]]
	edges  []edge
	names  map[string]renaming
	reason string // the first bound that was hit, or ""

	maxStates, maxSteps int
}

// An edge leads to a state, or out of the graph.
type edge struct {
	to    int32  // or exit
	moved uint64 // the slots it moves
	names renaming
}

// exit is where the program has ended, or where we have not looked.
const exit = -1

// search visits the states of m's program up to the bounds. If postpone is set
// it leaves out schedules that make no difference to who can be stuck where:
// in each state a crew moves, and the others have to wait.
//
// To wait for ever is ruled out thus: unless all move, some move of the crew
// leads to a state not seen before. From there the same holds. So along new
// states, of which there are finitely many, one comes to a state where all move
// or nobody can, and all that was put off still can be done.
func search(m *machine, postpone bool) *graph {
	g := &graph{machine: m, index: make(map[string]int32), names: make(map[string]renaming)}
	g.maxStates = cmp.Or(m.opts.States, defaultStates)
	g.maxSteps = cmp.Or(m.opts.Steps, stepsPerState*g.maxStates)
	g.add(m.start(), -1, 0)
	for s := 0; s < len(g.states); s++ {
		g.first = append(g.first, int32(len(g.edges)))
		if len(g.edges) >= g.maxSteps {
			g.giveUp(fmt.Sprintf("more than %d steps", g.maxSteps))
			g.edges = append(g.edges, edge{to: exit})
			g.crew = append(g.crew, 0)
			continue
		}
		crew := everybody
		if postpone {
			crew = g.visitSome(s)
		} else {
			g.visit(s, crew)
		}
		g.crew = append(g.crew, crew)
	}
	g.first = append(g.first, int32(len(g.edges)))
	g.loose = g.released()
	return g
}

// visitSome visits what follows state s by the moves of a crew, which it returns.
func (g *graph) visitSome(s int) uint64 {
	for crew := range g.crews(state(g.states[s])) {
		if g.visit(s, crew) {
			return crew
		}
		g.edges = g.edges[:g.first[s]] // nothing new: try the next crew
	}
	g.visit(s, everybody)
	return everybody
}

// visit visits what follows state s by the moves of crew. It reports whether
// any of it is new, or lies outside the graph.
func (g *graph) visit(s int, crew uint64) (fresh bool) {
	ways := int32(0)
	g.expand(state(g.states[s]), crew, func(mv move, moved uint64, next state, f fate) {
		var names renaming
		if f == alive {
			names = g.intern(g.sort(next))
		}
		to, known := g.index[string(next)]
		switch {
		case f == beyond:
			to = exit
			g.giveUp(fmt.Sprintf("too many at once, at instruction %d of %s", mv.pc, g.name(mv.slot)))
		case f == ended:
			to = exit
		case known:
		case len(g.states) >= g.maxStates:
			to = exit
			g.giveUp(fmt.Sprintf("more than %d states", g.maxStates))
		default:
			to = g.add(next, int32(s), ways)
			fresh = true
		}
		fresh = fresh || to == exit
		g.edges = append(g.edges, edge{to, moved, names})
		ways++
	})
	return fresh
}

// add gives a new state its number.
func (g *graph) add(s state, from, via int32) int32 {
	n := int32(len(g.states))
	str := string(s)
	g.states = append(g.states, str)
	g.index[str] = n
	g.from = append(g.from, from)
	g.via = append(g.via, via)
	return n
}

// intern returns r, or a renaming equal to it.
func (g *graph) intern(r renaming) renaming {
	if r == nil {
		return nil
	}
	if known, ok := g.names[string(r)]; ok {
		return known
	}
	g.names[string(r)] = r
	return r
}

func (g *graph) giveUp(reason string) {
	if g.reason == "" {
		g.reason = reason
	}
}

// name returns the name of the proc that slot i is for.
func (m *machine) name(i int) string { return m.prog.Procs[m.slots[i].proc].Name }

// out returns the edges of state s.
func (g *graph) out(s int) []edge { return g.edges[g.first[s]:g.first[s+1]] }
