package mpmc

import "sync/atomic"

// A gate counts those who pass through it, so that it can be shut and the
// moment be found when nobody is inside any more. That moment comes once.
//
// Two counters that only grow tell more than one that says how many are
// inside: the second is also how many have passed, ever.
type gate struct {
	in, out atomic.Uint64 // in includes the bit shut
	closed  atomic.Bool
}

const shut = 1 << 63

// enter reports whether the gate was open. Either way, leave must follow.
func (g *gate) enter() bool { return g.in.Add(1)&shut == 0 }

// leave reports whether this is the moment: the gate is shut and nobody inside.
func (g *gate) leave() bool {
	out := g.out.Add(1)
	return g.in.Load() == shut|out && g.last(out)
}

// shut shuts the gate, and reports whether this is the moment.
func (g *gate) shut() bool {
	g.in.Or(shut)
	return g.last(g.out.Load())
}

// last decides, given a value that out had before now. Since out <= in, and
// both only grow, nobody was inside when in was read if it was still that
// value. Those who come later find the gate shut.
func (g *gate) last(out uint64) bool {
	return g.in.Load() == shut|out && g.closed.CompareAndSwap(false, true)
}

// isShut reports whether the gate is shut.
func (g *gate) isShut() bool { return g.in.Load()&shut != 0 }
