// Package closing finds what is done to a channel after it was closed, or while
// others may still send on it.
//
// Method. A forward dataflow over the instructions of a function. The state is
// the set of channels closed so far, each on every path (must) or on some
// (may), the goroutines started so far that may still send, and the stack of
// deferred calls, which run in last-in-first-out order where the function
// returns. What a called function closes or sends on is asked of
// internal/effect. A channel is forgotten where its place comes to mean another
// one: a store to it, or to what it is reached through, by the function or by
// one that it calls, or the next round of the loop that it is computed in. A
// goroutine is forgotten where the function waits for anything that it could
// tell.
//
// Conditions are not followed, so what is done to a closed channel under one that
// may know of the close is left out: a flag, a comparison with nil, a select that
// looks at the channel. Of a close while others may send, which conditions allow
// it is looked at in the end, path by path. Panics and aliases through memory are
// ignored. All of this loses findings.
package closing

import (
	"cmp"
	"slices"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// An Event is an operation of a function and what it does to a channel, itself,
// in what it calls, or in the goroutine that it starts.
type Event struct {
	At       *conc.Op
	Use      effect.ChanUse
	Deferred bool
}

// Started reports whether the event is in a goroutine that is started.
func (e Event) Started() bool { return e.At.Kind == conc.Go }

// An Again is a send on, or a close of, a channel that has been closed.
type Again struct {
	Chan        place.Place
	First, Then Event
}

// InLoop reports whether one operation comes after itself, in the next round.
func (a Again) InLoop() bool { return a.First.At == a.Then.At }

// A Race is a close of a channel on which a goroutine may still send.
type Race struct {
	Chan   place.Place
	Sender Event // starts it
	Close  Event
}

// Findings are what was found in one function.
type Findings struct {
	Agains []Again
	Races  []Race
}

// Find analyzes f.
func Find(r *effect.Result, f *conc.Func) Findings {
	if !closes(r, f) || Recovers(f) {
		return Findings{}
	}
	fl := &flow{r: r, f: f, events: make(map[eventKey]*Event)}
	fl.solve()
	return fl.collect()
}

// closes reports whether anything in f closes a channel.
func closes(r *effect.Result, f *conc.Func) bool {
	for op := range f.Ops {
		if op.Kind == conc.Defer {
			op = op.Inner
		}
		if slices.ContainsFunc(r.ChanUses(op), func(u effect.ChanUse) bool { return u.Kind == conc.Close }) {
			return true
		}
	}
	return false
}

// entry is a channel that was closed, or on which a goroutine may send.
type entry struct {
	ch    place.Place
	event *Event
	must  bool
}

// state is what is known before an instruction. It is immutable.
type state struct {
	closed  []entry
	senders []entry
	defers  []*conc.Op // the last to run first
	reached bool
}

// with is list with e added; the first event of a channel is kept.
func with(list []entry, e entry) []entry {
	for i, old := range list {
		if old.ch != e.ch || old.event != e.event {
			continue
		}
		if old.must || !e.must {
			return list
		}
		list = slices.Clone(list)
		list[i].must = true
		return list
	}
	list = append(slices.Clone(list), e)
	slices.SortFunc(list, compareEntries)
	return list
}

func compareEntries(a, b entry) int {
	return cmp.Or(
		cmp.Compare(a.event.At.Pos(), b.event.At.Pos()),
		cmp.Compare(a.event.At.Block, b.event.At.Block),
		cmp.Compare(a.ch.String(), b.ch.String()),
	)
}

// without is list less the entries for which gone is true.
func without(list []entry, gone func(entry) bool) []entry {
	if !slices.ContainsFunc(list, gone) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), gone)
}

// forget is s without the channels for which gone is true.
func (s state) forget(gone func(place.Place) bool) state {
	of := func(e entry) bool { return gone(e.ch) }
	s.closed, s.senders = without(s.closed, of), without(s.senders, of)
	return s
}

// lattice is the semilattice of states. Its identity is the state of what is
// not reached.
type lattice struct{}

// Ident returns the state of unreachable code.
func (lattice) Ident() state { return state{} }

// Equals reports whether two states are the same.
func (lattice) Equals(a, b state) bool {
	return a.reached == b.reached && same(a.closed, b.closed) && same(a.senders, b.senders) && slices.Equal(a.defers, b.defers)
}

// same reports whether two lists have the same entries. Those that compare as
// equal are in no particular order.
func same(a, b []entry) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(e entry) bool { return !slices.Contains(b, e) })
}

// Merge joins the states of two paths.
func (lattice) Merge(a, b state) state {
	switch {
	case !a.reached:
		return b
	case !b.reached:
		return a
	}
	return state{
		closed:  union(a.closed, b.closed),
		senders: union(a.senders, b.senders),
		defers:  mergeDefers(a.defers, b.defers),
		reached: true,
	}
}

// union keeps the entries of both, as must if the channel is closed for certain
// on both.
func union(a, b []entry) []entry {
	if same(a, b) {
		return a
	}
	var out []entry
	add := func(list, other []entry) {
		for _, e := range list {
			e.must = e.must && slices.ContainsFunc(other, func(o entry) bool { return o.ch == e.ch && o.must })
			out = with(out, e)
		}
	}
	add(a, b)
	add(b, a)
	return out
}

// mergeDefers is every operation deferred on either path, the later in the
// source to run first.
func mergeDefers(a, b []*conc.Op) []*conc.Op {
	if slices.Equal(a, b) {
		return a
	}
	out := slices.Clone(a)
	for _, op := range b {
		if !slices.Contains(out, op) {
			out = append(out, op)
		}
	}
	slices.SortStableFunc(out, func(x, y *conc.Op) int { return cmp.Compare(y.Pos(), x.Pos()) })
	return out
}
