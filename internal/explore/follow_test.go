package explore

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
)

// A follower leads real goroutines along a witness.
type follower struct {
	*world
	wit      *Witness
	routine  []int        // for each lane, the number of its routine
	awaits   map[int]bool // lanes that have announced themselves as writers
	signals  bool         // whether the witness has a Signal that picks a waiter
	problems []string
}

// follow leads real goroutines along wit, lets the others go on as they like,
// and checks that those that are stuck in wit are stuck for real. It cannot
// where a Signal has to wake another waiter than the first: the documentation
// allows that, but package sync does not do it.
func follow(t *testing.T, p *Program, wit *Witness, seed uint64, sum *tally) {
	f := &follower{wit: wit, awaits: make(map[int]bool)}
	f.castLanes(p)
	ways := make([][]int, len(wit.Lanes)+maxSlots)
	for _, st := range wit.Steps {
		for _, c := range st.Choices {
			n := f.routine[st.Lane]
			ways[n] = append(ways[n], c.Way)
		}
		f.signals = f.signals || st.Op == Signal && st.Peer >= 0
	}
	f.world = newWorld(p, rand.New(rand.NewPCG(seed, 99)), true, ways)
	defer func() {
		f.end()
		synctest.Wait()
	}()
	synctest.Wait()
	for _, st := range wit.Steps {
		f.step(st)
	}
	if len(f.problems) == 0 {
		f.finish()
	}
	switch {
	case len(f.problems) == 0:
		sum.followed++
	case f.signals:
		sum.diverged++
	default:
		t.Errorf("seed %d: for real, %v\n%s\n%s", seed, f.problems, wit.Text(nil), listing(p))
	}
}

// castLanes finds out which routine plays which lane. Both are in the order of
// the starts, but who returns at once is no lane.
func (f *follower) castLanes(p *Program) {
	m := newMachine(p, Options{}, true)
	n, s := 0, m.start()
	for i, proc := range p.Procs {
		for k := range proc.Start {
			if m.pc(s, m.first[i]+k) >= 0 {
				f.routine = append(f.routine, n)
			}
			n++
		}
	}
	for len(f.routine) < len(f.wit.Lanes) {
		f.routine = append(f.routine, n)
		n++
	}
}

func (f *follower) problem(format string, args ...any) {
	f.problems = append(f.problems, fmt.Sprintf(format, args...))
}

// lane returns the routine that plays lane i, or nil if it has not started.
func (f *follower) lane(i int) *routine {
	if n := f.routine[i]; n < len(f.routines) {
		return f.routines[n]
	}
	f.problem("lane %d has not started", i)
	return nil
}

// give gives lane i a turn, to take case alt if it is a select.
func (f *follower) give(i, alt int) {
	r := f.lane(i)
	if r == nil {
		return
	}
	if r.status.Load() != ready {
		f.problem("%s cannot go on from instruction %d", f.wit.Lanes[i].Name, r.pc.Load())
		return
	}
	r.turn <- order{alt: alt, choose: true}
	synctest.Wait()
}

// step does one step of the witness.
func (f *follower) step(st Step) {
	mv := st.move
	switch {
	case len(f.problems) > 0 || st.Op == Branch:
		return // branches were told how to go
	case mv.how == outside || mv.how == fired:
		f.fire(st.Obj)
	case st.Op == Lock && f.awaits[st.Lane]:
		f.awaits[st.Lane] = false // it got the lock by itself
		return
	}
	if mv.how == met && !f.defaults(st.Peer, mv.peerPC) {
		f.give(st.Peer, mv.peerAlt)
		f.give(st.Lane, mv.alt)
	} else if mv.how == met {
		f.give(st.Lane, mv.alt)
		f.give(st.Peer, mv.peerAlt)
	} else {
		f.give(st.Lane, mv.alt)
	}
	f.awaits[st.Lane] = mv.how == announced
	if r := f.lane(st.Lane); mv.how != announced && mv.how != slept && r != nil && r.status.Load() == busy {
		f.problem("%s does not get past instruction %d", f.wit.Lanes[st.Lane].Name, r.pc.Load())
	}
	if st.Peer < 0 {
		return
	}
	if r := f.lane(st.Peer); r != nil && r.status.Load() == busy {
		f.problem("%s is not released at instruction %d", f.wit.Lanes[st.Peer].Name, r.pc.Load())
	}
}

// defaults reports whether lane i, at pc, is in a select with default.
func (f *follower) defaults(i, pc int) bool {
	return f.prog.Procs[f.wit.Lanes[i].Proc].Code[pc].Default
}

// finish lets the stuck goroutines do their last operation, and all the others
// whatever they like.
func (f *follower) finish() {
	for _, st := range f.wit.Stuck {
		if r := f.lane(st.Lane); r != nil && r.status.Load() == ready {
			r.turn <- order{}
			synctest.Wait()
		}
	}
	f.runOut()
	if f.crashed {
		f.problem("the program crashes")
	}
	for _, st := range f.wit.Stuck {
		r := f.lane(st.Lane)
		if r == nil || r.status.Load() != busy || r.pc.Load() != int64(st.move.pc) {
			f.problem("%s is not stuck at instruction %d", f.wit.Lanes[st.Lane].Name, st.move.pc)
		}
	}
}
