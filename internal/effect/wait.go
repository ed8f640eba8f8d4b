package effect

import (
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/place"
)

// Kind is what a wait is for.
type Kind uint8

const (
	Send  Kind = iota + 1 // room in a channel, or a receiver
	Recv                  // a value from a channel, or its close
	Group                 // a wait group
	Cond                  // a condition variable
	Delay                 // the clock
	Other                 // something that internal/known describes as Chan, Wait or Lockish
	IO                    // the network or a process
	Token                 // like Send, of a signal: nothing, or a channel for the answer
)

// Bound says what ends a wait by itself.
type Bound uint8

const (
	Unbounded Bound = iota
	ByTimer         // a timer case, or a timeout argument
	ByContext       // a ctx.Done case, or a context argument
	ByStop          // a case on a channel that is closed to stop
)

// A Wait is a way in which an operation may block.
type Wait struct {
	Kind  Kind
	Bound Bound
	What  string         // the predicate: "sends on s.events"
	Op    *conc.Op       // the operation that blocks, nil if it is in another package
	At    *conc.Op       // the operation of the declared function, or of a literal in it, that leads to Op or is Op
	Where string         // its position, "bus.go:77"
	Calls []string       // the functions called on the way, outermost first
	Depth int            // the number of calls on the way
	Via   conc.Via       // the least certain of them
	Fixed bool           // a delay that surely lasts, see fixed
	Freed []place.Place  // locks released before, that the function had not taken
	Under []lockset.Held // locks taken on the way, by who calls a function it was given, and held

	path []conc.Target // the calls inside the package, innermost first
}

// Into translates a place of the function where w blocks into the function
// that w is a wait of.
func (w Wait) Into(pl place.Place) place.Place {
	for _, t := range w.path {
		pl = t.Into(pl)
	}
	return pl
}

// own is how op itself may block, not counting what it calls.
func (r *Result) own(op *conc.Op) (Wait, bool) {
	w := Wait{Op: op, At: op, Where: where(r.Fset, op.Pos())}
	switch op.Kind {
	case conc.Send:
		w.Kind, w.What = Send, "sends on "+op.Expr()
		if ch := chanType(op.Place); ch != nil && isSignal(ch.Elem()) {
			w.Kind = Token
		}
		return w, !r.hasRoom(conc.Use{Op: op, Case: -1}) && !r.Semaphore(op.Place)
	case conc.Recv:
		return r.ownRecv(op, w)
	case conc.Select:
		return r.ownSelect(op, w)
	case conc.Wait:
		w.Kind, w.What = Group, "waits for "+op.Expr()
		return w, true
	case conc.CondWait:
		w.Kind, w.What = Cond, "waits on "+op.Expr()
		w.Freed = r.CondLocks(op)
		return w, len(w.Freed) > 1 // else its lock may be any that is held
	case conc.Sleep:
		w.Kind, w.What, w.Bound, w.Fixed = Delay, "sleeps", ByTimer, fixed(op.Delta) && !retriesOnce(op)
		return w, !short(op.Delta)
	case conc.Known:
		return ownKnown(op, w), op.Blocking.Kind != known.Disk // slow, but nobody holds it up
	}
	return Wait{}, false
}

func (r *Result) ownRecv(op *conc.Op, w Wait) (Wait, bool) {
	w.Kind, w.What = Recv, "receives from "+op.Expr()
	if closedBefore(r.Uses(op.Place), op) || afterStop(op) {
		return w, false
	}
	if op.Range {
		w.What = "ranges over " + op.Expr()
	}
	if op.Bound == conc.ByTimer {
		w.Kind, w.Bound = Delay, ByTimer
	}
	return w, !r.Semaphore(op.Place)
}

// closedBefore reports whether the function has closed the channel that op
// receives from, whenever it gets to op.
func closedBefore(u *conc.Uses, op *conc.Op) bool {
	return slices.ContainsFunc(u.Closes, func(c conc.Use) bool {
		return c.Op.Fn == op.Fn && c.Op.Place == op.Place && precedes(c.Op, op)
	})
}

// shortest is the least delay that is worth a report while others wait.
const shortest = 10 * time.Millisecond

// short reports whether a delay is surely less than shortest: a constant, or a
// constant less something.
func short(d ssa.Value) bool {
	if b, ok := d.(*ssa.BinOp); ok && b.Op == token.SUB {
		d = b.X
	}
	n := conc.Const(d)
	return n >= 0 && time.Duration(n) < shortest
}

// lasting is the least length of a delay that is worth a report whatever it is
// for.
const lasting = 50 * time.Millisecond

// fixed reports whether a delay is surely worth a report: a constant, a number of
// those, or one that grows from there. Others are mostly what is left of a time,
// or the pause before another attempt, which everybody who needs the lock is meant
// to wait for.
func fixed(d ssa.Value) bool { return growsFrom(d, nil) }

// growsFrom reports whether d is at least lasting, if those in seen are.
func growsFrom(d ssa.Value, seen []*ssa.Phi) bool {
	switch d := d.(type) {
	case *ssa.Phi:
		if slices.Contains(seen, d) {
			return true
		}
		seen = append(slices.Clip(seen), d)
		return !slices.ContainsFunc(d.Edges, func(e ssa.Value) bool { return !growsFrom(e, seen) })
	case *ssa.BinOp:
		switch d.Op {
		case token.MUL, token.ADD:
			return growsFrom(d.X, seen) || growsFrom(d.Y, seen)
		}
		return false
	}
	return conc.Const(d) >= int64(lasting)
}

// retriesOnce reports whether a sleep is the pause before one more attempt, after
// an error: it is in no loop, and on the way of a condition on one.
func retriesOnce(op *conc.Op) bool {
	if inLoop(op) {
		return false
	}
	for b := op.Fn.Blocks[op.Block].SSA; b.Idom() != nil; b = b.Idom() {
		above := b.Idom()
		br, ok := above.Instrs[len(above.Instrs)-1].(*ssa.If)
		if !ok || len(b.Preds) != 1 {
			continue
		}
		cmp, ok := br.Cond.(*ssa.BinOp)
		if ok && conc.IsNil(cmp.Y) && isError(cmp.X.Type()) &&
			(cmp.Op == token.NEQ) == (above.Succs[0] == b) {
			return true
		}
	}
	return false
}

// afterStop reports whether a receive comes after a timer that could not be
// stopped, and so has fired: if !t.Stop() { <-t.C }, or for the end of the
// function that it calls.
func afterStop(op *conc.Op) bool {
	b := op.Fn.Blocks[op.Block].SSA.Idom()
	if b == nil {
		return false
	}
	br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	call, ok := br.Cond.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil {
		return false
	}
	fn, ok := call.Call.StaticCallee().Object().(*types.Func)
	return ok && fn.FullName() == "(*time.Timer).Stop"
}

// ownSelect: a select waits for what its first case waits for, and is bounded
// by the case that ends it most surely.
func (r *Result) ownSelect(op *conc.Op, w Wait) (Wait, bool) {
	if op.HasDefault {
		return w, false
	}
	if len(op.Cases) == 0 {
		w.Kind, w.What = Recv, "blocks for ever"
		return w, true
	}
	first := -1
	for i, c := range op.Cases {
		switch {
		case c.Send && receives(op, c.Place): // drop the oldest: one of the two can go on
			return w, false
		case c.Send && r.hasRoom(conc.Use{Op: op, Case: i}):
			return w, false
		case c.Bound == conc.ByTimer:
			w.Bound = ByTimer
		case c.Bound == conc.ByContext && w.Bound != ByTimer:
			w.Bound = ByContext
		case !c.Send && (r.StopLike(c.Place) || ofErrors(c.Place)) && w.Bound == Unbounded:
			w.Bound = ByStop
		case first < 0:
			first = i
		}
	}
	first = max(first, 0)
	w.Kind, w.What = Recv, "waits in a select for "+op.CaseExpr(first)
	if op.Cases[first].Send {
		w.Kind = Send
	}
	return w, true
}

// ofErrors reports whether the channel at pl is for errors: who has one sends it
// and ends.
func ofErrors(pl place.Place) bool {
	ch := chanType(pl)
	return ch != nil && isError(ch.Elem())
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// receives reports whether a case of a select receives from the channel at pl.
func receives(op *conc.Op, pl place.Place) bool {
	return slices.ContainsFunc(op.Cases, func(c conc.Case) bool { return !c.Send && c.Place == pl && !pl.IsZero() })
}

func ownKnown(op *conc.Op, w Wait) Wait {
	w.What = op.Blocking.What
	if op.Blocking.Bounded {
		w.Bound = ByContext
	}
	switch op.Blocking.Kind {
	case known.Chan, known.Wait, known.Lockish:
		w.Kind = Other
	case known.Delay:
		w.Kind, w.Bound = Delay, ByTimer
	default:
		w.Kind = IO
	}
	return w
}

// where renders a position without its directory.
func where(fset *token.FileSet, pos token.Pos) string {
	p := fset.Position(pos)
	return filepath.Base(p.Filename) + ":" + strconv.Itoa(p.Line)
}
