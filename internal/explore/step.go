package explore

import "slices"

// A move is one edge of the state graph: who does what. It is comparable, and
// within one state no two moves are equal, so that a schedule can be found
// again from its moves.
type move struct {
	slot, pc, alt int // alt is the number of the select case or of the way
	peer          int // the slot of the other goroutine it moves, or -1
	peerPC        int
	peerAlt       int
	how           how
}

// A how tells apart what one operation can do.
type how uint8

const (
	plain     how = iota // it just works
	met                  // two met on an unbuffered channel
	sawClosed            // a receive from a closed channel
	fired                // a timer fires
	outside              // a context is cancelled from outside, and seen so
	brought              // somebody outside has taken part
	defaulted            // the default case
	refused              // a Try or Test takes Else
	announced            // a writer waits for the readers to leave
	slept                // a CondWait has unlocked and sleeps
	blocked              // nothing: it is how a witness ends
)

// A fate says how the program goes on after a move.
type fate uint8

const (
	alive  fate = iota
	ended       // there is no program any more: a crash, or main has returned
	beyond      // more goroutines or higher counts than are modelled
)

// An expander enumerates the moves of one state after the other, always in the
// same order.
type expander struct {
	*machine
	from  state // the state that is left
	next  state // a buffer for the state that is entered
	yield func(mv move, moved uint64, next state, f fate)
}

// expand calls yield for every move out of s that a slot of crew begins, with
// the set of slots that it moves and the state it leads to. That state is only
// valid during the call, and only meaningful if f is alive.
func (m *machine) expand(s state, crew uint64, yield func(mv move, moved uint64, next state, f fate)) {
	e := expander{machine: m, from: s, next: make(state, m.size), yield: yield}
	for i := range m.running(s) {
		if crew&(1<<i) != 0 {
			e.act(i)
		}
	}
}

// act enumerates the moves that the goroutine in slot i begins.
func (e *expander) act(i int) {
	in := e.at(e.from, i)
	if in == nil {
		return // it spins
	}
	switch in.Op {
	case Branch:
		e.branch(i)
	case Return, Panic:
		e.end(e.move(i, plain), ended)
	case Go:
		e.start(i, in)
	case Send, Recv, Select:
		e.communicate(i, in)
	case Close:
		e.close(i, in)
	case Lock, TryLock, Unlock:
		e.lock(i, in)
	case RLock, TryRLock, RUnlock:
		e.rlock(i, in)
	case Add, Wait:
		e.count(i, in)
	case CondWait, Signal, Broadcast:
		e.cond(i, in)
	case Cancel:
		e.set(in.Obj, 1)
		e.goOn(e.move(i, plain), in.Next)
	case Set:
		e.set(in.Obj, in.N)
		e.goOn(e.move(i, plain), in.Next)
	case Test:
		e.test(i, in)
	default:
		panic("explore: a goroutine rests at a jump")
	}
}

// move returns a move of slot i alone.
func (e *expander) move(i int, h how) move {
	return move{slot: i, pc: e.pc(e.from, i), peer: -1, how: h}
}

// fresh makes next a copy of the state that is left.
func (e *expander) fresh() state {
	copy(e.next, e.from)
	return e.next
}

// set makes next a copy of the state that is left, but for object o.
func (e *expander) set(o, v int) { e.fresh().setObj(o, v) }

// goOn completes a move of one goroutine: in next, it goes on at pc.
func (e *expander) goOn(mv move, pc int) {
	e.enter(e.next, mv.slot, pc)
	e.yield(mv, 1<<mv.slot, e.next, alive)
}

// stay completes a move after which the goroutine is still at its instruction,
// but in another phase of it.
func (e *expander) stay(mv move, phase int) {
	e.setPhase(e.next, mv.slot, phase)
	e.yield(mv, 1<<mv.slot, e.next, alive)
}

// end completes a move that leaves the graph.
func (e *expander) end(mv move, f fate) { e.yield(mv, 1<<mv.slot, e.next, f) }

// start runs a go statement.
func (e *expander) start(i int, in *Instr) {
	mv := e.move(i, plain)
	child := e.free(e.from, in.N)
	if child < 0 {
		e.end(mv, beyond)
		return
	}
	mv.peer = child
	e.fresh()
	e.enter(e.next, child, 0)
	e.goOn(mv, in.Next)
}

// branch enumerates the operations that slot i, at an open branch, can get to.
func (e *expander) branch(i int) {
	ways := e.ways(e.from, i)
	if len(ways) == 0 {
		e.spin(e.fresh(), i)
		e.yield(e.move(i, plain), 1<<i, e.next, alive)
	}
	for k, w := range ways {
		mv := e.move(i, plain)
		mv.alt = k
		copy(e.next, w.to)
		e.yield(mv, 1<<i, e.next, alive)
	}
}

// A way is what happens from an open branch to the next operation.
type way struct {
	to      state
	choices []Choice
}

// ways returns every way that leads slot i from an open branch to an operation,
// to its end, or to where it spins. There is none if all branches only lead
// back to each other. If only some do, for the sake of a decided condition, that
// it may go there is left out: nobody would be released by it.
func (m *machine) ways(s state, i int) []way {
	var out []way
	seen := map[string]bool{string(s): true}
	todo := []way{{to: s}}
	for len(todo) > 0 {
		w := todo[0]
		todo = todo[1:]
		in := m.at(w.to, i)
		if in == nil || in.Op != Branch {
			out = append(out, w)
			continue
		}
		for k, t := range in.To {
			to := slices.Clone(w.to)
			if in.Cond > 0 {
				m.setChoice(to, i, in.Cond, k)
			}
			m.enter(to, i, t)
			if !seen[string(to)] {
				seen[string(to)] = true
				choice := Choice{Site: in.Site, Label: in.Label, Way: k, Ways: len(in.To)}
				todo = append(todo, way{to, append(slices.Clip(w.choices), choice)})
			}
		}
	}
	return out
}

// close closes a channel.
func (e *expander) close(i int, in *Instr) {
	v := e.from.obj(in.Obj)
	if e.prog.Objects[in.Obj].Nil || v&closedBit != 0 {
		e.end(e.move(i, plain), ended)
		return
	}
	e.set(in.Obj, v|closedBit)
	e.goOn(e.move(i, plain), in.Next)
}

// communicate enumerates what a Send, Recv or Select can do now.
func (e *expander) communicate(i int, in *Instr) {
	certain := false // whether a case is ready whatever the others do
	for k, c := range e.offers[e.slots[i].proc][e.pc(e.from, i)] {
		mv := e.move(i, plain)
		mv.alt = k
		var ready bool
		switch o := &e.prog.Objects[c.Obj]; {
		case o.Kind == Context:
			ready = e.done(mv, c, o)
		case o.Kind == Timer:
			e.fire(mv, c, o)
		case o.Nil:
			// Never ready.
		case c.Op == Send:
			ready = e.send(mv, c, !in.Default)
		default:
			ready = e.recv(mv, c)
		}
		certain = certain || ready
		if c.Open {
			mv.how = brought
			e.fresh()
			e.goOn(mv, c.Next)
		}
	}
	if in.Default && !certain {
		mv := e.move(i, defaulted)
		mv.alt = -1
		e.fresh()
		e.goOn(mv, in.Next)
	}
}

// done receives from a context's Done. That the context is cancelled from
// outside needs no move of its own: until someone looks, nobody knows.
func (e *expander) done(mv move, c Case, o *Object) (ready bool) {
	ready = e.from.obj(c.Obj) != 0
	if !ready {
		mv.how = outside
	}
	if ready || o.Env {
		e.set(c.Obj, 1)
		e.goOn(mv, c.Next)
	}
	return ready
}

// fire receives from a timer, which needs to fire no sooner.
func (e *expander) fire(mv move, c Case, o *Object) {
	mv.how = fired
	if o.Repeat && e.from.obj(c.Obj) == 0 {
		e.fresh()
		e.goOn(mv, c.Next)
	} else if e.from.obj(c.Obj) == 0 {
		e.set(c.Obj, 1)
		e.goOn(mv, c.Next)
	}
}

// send puts an element in the buffer, or meets a receiver. A sender that does
// not wait, as in a select with default, meets only one that does.
func (e *expander) send(mv move, c Case, waits bool) (ready bool) {
	v, size := e.from.obj(c.Obj), e.prog.Objects[c.Obj].Cap
	switch {
	case v&closedBit != 0:
		e.end(mv, ended)
		return true
	case size > 0:
		if v == maxCount {
			e.end(mv, beyond)
		} else if v < size {
			e.set(c.Obj, v+1)
			e.goOn(mv, c.Next)
		}
		return v < size
	}
	for j := range e.running(e.from) {
		other := e.at(e.from, j)
		if j == mv.slot || other == nil || !waits && other.Default {
			continue
		}
		for k, d := range e.offers[e.slots[j].proc][e.pc(e.from, j)] {
			if d.Op == Recv && d.Obj == c.Obj {
				e.meet(mv, c, j, k, d)
			}
		}
	}
	return false
}

// meet hands an element over from one goroutine to another.
func (e *expander) meet(mv move, c Case, j, k int, d Case) {
	mv.how = met
	mv.peer, mv.peerPC, mv.peerAlt = j, e.pc(e.from, j), k
	e.fresh()
	e.enter(e.next, mv.slot, c.Next)
	e.enter(e.next, j, d.Next)
	e.yield(mv, 1<<mv.slot|1<<j, e.next, alive)
}

// recv takes an element from the buffer, or finds the channel closed. That two
// meet is enumerated by the sender.
func (e *expander) recv(mv move, c Case) (ready bool) {
	v := e.from.obj(c.Obj)
	switch {
	case v&^closedBit > 0:
		e.set(c.Obj, v-1)
		e.goOn(mv, c.Next)
		return true
	case v&closedBit != 0:
		mv.how = sawClosed
		e.fresh()
		e.goOn(mv, c.Else)
		return true
	}
	return false
}
