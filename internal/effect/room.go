package effect

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// hasRoom reports whether a send finds room for certain: the channel is made
// in the same function, has a buffer, and is sent to at most as often as the
// buffer has places since it was made; or its capacity was computed for the
// purpose; or it is the channel of an object that gets one value.
func (r *Result) hasRoom(u conc.Use) bool {
	pl := u.Place()
	uses := r.Uses(pl)
	if drained(u) || r.lenChecked(u) || r.justMade(uses, u.Op) || r.flagged(u) {
		return true
	}
	makes := r.makesAt(pl)
	if len(makes) == 0 {
		return false
	}
	least := int64(1 << 30)
	for _, mk := range makes {
		c := r.Cap(mk.Size)
		if c < 0 && (pl.Kind() == place.Made || pl.Kind() == place.Local || counted(mk.Size)) {
			continue // sized for its sends
		}
		least = min(least, max(c, 0))
	}
	if least == 0 {
		return false
	}
	if pl.Kind() == place.Made || pl.Kind() == place.Local && pl.IsRoot() {
		return least == 1<<30 || r.sentOnce(uses, least)
	}
	if pl.Field() == nil { // an element
		return least == 1<<30 || r.forgets(u)
	}
	return least == 1<<30 && together(uses.Sends, makes) || r.oneShot(pl, uses, least)
}

// together reports whether all sends are in the function that makes the channel,
// literals included: a capacity that it works out is for what it sends.
func together(sends []conc.Use, makes []*conc.Op) bool {
	return !slices.ContainsFunc(sends, func(s conc.Use) bool {
		return slices.ContainsFunc(makes, func(mk *conc.Op) bool { return s.Op.Fn.Root() != mk.Fn.Root() })
	})
}

// makesAt are where the channels at pl are made, if that is known for all of them.
func (r *Result) makesAt(pl place.Place) []*conc.Op {
	if makes := r.Uses(pl).Makes; len(makes) > 0 {
		return makes
	}
	if o := r.Origin(pl); !o.Open {
		return o.Makes
	}
	return nil
}

// drained reports whether the send comes after a select that received from the
// same channel: the old value is replaced by the new one.
func drained(u conc.Use) bool {
	for op := range u.Op.Fn.Ops {
		if op.Kind != conc.Select {
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
// that the send runs, as in if len(ch) == cap(ch) { return }, or one that compares
// the length of something with the very capacity that the channel was made with.
func (r *Result) lenChecked(u conc.Use) bool {
	room, _ := r.MinCap(u.Place())
	for b := u.Op.Fn.Blocks[u.Op.Block].SSA.Idom(); b != nil; b = b.Idom() {
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cmp, ok := br.Cond.(*ssa.BinOp)
		if ok && (r.isLen(cmp.X, u.Place()) || r.isLen(cmp.Y, u.Place()) || limits(cmp, room)) {
			return true
		}
	}
	return false
}

// limits reports whether cmp compares the length of something, perhaps of what it
// is to become, with room.
func limits(cmp *ssa.BinOp, room int64) bool {
	x, y := cmp.X, cmp.Y
	if conc.Const(x) >= 0 {
		x, y = y, x
	}
	if sum, ok := x.(*ssa.BinOp); ok && sum.Op == token.ADD && conc.Const(sum.Y) == 1 {
		x = sum.X
	}
	call, ok := x.(*ssa.Call)
	if !ok || room < 2 || conc.Const(y) != room {
		return false
	}
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "len"
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
	f := op.Fn.Root()
	block, _ := standing(op, f)
	return f, block
}

// standing is the block of f in which op, or the literal of f that op is in, stands.
// It is not ok if op is not in f.
func standing(op *conc.Op, f *conc.Func) (block int, ok bool) {
	block = op.Block
	for g := op.Fn; g != f; g = g.Parent {
		if g.Parent == nil {
			return 0, false
		}
		block = 0 // a literal that captures nothing
		if mc := place.MakerOf(g.SSA); mc != nil {
			block = mc.Block().Index
		}
	}
	return block, true
}

// counted reports whether a capacity is a number of things, as len(xs) and
// counts[k] are, and not a setting.
func counted(size ssa.Value) bool { return countedFrom(size, make(map[ssa.Value]bool)) }

// countedFrom is counted, without those in seen: loops compute values from each
// other.
func countedFrom(size ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[size] {
		return false
	}
	seen[size] = true
	switch v := size.(type) {
	case *ssa.Call:
		_, ok := v.Call.Value.(*ssa.Builtin)
		return ok
	case *ssa.Lookup:
		return true
	case *ssa.BinOp:
		return countedFrom(v.X, seen) || countedFrom(v.Y, seen)
	case *ssa.Convert:
		return countedFrom(v.X, seen)
	case *ssa.Phi:
		return slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return countedFrom(e, seen) })
	}
	return false
}

// justMade reports whether the channel, kept in a field or container, was made
// by the same function right before its one send, or with a place for each: a
// number of places that the function works out is for what it sends.
func (r *Result) justMade(uses *conc.Uses, op *conc.Op) bool {
	return slices.ContainsFunc(uses.Makes, func(mk *conc.Op) bool {
		once := r.Cap(mk.Size) > 0 && (!inLoop(op) || picked(op)) && !slices.ContainsFunc(uses.Sends, func(s conc.Use) bool {
			return s.Op != op && s.Op.Fn == op.Fn && !exclude(s.Op, op)
		})
		return mk.Fn == op.Fn && precedes(mk, op) && (once || r.Cap(mk.Size) < 0)
	})
}

// picked reports whether op runs in those rounds of a loop only in which something
// equals something else, as one of a list does.
func picked(op *conc.Op) bool {
	b := op.Fn.Blocks[op.Block].SSA
	above := b.Idom()
	if above == nil || len(b.Preds) != 1 {
		return false
	}
	br, ok := above.Instrs[len(above.Instrs)-1].(*ssa.If)
	if !ok || above.Succs[0] != b {
		return false
	}
	cmp, ok := br.Cond.(*ssa.BinOp)
	return ok && cmp.Op == token.EQL && !conc.IsNil(cmp.X) && !conc.IsNil(cmp.Y)
}

// flagged reports whether the send is made once for each object, by a flag of
// the object that is tested in front of it and then set: a bool, or an error or
// pointer that is nil before.
func (r *Result) flagged(u conc.Use) bool {
	owner := u.Place().Owner()
	at := u.Op.Fn.Blocks[u.Op.Block].SSA
	for _, b := range u.Op.Fn.SSA.Blocks {
		for _, instr := range b.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok || !isTrue(st.Val) && !nilable(st.Val) {
				continue
			}
			flag := r.Places.Of(st.Addr)
			if flag.Field() == nil || flag.Owner() != owner {
				continue
			}
			isFlag := func(pl place.Place) bool { return pl == flag }
			before := b.Dominates(at) && r.testedBefore(b, isFlag)
			if before || postdominates(u.Op.Fn, b.Index, at.Index) && r.testedBefore(at, isFlag) {
				return true
			}
		}
	}
	return false
}

// testedBefore reports whether a condition on a flag decides that b runs.
func (r *Result) testedBefore(b *ssa.BasicBlock, isFlag func(place.Place) bool) bool {
	for b = b.Idom(); b != nil; b = b.Idom() {
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cond := br.Cond
		if cmp, ok := cond.(*ssa.BinOp); ok && conc.IsNil(cmp.Y) {
			cond = cmp.X
		}
		if isFlag(r.Places.Of(cond)) {
			return true
		}
	}
	return false
}

// nilable reports whether v is of a type that has nil, and not nil outright.
func nilable(v ssa.Value) bool {
	switch v.Type().Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return !conc.IsNil(v)
	}
	return false
}

func isTrue(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value)
}

// forgets reports whether the function of the send also closes the channel,
// deletes from a map, drops the container, or puts another channel in its place:
// an element that is made with room for its one value, gets it, and is gone.
func (r *Result) forgets(u conc.Use) bool {
	for op := range u.Op.Fn.Ops {
		if op.Kind == conc.Close && op.Place == u.Place() {
			return true
		}
	}
	for _, b := range u.Op.Fn.SSA.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Call:
				if b, ok := instr.Call.Value.(*ssa.Builtin); ok && b.Name() == "delete" {
					return true
				}
			case *ssa.MapUpdate:
				if r.Places.Of(instr.Map) == u.Place().Container() {
					return true
				}
			case *ssa.Store:
				c, ok := instr.Val.(*ssa.Const)
				if ok && c.IsNil() && r.Places.Of(instr.Addr).Field() == u.Place().Join().Field() {
					return true
				}
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
