package explore

import (
	"fmt"
	"maps"
	"slices"
)

// A Witness is a schedule that ends with goroutines stuck for ever. It can be
// told as text ([Witness.Text]) or drawn: a lane for each goroutine, a row for
// each step, and an arrow from Lane to Peer where a step has one.
type Witness struct {
	Lanes []Lane
	Steps []Step
	Stuck []Step // how it ends: one for each stuck goroutine, at the instruction where it waits
	Held  []Hold // and who holds which locks then, by lock
}

// A Hold is a lock that is held.
type Hold struct {
	Obj  int
	Lane int // the goroutine that took it
	Site int // where it did
}

// A Lane is one goroutine, in the order in which they start.
type Lane struct {
	Proc int
	Name string // the name of the proc, with a number if several lanes run it

	Idle bool // it waits where it may wait for ever, or loops for ever
}

// A Step is what one goroutine does, or two do together.
type Step struct {
	Lane     int
	Peer     int // the lane that receives, is started, or is woken; or -1
	Op       Op  // Select only for its default case, or if it is stuck
	Obj      int // the object, or -1
	Site     int
	PeerSite int      // where the peer receives or waits
	Choices  []Choice // Branch: what was decided, in order
	What     string   // to be read after the name of the lane: "sends on c to worker"

	move move
}

// A Choice is how one Branch was decided.
type Choice struct {
	Site      int
	Label     string
	Way, Ways int // way number Way of so many
}

// A scene is a move together with the states around it.
type scene struct {
	move
	before, after state
	names         renaming // from after to the next scene's before
}

// witness tells how state s is reached and which slots are stuck there.
func (g *graph) witness(s int, slots []int) *Witness {
	var path []int
	for at := s; at >= 0; at = int(g.from[at]) {
		path = append(path, at)
	}
	slices.Reverse(path)
	var scenes []scene
	for i, at := range path[1:] {
		scenes = append(scenes, g.nth(path[i], int(g.via[at])))
	}
	return g.tell(scenes, s, slots)
}

// nth returns move n of state number s.
func (g *graph) nth(s, n int) scene {
	var sc scene
	from := state(g.states[s])
	g.expand(from, g.crew[s], func(mv move, _ uint64, next state, _ fate) {
		if n == 0 {
			sc = scene{move: mv, before: from, after: slices.Clone(next)}
			sc.names = g.sort(next)
		}
		n--
	})
	return sc
}

// tell makes a witness of the scenes that lead to state number n.
func (g *graph) tell(scenes []scene, n int, slots []int) *Witness {
	s := state(g.states[n])
	w := &Witness{}
	laneOf := make(map[int]int) // from slots, as time goes on
	enter := func(i int) {
		laneOf[i] = len(w.Lanes)
		w.Lanes = append(w.Lanes, Lane{Proc: g.slots[i].proc})
	}
	for i := range g.running(g.start()) {
		enter(i)
	}
	for _, sc := range scenes {
		if sc.op(g.machine) == Go {
			enter(sc.peer)
		}
		w.Steps = append(w.Steps, g.step(sc, laneOf))
		laneOf = sc.names.apply(laneOf)
	}
	for _, i := range slots {
		mv := move{slot: i, pc: g.pc(s, i), alt: -1, peer: -1, how: blocked}
		sc := scene{move: mv, before: s, after: s}
		w.Stuck = append(w.Stuck, g.step(sc, laneOf))
	}
	w.nameLanes(g.prog)
	for i := range g.running(s) {
		w.Lanes[laneOf[i]].Idle = g.loose[n]&(1<<i) == 0 && !slices.Contains(slots, i)
	}
	t := teller{machine: g.machine, w: w, holders: make(map[int][]Hold)}
	for i, sc := range scenes {
		w.Steps[i].What = t.does(&w.Steps[i], sc)
	}
	for i := range w.Stuck {
		w.Stuck[i].What = t.blocks(&w.Stuck[i], s)
	}
	for _, o := range slices.Sorted(maps.Keys(t.holders)) {
		w.Held = append(w.Held, t.holders[o]...)
	}
	return w
}

// op returns the operation of the scene's instruction.
func (sc scene) op(m *machine) Op { return m.at(sc.before, sc.slot).Op }

// step makes a step of a scene, but for the words.
func (m *machine) step(sc scene, laneOf map[int]int) Step {
	in := m.at(sc.before, sc.slot)
	st := Step{Lane: laneOf[sc.slot], Peer: -1, Op: in.Op, Obj: in.Obj, Site: in.Site, move: sc.move}
	switch in.Op {
	case Branch:
		st.Obj = -1
		if ways := m.ways(sc.before, sc.slot); len(ways) > 0 {
			st.Choices = ways[sc.alt].choices
		}
	case Select:
		st.Obj = -1
		if sc.alt >= 0 {
			c := in.Cases[sc.alt]
			st.Op, st.Obj, st.Site = c.Op, c.Obj, c.Site
		}
	case Go, Return, Panic:
		st.Obj = -1
	}
	if sc.peer >= 0 {
		st.Peer = laneOf[sc.peer]
		if other := m.at(sc.before, sc.peer); other != nil {
			st.PeerSite = other.Site
			if other.Op == Select {
				st.PeerSite = other.Cases[sc.peerAlt].Site
			}
		}
	}
	return st
}

// nameLanes gives each lane a name of its own.
func (w *Witness) nameLanes(p *Program) {
	total, nth := make(map[int]int), make(map[int]int)
	for _, l := range w.Lanes {
		total[l.Proc]++
	}
	for i := range w.Lanes {
		l := &w.Lanes[i]
		l.Name = p.Procs[l.Proc].Name
		if nth[l.Proc]++; total[l.Proc] > 1 {
			l.Name = fmt.Sprintf("%s #%d", l.Name, nth[l.Proc])
		}
	}
}

// Replay runs the schedule of w on p again and checks that it can happen, that
// the goroutines it calls stuck are then where it says, and, by a search of its
// own from there, that nothing will ever move them; it does not look beyond the
// bounds on goroutines. It returns the first disagreement.
func Replay(p *Program, opts Options, w *Witness) error {
	m := newMachine(p, opts, true)
	s := m.start()
	for n, st := range w.Steps {
		var next state
		m.expand(s, everybody, func(mv move, _ uint64, to state, f fate) {
			if mv == st.move && f == alive {
				next = slices.Clone(to)
				m.sort(next)
			}
		})
		if next == nil {
			return fmt.Errorf("step %d, %s %s, cannot happen", n+1, w.Lanes[st.Lane].Name, st.What)
		}
		s = next
	}
	if len(w.Stuck) == 0 {
		return fmt.Errorf("nobody is stuck")
	}
	fixed := newMachine(p, opts, true)
	fixed.twins = nil // goroutines keep their slots
	for _, st := range w.Stuck {
		i, name := st.move.slot, w.Lanes[st.Lane].Name
		if m.pc(s, i) != st.move.pc {
			return fmt.Errorf("in the end %s is at instruction %d, not %d", name, m.pc(s, i), st.move.pc)
		}
		if err := fixed.staysPut(s, i); err != nil {
			return fmt.Errorf("%s is not stuck: %w", name, err)
		}
	}
	return nil
}

// staysPut checks that no schedule from s moves slot i.
func (m *machine) staysPut(s state, i int) (err error) {
	seen := map[string]bool{string(s): true}
	for todo := []state{s}; len(todo) > 0 && err == nil; todo = todo[1:] {
		m.expand(todo[0], everybody, func(mv move, moved uint64, next state, f fate) {
			switch {
			case f == beyond:
			case f == ended:
				err = fmt.Errorf("the program may end at instruction %d of %s", mv.pc, m.name(mv.slot))
			case moved&(1<<i) != 0:
				err = fmt.Errorf("%s may move it at instruction %d", m.name(mv.slot), mv.pc)
			case !seen[string(next)]:
				seen[string(next)] = true
				todo = append(todo, slices.Clone(next))
			}
		})
	}
	return err
}
