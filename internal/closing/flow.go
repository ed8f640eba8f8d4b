package closing

import (
	"iter"
	"slices"

	"golang.org/x/tools/go/ssa"
	"honnef.co/go/tools/analysis/dfa/dense"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// flow is the dataflow over one function.
type flow struct {
	r      *effect.Result
	f      *conc.Func
	events map[eventKey]*Event
	in     []state
	found  *Findings // nil until the fixpoint is reached
}

// eventKey tells the events of a function apart, so that each has one address.
type eventKey struct {
	at   *conc.Op
	use  *conc.Op
	ch   place.Place
	kind conc.Kind
}

func (fl *flow) event(e Event) *Event {
	k := eventKey{e.At, e.Use.Op, e.Use.Chan, e.Use.Kind}
	if fl.events[k] == nil {
		fl.events[k] = &e
	}
	return fl.events[k]
}

func (fl *flow) solve() {
	res := dense.Forward[lattice](graph{fl.f}, map[int]state{0: {reached: true}}, func(from, to int, s state) state {
		if !s.reached {
			return s
		}
		return fl.edge(from, to, fl.block(from, s))
	})
	fl.in = make([]state, len(fl.f.Blocks))
	for i := range fl.in {
		fl.in[i] = res.In(i)
	}
}

// collect walks the blocks once more, and notes what is found.
func (fl *flow) collect() Findings {
	fl.found = new(Findings)
	for i, s := range fl.in {
		if s.reached {
			fl.block(i, s)
		}
	}
	fl.found.Races = fl.racesOnPaths(fl.found.Races)
	return *fl.found
}

// block is the state after block i.
func (fl *flow) block(i int, s state) state {
	b := fl.f.Blocks[i]
	ops := b.Ops
	for _, instr := range b.SSA.Instrs {
		for len(ops) > 0 && ops[0].Instr == instr {
			s = fl.step(ops[0], s)
			ops = ops[1:]
		}
		s = fl.renew(instr, s)
	}
	return s
}

// renew forgets the channels whose places come to mean others by instr.
func (fl *flow) renew(instr ssa.Instruction, s state) state {
	if len(s.closed)+len(s.senders) == 0 {
		return s
	}
	if st, ok := instr.(*ssa.Store); ok {
		return s.forget(func(ch place.Place) bool { return fl.r.Overwrites(st, ch) })
	}
	if v, ok := instr.(ssa.Value); ok {
		return s.forget(func(ch place.Place) bool { return ch.DependsOn(v) })
	}
	return s
}

// step is the state after op.
func (fl *flow) step(op *conc.Op, s state) state {
	switch op.Kind {
	case conc.Defer:
		if !slices.Contains(s.defers, op) {
			s.defers = append([]*conc.Op{op}, s.defers...)
		}
		return s
	case conc.RunDefers:
		defers := s.defers
		s.defers = nil
		for _, d := range defers {
			s = fl.run(d.Inner, s, true)
		}
		return s
	}
	return fl.run(op, s, false)
}

// run is the state after op, which may be deferred, has run.
func (fl *flow) run(op *conc.Op, s state, deferred bool) state {
	uses := fl.r.ChanUses(op)
	for _, u := range uses {
		fl.check(Event{op, u, deferred}, s)
	}
	s = fl.called(op, s)
	if fl.waits(op) {
		s.senders = nil
	}
	for _, u := range uses {
		if u.Chan.IsZero() {
			continue
		}
		e := entry{u.Chan, fl.event(Event{op, u, deferred}), true}
		switch {
		case u.Kind == conc.Close && fl.counts(op, u):
			s.closed = with(s.closed, e)
		case u.Kind == conc.Send && op.Kind == conc.Go && u.Via == conc.Static:
			s.senders = with(s.senders, e)
		}
	}
	return s
}

// called forgets what the functions that op calls put new channels in the place
// of. A function value may be any function of the package.
func (fl *flow) called(op *conc.Op, s state) state {
	if op.Call == nil || op.Kind == conc.Go || op.Kind == conc.Known || len(s.closed)+len(s.senders) == 0 {
		return s
	}
	if len(op.Call.Targets) == 0 && op.Call.Obj == nil {
		return s.forget(func(ch place.Place) bool { return ch.Kind() != place.Made })
	}
	return s.forget(func(ch place.Place) bool {
		return slices.ContainsFunc(op.Call.Targets, func(t conc.Target) bool { return fl.r.Stores(t.Func, ch) })
	})
}

// counts reports whether a use happens when op runs, as far as conditions are
// told.
func (fl *flow) counts(op *conc.Op, u effect.ChanUse) bool {
	own := u.Op == op
	return (own || u.Always) && u.Via == conc.Static
}

// check notes what is wrong about e in state s.
func (fl *flow) check(e Event, s state) {
	if fl.found == nil || !fl.counts(e.At, e.Use) {
		return
	}
	for _, c := range s.closed {
		if c.ch == e.Use.Chan && fl.follows(c, e) {
			fl.found.Agains = append(fl.found.Agains, Again{c.ch, *c.event, e})
		}
	}
	if e.Use.Kind != conc.Close || e.At.Kind == conc.Go {
		return
	}
	for _, g := range s.senders {
		send := g.event.Use.Op // nil in another package, where it may recover
		if g.ch == e.Use.Chan && send != nil && !Recovers(send.Fn) && !fl.waitsBetween(g.event.At, e) {
			fl.found.Races = append(fl.found.Races, Race{g.ch, *g.event, e})
		}
	}
}

// graph presents the blocks of a function to the dataflow solver.
type graph struct{ f *conc.Func }

// NumNodes is the number of blocks.
func (g graph) NumNodes() int { return len(g.f.Blocks) }

// Nodes yields the indices of the blocks.
func (g graph) Nodes() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range g.f.Blocks {
			if !yield(i) {
				return
			}
		}
	}
}

// Out yields the successors of a block.
func (g graph) Out(n int) iter.Seq[int] { return slices.Values(g.f.Blocks[n].Succs) }
