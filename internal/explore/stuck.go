package explore

// Which goroutines are stuck, and where, once the graph is known.
//
// Representation: for each state the set of slots that can be released, which
// is to say moved by some schedule from there. Direction: backwards. It is the
// least solution of
//
//	released(s) = union over the edges s -> t of moved(s -> t) and released(t)
//
// where what lies outside the graph releases all. A slot that is reused for
// another goroutine does no harm: the first one had to move to leave it.

// everybody is the set of all slots.
const everybody = ^uint64(0)

// released computes for each state the slots that can still be moved. Most
// edges lead to later numbers, so few sweeps from the end suffice.
func (g *graph) released() []uint64 {
	rel := make([]uint64, len(g.states))
	for changed := true; changed; {
		changed = false
		for s := len(rel) - 1; s >= 0; s-- {
			r := rel[s]
			for _, e := range g.out(s) {
				if e.to == exit {
					r = everybody
					break
				}
				r |= e.moved | e.names.before(rel[e.to])
			}
			changed = changed || r != rel[s]
			rel[s] = r
		}
	}
	return rel
}

// stuck returns the slots of s that are stuck, released being those that can
// be moved, except where waiting for ever is allowed.
func (m *machine) stuck(s state, released uint64) []int {
	if released == everybody {
		return nil
	}
	var slots []int
	for i := range m.running(s) {
		in := m.at(s, i)
		if in == nil || in.Idle || m.prog.Procs[m.slots[i].proc].Daemon || released&(1<<i) != 0 {
			continue
		}
		slots = append(slots, i)
	}
	return slots
}

// A place is an instruction.
type place struct{ proc, pc int }

// canStick reports whether any goroutine can be stuck.
func (g *graph) canStick() bool {
	for s, released := range g.loose {
		if len(g.stuck(state(g.states[s]), released)) > 0 {
			return true
		}
	}
	return false
}

// witnesses returns a witness for each instruction at which goroutines can be
// stuck, and adds it to known, unless it is already there. States are looked at
// in the order in which they were found, so each gets a shortest schedule.
func (g *graph) witnesses(known map[place]bool) []*Witness {
	var found []*Witness
	for s, released := range g.loose {
		st := state(g.states[s])
		slots := g.stuck(st, released)
		fresh := false
		for _, i := range slots {
			p := place{g.slots[i].proc, g.pc(st, i)}
			fresh = fresh || !known[p]
			known[p] = true
		}
		if fresh {
			found = append(found, g.witness(s, slots))
		}
	}
	return found
}
