package model

import (
	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/heap"
)

// lockOps are the operations on locks.
var lockOps = map[conc.Kind]explore.Op{
	conc.Lock: explore.Lock, conc.Unlock: explore.Unlock, conc.TryLock: explore.TryLock,
	conc.RLock: explore.RLock, conc.RUnlock: explore.RUnlock, conc.TryRLock: explore.TryRLock,
}

// lockOf is the lock that op takes or gives back.
func (fr *frame) lockOf(op *conc.Op) heap.Value {
	v := fr.receiver(fr.act, op)
	if v == heap.Unknown && len(fr.locks) > 0 {
		fr.giveUp("a lock that may be one of several")
	}
	return v
}

// lockObject is the object of a lock of the group.
func (fr *frame) lockObject(op *conc.Op) (int, bool) {
	v := fr.lockOf(op)
	if !fr.locks[v] {
		return 0, false
	}
	kind, _ := lockKind(v)
	return fr.object(v, explore.Object{Kind: kind, Name: op.Expr()}, nil), true
}

// lock translates the taking or giving back of a lock.
func (fr *frame) lock(op *conc.Op, next func(int) int) (explore.Instr, bool) {
	obj, ok := fr.lockObject(op)
	if !ok {
		return explore.Instr{}, false
	}
	return explore.Instr{Op: lockOps[op.Kind], Obj: obj, Next: next(0), Site: fr.site(op, -1)}, true
}

// try translates TryLock and TryRLock, whose result decides branches.
func (fr *frame) try(op *conc.Op, p path) (explore.Instr, bool) {
	obj, ok := fr.lockObject(op)
	if !ok {
		return explore.Instr{}, false
	}
	in := explore.Instr{Op: lockOps[op.Kind], Obj: obj, Site: fr.site(op, -1)}
	yes, no := p, p
	if call, ok := op.Instr.(*ssa.Call); ok {
		yes, no = p.with(call.Name(), 1, op.Block), p.with(call.Name(), 0, op.Block)
	}
	in.Next, in.Else = fr.place(yes), fr.place(no)
	return in, true
}

// wakes are the operations on condition variables.
var wakes = map[conc.Kind]explore.Op{
	conc.CondWait: explore.CondWait, conc.Signal: explore.Signal, conc.Broadcast: explore.Broadcast,
}

// cond translates an operation on a condition variable.
func (fr *frame) cond(op *conc.Op, next func(int) int) (explore.Instr, bool) {
	v := fr.receiver(fr.act, op)
	lock := fr.condLock(v)
	if !v.Known() || !fr.locks[lock] || !fr.tracked(v) {
		if op.Kind == conc.CondWait {
			fr.giveUp("a condition variable that cannot be followed")
		}
		return explore.Instr{}, false
	}
	kind, _ := lockKind(lock)
	if kind != explore.Mutex {
		fr.giveUp("a condition variable with a reader lock")
		return explore.Instr{}, false
	}
	mu := fr.object(lock, explore.Object{Kind: kind, Name: op.Expr() + ".L"}, nil)
	obj := fr.object(v, explore.Object{Kind: explore.Cond, Lock: mu, Name: op.Expr()}, nil)
	return explore.Instr{Op: wakes[op.Kind], Obj: obj, Next: next(0), Site: fr.site(op, -1)}, true
}
