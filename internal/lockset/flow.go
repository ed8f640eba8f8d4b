package lockset

import (
	"go/token"
	"iter"

	"golang.org/x/tools/go/ssa"
	"honnef.co/go/tools/analysis/dfa/dense"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// An Effect is what a call does to locks, in the places of the caller.
type Effect struct {
	Acquires []Acquired    // held when the call returns, on every path
	Releases []place.Place // released by the call, on some path
}

// An Acquired is a lock that a call leaves held.
type Acquired struct {
	Lock place.Place
	Mode Mode
}

// A Flow is the solution for one function.
type Flow struct {
	fn     *conc.Func
	effect func(*conc.Op) Effect
	in     []Set
	exit   Set
}

// Solve runs the dataflow over f. effect says what a call does to locks.
func Solve(f *conc.Func, effect func(*conc.Op) Effect) *Flow {
	fl := &Flow{fn: f, effect: effect, in: make([]Set, len(f.Blocks))}
	if !touchesLocks(f, effect) {
		for i := range fl.in {
			fl.in[i].reached = true
		}
		fl.exit.reached = true
		return fl
	}
	entry := map[int]Set{0: {reached: true}}
	res := dense.Forward[lattice](graph{f}, entry, func(from, to int, s Set) Set {
		if !s.reached {
			return s
		}
		for _, op := range f.Blocks[from].Ops {
			s = fl.step(op, s, nil)
		}
		return fl.branch(from, to, s)
	})
	for i := range fl.in {
		fl.in[i] = res.In(i)
	}
	fl.finish()
	return fl
}

// touchesLocks reports whether the state can change in f at all; most
// functions need no dataflow.
func touchesLocks(f *conc.Func, effect func(*conc.Op) Effect) bool {
	for op := range f.Ops {
		switch op.Kind {
		case conc.Lock, conc.RLock, conc.Unlock, conc.RUnlock, conc.TryLock, conc.TryRLock, conc.Defer:
			return true
		case conc.Call, conc.Once, conc.Go:
			if op.Kind == conc.Go {
				op = op.Inner
			}
			if e := effect(op); len(e.Acquires)+len(e.Releases) > 0 {
				return true
			}
		}
	}
	return false
}

// finish computes the state in which f returns.
func (fl *Flow) finish() {
	for i, b := range fl.fn.Blocks {
		if len(b.Succs) > 0 || !fl.in[i].reached {
			continue
		}
		s := fl.in[i]
		returns := false
		for _, op := range b.Ops {
			s = fl.step(op, s, nil)
			returns = returns || op.Kind == conc.Return
		}
		if returns {
			fl.exit = lattice{}.Merge(fl.exit, s)
		}
	}
}

// Exit is the state in which f returns, after its deferred calls.
func (fl *Flow) Exit() Set { return fl.exit }

// All yields the operations of f with the state before each. Deferred
// operations come where they run, once for every exit of the function; the
// operations inside a deferred closure are not looked into.
func (fl *Flow) All() iter.Seq2[*conc.Op, Set] {
	return func(yield func(*conc.Op, Set) bool) {
		for i, b := range fl.fn.Blocks {
			s := fl.in[i]
			if !s.reached {
				continue
			}
			more := true
			visit := func(op *conc.Op, s Set) { more = more && yield(op, s) }
			for _, op := range b.Ops {
				if op.Kind != conc.RunDefers && op.Kind != conc.Defer {
					visit(op, s)
				}
				s = fl.step(op, s, visit)
				if !more {
					return
				}
			}
		}
	}
}

// step is the state after op. visit, if not nil, is told of deferred
// operations as they run.
func (fl *Flow) step(op *conc.Op, s Set, visit func(*conc.Op, Set)) Set {
	switch op.Kind {
	case conc.Lock:
		return s.acquire(op.Place, Write, op)
	case conc.RLock:
		return s.acquire(op.Place, Read, op)
	case conc.Unlock, conc.RUnlock:
		return s.release(op.Place, fl.fn.SSA)
	case conc.Defer:
		return s.push(op)
	case conc.RunDefers:
		defers := s.defers
		s.defers = nil
		for _, d := range defers {
			if visit != nil {
				visit(d.Inner, s)
			}
			s = fl.step(d.Inner, s, visit)
		}
	case conc.Go:
		// What the goroutine unlocks is handed over to it.
		if in := op.Inner; in.Kind == conc.Unlock || in.Kind == conc.RUnlock {
			return s.release(in.Place, fl.fn.SSA)
		}
		return fl.called(op.Inner, s, false)
	case conc.Once:
		// It may have run before, and what it took be released since.
		return fl.called(op, s, false)
	case conc.Call:
		return fl.called(op, s, true)
	}
	return s
}

// called is the state after what op calls, which keeps locks only if it acquires.
func (fl *Flow) called(op *conc.Op, s Set, acquires bool) Set {
	e := fl.effect(op)
	for _, pl := range e.Releases {
		s = s.release(pl, fl.fn.SSA)
	}
	if !acquires {
		return s
	}
	for _, a := range e.Acquires {
		s = s.acquire(a.Lock, a.Mode, op)
	}
	return s
}

// branch adds the lock that a successful TryLock takes on the edge where it
// succeeded.
func (fl *Flow) branch(from, to int, s Set) Set {
	b := fl.fn.Blocks[from]
	if len(b.Succs) != 2 || b.Succs[0] == b.Succs[1] {
		return s
	}
	br, ok := b.SSA.Instrs[len(b.SSA.Instrs)-1].(*ssa.If)
	if !ok {
		return s
	}
	cond, taken := br.Cond, b.Succs[0] == to
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		cond, taken = not.X, !taken
	}
	call, ok := cond.(*ssa.Call)
	if !ok || !taken {
		return s
	}
	op := tryOp(fl.fn, call)
	if op == nil {
		return s
	}
	mode := Write
	if op.Kind == conc.TryRLock {
		mode = Read
	}
	return s.acquire(op.Place, mode, op)
}

// tryOp is the TryLock or TryRLock that call is, or nil.
func tryOp(f *conc.Func, call *ssa.Call) *conc.Op {
	for _, op := range f.Blocks[call.Block().Index].Ops {
		if op.Instr == call && (op.Kind == conc.TryLock || op.Kind == conc.TryRLock) {
			return op
		}
	}
	return nil
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
func (g graph) Out(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, s := range g.f.Blocks[n].Succs {
			if !yield(s) {
				return
			}
		}
	}
}
