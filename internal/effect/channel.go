package effect

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// StopLike reports whether the channel at pl is one that is closed to tell
// that something is over, and carries no values: nothing in the package sends
// on it, and something closes it, or it is a parameter that can only be
// received from and has no values to carry.
func (r *Result) StopLike(pl place.Place) bool {
	u := r.Uses(pl)
	if len(u.Sends) == 0 && len(u.Closes) > 0 {
		return true
	}
	ch := chanType(pl)
	return ch != nil && ch.Dir() == types.RecvOnly && isEmptyStruct(ch.Elem())
}

// Semaphore reports whether the channel at pl is used as a lock: it carries
// no values, has room, is never closed, and some function both sends and
// receives, so that one is the acquisition and the other the release.
func (r *Result) Semaphore(pl place.Place) bool {
	ch := chanType(pl)
	if ch == nil || pl.Join().IsZero() {
		return false
	}
	u := r.Uses(pl)
	if len(u.Closes) > 0 || len(u.Makes) == 0 {
		return false
	}
	for _, mk := range u.Makes {
		if conc.Const(mk.Size) == 0 {
			return false
		}
	}
	return paired(u) || isEmptyStruct(ch.Elem()) && tokens(u)
}

// tokens reports whether what is sent and received are permits, acquired and
// released in functions of their own: no wake-up, which is sent if there is
// room and received in a loop. Sends next to the make fill the channel.
func tokens(u *conc.Uses) bool {
	for _, s := range u.Sends {
		if s.Case >= 0 && s.Op.HasDefault {
			return false
		}
		if inLoop(s.Op) && !slices.ContainsFunc(u.Makes, func(mk *conc.Op) bool { return mk.Fn == s.Op.Fn }) {
			return false
		}
	}
	for _, rv := range u.Recvs {
		if rv.Op.Range || inLoop(rv.Op) || !valueUnused(rv) {
			return false
		}
	}
	return len(u.Sends) > 0 && len(u.Recvs) > 0
}

// paired reports whether one function, with the literals in it, both sends and
// receives outside of any select that could be a notification.
func paired(u *conc.Uses) bool {
	for _, s := range u.Sends {
		for _, rv := range u.Recvs {
			if s.Op.Fn.Root() == rv.Op.Fn.Root() && s.Place() == rv.Place() && !rv.Op.Range &&
				(s.Case < 0 || rv.Case < 0) && valueUnused(rv) {
				return true
			}
		}
	}
	return false
}

// valueUnused reports whether what is received is thrown away.
func valueUnused(u conc.Use) bool {
	recv, ok := u.Op.Instr.(*ssa.UnOp)
	return !ok || recv.Referrers() == nil || len(*recv.Referrers()) == 0
}

// hasRoom reports whether a send finds room for certain: the channel is made
// in the same function, has a buffer, and is sent to at most as often as the
// buffer has places since it was made; or its capacity was computed for the
// purpose; or it is the channel of an object that gets one value.
func (r *Result) hasRoom(u conc.Use) bool {
	pl := u.Place()
	uses := r.Uses(pl)
	if drained(u) || r.lenChecked(u) {
		return true
	}
	if len(uses.Makes) == 0 {
		return false
	}
	least := int64(1 << 30)
	for _, mk := range uses.Makes {
		c := conc.Const(mk.Size)
		if c < 0 && (pl.Kind() == place.Made || pl.Kind() == place.Local) {
			continue // make(chan T, len(xs)): sized for its sends
		}
		least = min(least, max(c, 0))
	}
	if least == 0 {
		return false
	}
	if pl.Kind() == place.Made || pl.Kind() == place.Local && pl.IsRoot() {
		return least == 1<<30 || r.sentOnce(uses, least)
	}
	if pl.Elem() && forgets(u) {
		return true
	}
	return r.oneShot(pl, uses, least)
}

// drained reports whether the send comes after a select with default that
// received from the same channel: the old value is replaced by the new one.
func drained(u conc.Use) bool {
	for op := range u.Op.Fn.Ops {
		if op.Kind != conc.Select || !op.HasDefault {
			continue
		}
		for _, c := range op.Cases {
			if !c.Send && c.Place == u.Place() && !c.Place.IsZero() && precedes(op, u.Op) {
				return true
			}
		}
	}
	return false
}

// lenChecked reports whether a condition on the length of the channel decides
// that the send runs, as in if len(ch) == cap(ch) { return }.
func (r *Result) lenChecked(u conc.Use) bool {
	for b := u.Op.Fn.Blocks[u.Op.Block].SSA.Idom(); b != nil; b = b.Idom() {
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cmp, ok := br.Cond.(*ssa.BinOp)
		if ok && (r.isLen(cmp.X, u.Place()) || r.isLen(cmp.Y, u.Place())) {
			return true
		}
	}
	return false
}

// isLen reports whether v is len(ch) for the channel at pl.
func (r *Result) isLen(v ssa.Value, pl place.Place) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "len" && r.Places.Of(call.Call.Args[0]) == pl
}

// precedes reports whether a runs before b whenever b runs.
func precedes(a, b *conc.Op) bool {
	if a.Block != b.Block {
		return a.Fn.Blocks[a.Block].SSA.Dominates(b.Fn.Blocks[b.Block].SSA)
	}
	for _, op := range a.Fn.Blocks[a.Block].Ops {
		if op == a || op == b {
			return op == a
		}
	}
	return false
}

// sentOnce reports whether each of the sends happens at most once for each
// make, and there is room for all of them.
func (r *Result) sentOnce(uses *conc.Uses, room int64) bool {
	if most(uses.Sends) > room || len(uses.Makes) != 1 {
		return false
	}
	mk := uses.Makes[0]
	for _, s := range uses.Sends {
		if inLoop(s.Op) && !(s.Op.Fn == mk.Fn && mk.Block == s.Op.Block) && !sameLoop(mk, s.Op) {
			return false
		}
	}
	return true
}

// most is how many of the sends can happen in turn: those of one function that
// do not exclude each other, and all those of different functions.
func most(sends []conc.Use) int64 {
	var total int64
	for i, a := range sends {
		if !slices.ContainsFunc(sends[:i], func(b conc.Use) bool { return exclude(a.Op, b.Op) }) {
			total++
		}
	}
	return total
}

// exclude reports whether in one call of the function that both are in, or in
// literals of, only one of a and b can run.
func exclude(a, b *conc.Op) bool {
	f, at := anchor(a)
	g, bt := anchor(b)
	return f == g && at != bt && !reaches(f, at, bt) && !reaches(f, bt, at)
}

// anchor is the block of the declared function in which op, or the outermost
// literal that op is in, stands.
func anchor(op *conc.Op) (*conc.Func, int) {
	f, block := op.Fn, op.Block
	for f.Parent != nil {
		block = 0 // a literal that captures nothing
		if mc := place.MakerOf(f.SSA); mc != nil {
			block = mc.Block().Index
		}
		f = f.Parent
	}
	return f, block
}

// forgets reports whether the function of the send also closes the channel,
// or deletes from a map: an element that is made with room for its one value,
// gets it, and is gone.
func forgets(u conc.Use) bool {
	for op := range u.Op.Fn.Ops {
		if op.Kind == conc.Close && op.Place == u.Place() {
			return true
		}
	}
	for _, b := range u.Op.Fn.SSA.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "delete" {
				return true
			}
		}
	}
	return false
}

// sameLoop reports whether the loop that op is in makes the channel anew in
// each round.
func sameLoop(mk, op *conc.Op) bool {
	if mk.Fn != op.Fn {
		return mk.Fn.Root() == op.Fn.Root() && !inLoop(op)
	}
	return mk.Fn.Blocks[mk.Block].SSA.Dominates(op.Fn.Blocks[op.Block].SSA) && inLoop(mk)
}

// oneShot reports whether the channel is a field of a small object that is
// made for one reply: every make has room, there are no more send sites than
// places, none is in a loop over the same object, and the field's owner is not
// long-lived as far as we see, that is, nobody receives from it in a loop.
//
// False negative: a server whose event channel is buffered by one, with a
// receiver that is not in a loop.
func (r *Result) oneShot(pl place.Place, uses *conc.Uses, room int64) bool {
	var sends []conc.Use // those that wait for room
	for _, s := range uses.Sends {
		if s.Case < 0 || !s.Op.HasDefault {
			sends = append(sends, s)
		}
	}
	if pl.Field() == nil || most(sends) > room {
		return false
	}
	again := func(s conc.Use) bool { return inLoop(s.Op) && s.Place().Kind() == place.Param && !s.Place().Elem() }
	if slices.ContainsFunc(sends, again) {
		return false
	}
	for _, rv := range uses.Recvs {
		if rv.Op.Range || inLoop(rv.Op) {
			return false
		}
	}
	return true
}

// inLoop reports whether the block of op can be reached from itself.
func inLoop(op *conc.Op) bool { return reaches(op.Fn, op.Block, op.Block) }

// reaches reports whether there is a path of at least one edge from block to
// block.
func reaches(f *conc.Func, from, to int) bool {
	seen := make([]bool, len(f.Blocks))
	work := append([]int(nil), f.Blocks[from].Succs...)
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b == to {
			return true
		}
		if !seen[b] {
			seen[b] = true
			work = append(work, f.Blocks[b].Succs...)
		}
	}
	return false
}

// chanType is the type of the channel at pl, nil if it is not known.
func chanType(pl place.Place) *types.Chan {
	var t types.Type
	switch {
	case pl.Field() != nil:
		t = pl.Field().Type()
	case pl.IsZero() || !pl.IsRoot():
		return nil
	default:
		t = pl.Root().Type()
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
	}
	ch, _ := t.Underlying().(*types.Chan)
	return ch
}

// isSignal reports whether values of type t tell no more than that they are
// sent, or where to answer.
func isSignal(t types.Type) bool {
	_, ch := t.Underlying().(*types.Chan)
	return ch || isEmptyStruct(t)
}

func isEmptyStruct(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}
