package effect

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/place"
)

// A Party is who would end a wait, and the lock that it needs to get there.
type Party struct {
	Op   *conc.Op // the operation that would end the wait
	Need *conc.Op // where the party takes the lock, or Op if it is held there
}

// farthest is how many calls may lie between an operation and what it is
// blamed for in a deadlock. Each call is made on some path only, and with many
// the proof is none.
const farthest = 3

// vast is the capacity from which a channel is taken never to be full.
const vast = 10_000

// Stuck reports whether whoever would end the wait w needs lock to get there,
// so that holding lock meanwhile is a deadlock.
//
// For a channel, every operation of the package that could end the wait must
// need the lock, and no other package may have one. For a wait group, which
// waits for all, one goroutine that needs the lock is enough. The lock and the
// channel must stand to each other in the party's function as they do in the
// waiting one. A party needs the lock if it holds it at the operation, or
// takes it on some path before.
//
// False positive: a party that takes the lock only on a path that is not taken
// while anybody waits. False negative: a party that takes the lock in a caller.
func (r *Result) Stuck(lock lockset.Held, w Wait) (Party, bool) {
	if w.Op == nil || w.Bound == ByTimer || w.Bound == ByContext || w.Depth > farthest {
		return Party{}, false
	}
	q := question{r: r, lock: lock, wait: w}
	switch op := w.Op; op.Kind {
	case conc.Send:
		if n, _ := r.MinCap(op.Place); n >= vast {
			return Party{}, false
		}
		return q.all(op.Place, r.Uses(op.Place).Recvs)
	case conc.Recv:
		return q.receive(op.Place)
	case conc.Select:
		return q.choice(op)
	case conc.Wait:
		return q.any(op.Place, r.Uses(op.Place).Dones)
	case conc.CondWait:
		return q.all(op.Place, r.Uses(op.Place).Wakes)
	}
	return Party{}, false
}

// Arranged reports whether a receive on a condition takes what is sent, or
// closed, under the same lock: the condition is a state that the lock guards,
// and what is received is there when it holds. So it is with a wait group whose
// count is taken back on the way to the wait, and nowhere else.
//
// False negative: a condition that has nothing to do with the channel.
func (r *Result) Arranged(lock lockset.Held, w Wait) bool {
	q := question{r: r, lock: lock, wait: w}
	if w.Op != nil && w.Op.Kind == conc.Wait {
		return q.settled(r.Uses(w.Op.Place).Dones)
	}
	if w.Op == nil || w.Op.Kind != conc.Recv || postdominates(w.Op.Fn, w.Op.Block, 0) {
		return false
	}
	u := r.Uses(w.Op.Place)
	for _, use := range slices.Concat(u.Sends, u.Closes) {
		if p, ok := q.needs(w.Op.Place, use); !ok || p.Need != p.Op {
			return false
		}
	}
	return len(u.Sends)+len(u.Closes) > 0
}

// Gates reports whether a lock keeps others from adding to a wait group while it is
// waited for: whoever adds holds the lock, too, and is meant to wait.
func (r *Result) Gates(lock lockset.Held, w Wait) bool {
	if w.Op == nil || w.Op.Kind != conc.Wait {
		return false
	}
	adds := r.Uses(w.Op.Place).Adds
	return len(adds) > 0 && !slices.ContainsFunc(adds, func(u conc.Use) bool { return !r.underLock(u, lock) })
}

// underLock reports whether u is done with the lock, of whichever object, held.
func (r *Result) underLock(u conc.Use, lock lockset.Held) bool {
	j := lock.Lock.Join()
	return !j.IsZero() && slices.ContainsFunc(question{r: r}.heldAt(r.funcs[u.Op.Fn], u.Op), func(h lockset.Held) bool {
		return h.Lock.Join() == j
	})
}

// question is whether the end of one wait needs one lock.
type question struct {
	r    *Result
	lock lockset.Held
	wait Wait
}

// choice answers for a select: every case must be stuck.
func (q question) choice(op *conc.Op) (Party, bool) {
	var first Party
	for i, c := range op.Cases {
		var p Party
		ok := false
		if c.Send {
			p, ok = q.all(c.Place, q.r.Uses(c.Place).Recvs)
		} else {
			p, ok = q.receive(c.Place)
		}
		if !ok {
			return Party{}, false
		}
		if i == 0 {
			first = p
		}
	}
	return first, len(op.Cases) > 0
}

// receive answers for a receive: sends and closes end it.
func (q question) receive(ch place.Place) (Party, bool) {
	u := q.r.Uses(ch)
	if !q.r.Filled(ch) {
		return Party{}, false
	}
	return q.each(ch, slices.Concat(u.Sends, u.Closes))
}

// all answers yes if every use needs the lock.
func (q question) all(ch place.Place, uses []conc.Use) (Party, bool) {
	if !q.r.Closed(ch) {
		return Party{}, false
	}
	return q.each(ch, uses)
}

func (q question) each(ch place.Place, uses []conc.Use) (Party, bool) {
	var first Party
	for i, u := range uses {
		p, ok := q.needs(ch, u)
		if !ok {
			return Party{}, false
		}
		if i == 0 {
			first = p
		}
	}
	return first, len(uses) > 0
}

// any answers yes if one use needs the lock.
func (q question) any(wg place.Place, uses []conc.Use) (Party, bool) {
	for _, u := range uses {
		if p, ok := q.needs(wg, u); ok {
			return p, true
		}
	}
	return Party{}, false
}

// needs reports whether the party that does u needs the lock to get there. ch
// is the channel or wait group in the function that waits.
func (q question) needs(ch place.Place, u conc.Use) (Party, bool) {
	here := q.wait.Into(ch)
	there := u.Place()
	f := q.r.funcs[u.Op.Fn]
	if u.Op.Kind == conc.Go { // wg.Go
		for _, l := range q.r.Locks(u.Op.Inner) {
			if q.same(here, l, there) && l.Via != conc.Interface {
				return Party{u.Op, l.Op}, true
			}
		}
		return Party{}, false
	}
	for _, h := range q.heldAt(f, u.Op) {
		if q.same(here, LockUse{Lock: h.Lock, Mode: h.Mode}, there) && !q.passed(h, u.Op) {
			return Party{u.Op, u.Op}, true
		}
	}
	if q.starter(u) {
		return Party{}, false
	}
	for op, set := range f.flow.All() {
		if op == u.Op || !before(op, u.Op) {
			continue
		}
		for _, l := range q.r.Locks(op) {
			if !q.same(here, l, there) || l.Via == conc.Interface || l.Freed || len(l.Calls) > farthest {
				continue
			}
			if _, held := set.Lookup(l.Lock); !held {
				return Party{u.Op, l.Op}, true
			}
		}
	}
	return Party{}, false
}

// passed reports whether a party's operation, done with h held, lies in the very
// section that waits, on the way to the wait: whoever waits has been there, and
// if it did not do its part then another had done so before.
//
// False negative: another that has not come there yet.
func (q question) passed(h lockset.Held, party *conc.Op) bool {
	at := q.wait.At
	_, deferred := party.Instr.(*ssa.Defer)
	if deferred || party.Kind == conc.Go || h.Op != q.lock.Op || party.Fn != at.Fn {
		return false
	}
	if party.Block == at.Block && precedes(party, at) {
		return true
	}
	again := -1 // where a new section begins
	if h.Op != nil && h.Op.Fn == party.Fn {
		again = h.Op.Block
	}
	return reachesBut(party.Fn, party.Block, at.Block, again)
}

// settled reports whether every one of the parties' operations lies in the
// section that waits, on the way to the wait.
func (q question) settled(parties []conc.Use) bool {
	out := func(u conc.Use) bool {
		return !slices.ContainsFunc(q.heldAt(q.r.funcs[u.Op.Fn], u.Op), func(h lockset.Held) bool {
			return h.Lock == q.lock.Lock && q.passed(h, u.Op)
		})
	}
	return len(parties) > 0 && !slices.ContainsFunc(parties, out)
}

// starter reports whether the function of a Done is the one that also adds to
// the wait group, itself or by a call: it counts for the goroutine that it
// starts, and takes back the count if it cannot; nobody waits for it.
func (q question) starter(u conc.Use) bool {
	if u.Op.Kind != conc.Done {
		return false
	}
	for _, add := range q.r.Uses(u.Place()).Adds {
		if add.Op.Fn == u.Op.Fn {
			return true
		}
		for op := range u.Op.Fn.Ops {
			if op.Kind == conc.Call && slices.ContainsFunc(op.Call.Targets, func(t conc.Target) bool { return t.Func == add.Op.Fn }) {
				return true
			}
		}
	}
	return false
}

// heldAt are the locks held before op, which may be deferred, by f or all its
// callers.
func (q question) heldAt(f *function, op *conc.Op) []lockset.Held {
	for o, set := range f.flow.All() {
		if o == op {
			return append(must(set.Held()), without(f.entry, set.Freed())...)
		}
	}
	return nil
}

// same reports whether a lock of a party is the one that is held, given the
// channel here and there, and whether taking it has to wait.
func (q question) same(here place.Place, l LockUse, there place.Place) bool {
	lock, mode := l.Lock, l.Mode
	if l.Op != nil && l.Op == q.lock.Op {
		return false // the same function again, on another object as far as we know
	}
	if mode == lockset.Read && q.lock.Mode == lockset.Read {
		return false
	}
	if place.SameRelation(q.lock.Lock, here, lock, there) {
		return true
	}
	// A channel that belongs to something else than the lock does: a message
	// that carries its reply channel. The locks must be named alike.
	return !place.Siblings(q.lock.Lock, here) && !place.Siblings(lock, there) &&
		place.Alike(q.lock.Lock, lock)
}

// before reports whether op can run before the party's operation, which may
// be deferred.
func before(op, party *conc.Op) bool {
	if _, deferred := party.Instr.(*ssa.Defer); deferred {
		return true
	}
	if op.Block == party.Block {
		for _, o := range op.Fn.Blocks[op.Block].Ops {
			if o == op {
				return true
			}
			if o == party {
				break
			}
		}
	}
	return reaches(op.Fn, op.Block, party.Block)
}

func structOf(fa *ssa.FieldAddr) *types.Struct {
	ptr, ok := fa.X.Type().Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	st, _ := ptr.Elem().Underlying().(*types.Struct)
	return st
}
