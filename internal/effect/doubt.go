package effect

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/place"
)

// A Doubt is a reason to expect that a wait for a channel may last: what is
// known of who would end it.
type Doubt struct {
	Kind DoubtKind
	Op   *conc.Op // where the other end is, or does something else; nil if it is Outside
	Case int      // the case of Op that it leaves by, -1 if there is none
}

// DoubtKind says what the other end of a channel may do instead of ending a wait.
type DoubtKind uint8

const (
	Outside DoubtKind = iota + 1 // it is in another package, or nowhere that we know of
	Called                       // it comes when an exported function is called
	Leaving                      // it goes away by another case of its select
	Locking                      // it takes the lock in between
	Busy                         // it waits for something else in between
)

// Doubt finds a reason to expect that the wait w, with lock held, may last. There
// is none if all who would end it are known, and do nothing else that takes long.
// Waits for other things than channels are always in doubt.
//
// False negative: a receiver that computes for long, or is not started.
func (r *Result) Doubt(lock lockset.Held, w Wait) (Doubt, bool) {
	if w.Op == nil {
		return Doubt{Kind: Outside, Case: -1}, true // else its fact would not list it
	}
	switch w.Op.Kind {
	case conc.Send:
		return r.doubtSend(lock, w.Op, w.Into(w.Op.Place))
	case conc.Recv:
		return r.doubtRecv(w.Into(w.Op.Place))
	case conc.Select:
		for _, c := range w.Op.Cases {
			ask := r.doubtRecv
			if c.Send {
				ask = func(pl place.Place) (Doubt, bool) { return r.doubtSend(lock, w.Op, pl) }
			}
			if d, ok := ask(w.Into(c.Place)); ok {
				return d, true
			}
		}
		return Doubt{}, false
	}
	return Doubt{}, true
}

// doubtRecv: what the package makes and fills itself comes in its time.
func (r *Result) doubtRecv(ch place.Place) (Doubt, bool) {
	return Doubt{Kind: Outside, Case: -1}, r.Origin(ch).Open
}

// doubtSend: the receivers of what op sends on ch may be elsewhere.
func (r *Result) doubtSend(lock lockset.Held, op *conc.Op, ch place.Place) (Doubt, bool) {
	o := r.Origin(ch)
	if o.Open || o.Given {
		return Doubt{Kind: Outside, Case: -1}, !r.discarded(o, ch) && !r.settles(op)
	}
	receivers := r.receivers(o, ch)
	if len(receivers) == 0 {
		return Doubt{Kind: Outside, Case: -1}, true
	}
	q := sending{r, o, op, ch, lock}
	for _, u := range receivers {
		if d, ok := q.doubt(u); ok {
			return d, true
		}
	}
	return Doubt{}, false
}

// sending is the question how long a send may wait for its receivers.
type sending struct {
	r    *Result
	o    conc.Origin
	op   *conc.Op    // the send, perhaps in a select
	ch   place.Place // in the function that holds the lock
	lock lockset.Held
}

// discarded reports whether some goroutine of the package takes from the
// channels of o, which ch is one of, and throws away what it takes, as is done so
// that nobody is left waiting to send to who has gone.
func (r *Result) discarded(o conc.Origin, ch place.Place) bool {
	for _, u := range r.receivers(o, ch) {
		loop, ok := u.Op.Node.(*ast.RangeStmt)
		if ok && u.Op.Fn.Parent != nil && len(loop.Body.List) == 0 {
			return true
		}
	}
	return false
}

// settles reports whether a send answers a request, which is a structure of a map
// and is deleted from there: it gets one answer, for which it has room.
//
// False negative: a request that has none.
func (r *Result) settles(send *conc.Op) bool {
	if send.Kind != conc.Send || send.Place.Field() == nil || !send.Place.Container().IsZero() {
		return false
	}
	entry := send.Place
	if vals := r.Places.Stored(entry.Root()); len(vals) == 1 { // a copy of it
		entry = r.Places.Of(vals[0])
	}
	return r.deletes(send.Fn, func(from place.Place) bool { return entry.Within(from) })
}

// A receiver is a receive of the package, and where its channel comes from.
type receiver struct {
	conc.Use
	from conc.Origin
}

// receivers are the receives from the channels of o, which ch is one of.
func (r *Result) receivers(o conc.Origin, ch place.Place) []conc.Use {
	r.findReceivers.Do(func() {
		for _, f := range r.Funcs {
			for op := range f.Ops {
				for _, u := range op.Receives() {
					r.received = append(r.received, receiver{u, r.Origin(u.Place())})
				}
			}
		}
	})
	want := chanType(ch)
	var out []conc.Use
	for _, u := range r.received {
		t := chanType(u.Place())
		if (want == nil || t == nil || types.Identical(want.Elem(), t.Elem())) && u.from.Meets(o) {
			out = append(out, u.Use)
		}
	}
	return out
}

// doubt: a receiver of the package may be elsewhere. If the channel is one of
// several, it may be the receiver of another that takes the lock.
func (q sending) doubt(u conc.Use) (Doubt, bool) {
	f := u.Op.Fn
	if f.Obj != nil && f.Obj.Exported() && !f.Started && !inLoop(u.Op) {
		return Doubt{Called, u.Op, -1}, true
	}
	others := otherCases(u)
	for _, other := range others {
		goes := other.to != u.Op.Block && !reaches(f, other.to, u.Op.Block)
		if goes && !q.r.drains(q.o, f, other.to) && !q.told(u.Op.Cases[other.i].Place) {
			return Doubt{Leaving, u.Op, other.i}, true
		}
	}
	var busy *conc.Op
	for op := range f.Ops {
		between := inLoop(u.Op) && reaches(f, u.Op.Block, op.Block) && reaches(f, op.Block, u.Op.Block)
		left := func(other otherCase) bool {
			return other.to == op.Block || other.to != u.Op.Block && reachesBut(f, other.to, op.Block, u.Op.Block)
		}
		if !q.ch.Elem() && (between || slices.ContainsFunc(others, left)) && q.r.takes(op, q.lock) {
			return Doubt{Locking, op, -1}, true
		}
		if between && busy == nil && op != u.Op && q.r.keeps(q.o, op) {
			busy = op
		}
	}
	return Doubt{Busy, busy, -1}, busy != nil
}

// An otherCase is a case of a select, and the block it goes on in.
type otherCase struct{ i, to int }

// otherCases are the cases by which a receiver goes on without having received.
func otherCases(u conc.Use) []otherCase {
	if u.Case < 0 || u.Op.HasDefault {
		return nil
	}
	var out []otherCase
	for i, c := range u.Op.Cases {
		if edge, ok := u.Op.CaseEdge(i); ok && i != u.Case && !c.Send {
			out = append(out, otherCase{i, edge.To})
		}
	}
	return out
}

// told reports whether who sends knows that the receiver has not been told to
// leave by the channel at stop: all who close it, or send on it, hold a lock that
// is held at the send, and take note there of what the send depends on.
func (q sending) told(stop place.Place) bool {
	u := q.r.Uses(stop)
	tells := slices.Concat(u.Closes, u.Sends)
	if len(tells) == 0 || !q.r.Closed(stop) {
		return false
	}
	for _, lock := range append(question{r: q.r}.heldAt(q.r.funcs[q.op.Fn], q.op), q.lock) {
		noted := func(u conc.Use) bool { return q.r.underLock(u, lock) && q.noted(u.Op.Fn) }
		if !slices.ContainsFunc(tells, func(u conc.Use) bool { return !noted(u) }) {
			return true
		}
	}
	return false
}

// noted reports whether f takes note that the receiver goes: it takes the list
// apart that the channel is found in, or sets a flag that decides on the send.
func (q sending) noted(f *conc.Func) bool {
	if list := q.ch.Container(); !list.IsZero() {
		return q.r.deletes(f, func(from place.Place) bool { return from.Join() == list.Join() })
	}
	at := q.op.Fn.Blocks[q.op.Block].SSA
	for instr := range f.Instrs {
		st, ok := instr.(*ssa.Store)
		if !ok {
			continue
		}
		flag := q.r.Places.Of(st.Addr)
		if flag.Field() != nil && q.r.testedBefore(at, func(pl place.Place) bool { return pl.Join() == flag.Join() }) {
			return true
		}
	}
	return false
}

// deletes reports whether f deletes from a wanted map, or clears one, or a list.
func (r *Result) deletes(f *conc.Func, wanted func(place.Place) bool) bool {
	for instr := range f.Instrs {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		b, ok := call.Call.Value.(*ssa.Builtin)
		if ok && (b.Name() == "delete" || b.Name() == "clear") && wanted(r.Places.Of(call.Call.Args[0])) {
			return true
		}
	}
	return false
}

// drains reports whether f, from block on, receives from a channel of o again.
func (r *Result) drains(o conc.Origin, f *conc.Func, block int) bool {
	for op := range f.Ops {
		if (op.Block == block || reaches(f, block, op.Block)) && r.receives(o, op) {
			return true
		}
	}
	return false
}

// receives reports whether op may receive from a channel of o.
func (r *Result) receives(o conc.Origin, op *conc.Op) bool {
	return slices.ContainsFunc(op.Receives(), func(u conc.Use) bool { return r.Origin(u.Place()).Meets(o) })
}

// takes reports whether op takes the lock, and has to wait for who holds it.
func (r *Result) takes(op *conc.Op, lock lockset.Held) bool {
	for _, l := range r.Locks(op) {
		if l.Via != conc.Interface && !l.Freed && !l.Lock.Join().IsZero() && l.Lock.Join() == lock.Lock.Join() &&
			(l.Mode != lockset.Read || lock.Mode != lockset.Read) {
			return true
		}
	}
	return false
}

// keeps reports whether op keeps a receiver waiting for something else than the
// channels of o: another goroutine, or the network.
func (r *Result) keeps(o conc.Origin, op *conc.Op) bool {
	if op.Kind == conc.Go || op.Kind == conc.Defer || r.receives(o, op) {
		return false
	}
	for _, w := range r.Waits(op) {
		switch w.Kind {
		case Send, Recv, Group, Cond, IO:
			event := w.Op != nil && w.Op.Kind == conc.Recv && r.StopLike(w.Op.Place) // happens once
			if w.Via == conc.Static && (w.Bound == Unbounded || w.Kind == IO) && !event && !r.ForReply(w) {
				return true
			}
		}
	}
	return false
}
