package limit

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// distinct reports whether app, in f, takes item only if a map does not have it,
// and the map has it from then on: the list is as long as there are things that
// differ, at most, and the map holds them all. A nil item may be any. take is where
// the list gives one away; only there the map may let go of it too.
//
// False positive: a set of another type than map. False negative: a key that
// differs whenever the item comes back, as a time does.
func distinct(r *effect.Result, f *conc.Func, app *ssa.Call, item ssa.Value, take token.Pos) bool {
	d := &dedup{r: r, f: f, item: item}
	for b := app.Block(); b.Idom() != nil; b = b.Idom() {
		br, ok := b.Idom().Instrs[len(b.Idom().Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		look, absent := lookup(br.Cond, 3)
		if look == nil || !d.isKey(look.Index) {
			continue
		}
		start := br.Block().Succs[1]
		if absent {
			start = br.Block().Succs[0]
		}
		// Inv: a block with one predecessor is entered by that edge only.
		if len(start.Preds) == 1 && start.Dominates(app.Block()) && d.remembered(look, app, start) && !d.forgotten(look, take) {
			return true
		}
	}
	return false
}

// dedup is what is asked about one list.
type dedup struct {
	r    *effect.Result
	f    *conc.Func
	item ssa.Value
}

// lookup is the look into a map that a condition tells the result of, and whether
// it holds if there is nothing.
func lookup(cond ssa.Value, depth int) (look *ssa.Lookup, absent bool) {
	if depth == 0 {
		return nil, false
	}
	switch v := cond.(type) {
	case *ssa.Lookup: // of a map to bool
		return v, false
	case *ssa.Extract:
		if v.Index == 1 {
			look, _ = v.Tuple.(*ssa.Lookup)
		}
		return look, false
	case *ssa.UnOp:
		if v.Op == token.NOT {
			look, absent = lookup(v.X, depth-1)
			return look, !absent
		}
	case *ssa.BinOp:
		if c, ok := v.Y.(*ssa.Const); ok && c.IsNil() {
			look, _ = v.X.(*ssa.Lookup)
			return look, v.Op == token.EQL
		}
	}
	return nil, false
}

// isKey reports whether v is computed from the item.
func (d *dedup) isKey(v ssa.Value) bool { return d.item == nil || d.computed(v, 8) }

func (d *dedup) computed(v ssa.Value, depth int) bool {
	if v == d.item || depth == 0 {
		return v == d.item
	}
	if alloc, ok := v.(*ssa.Alloc); ok {
		return slices.ContainsFunc(d.r.Places.Stored(alloc), func(s ssa.Value) bool { return d.computed(s, depth-1) })
	}
	if _, ok := v.(*ssa.Phi); ok {
		return false
	}
	instr, ok := v.(ssa.Instruction)
	if !ok {
		return false
	}
	return slices.ContainsFunc(instr.Operands(nil), func(op *ssa.Value) bool { return *op != nil && d.computed(*op, depth-1) })
}

// remembered reports whether the map has the item when it is looked up again after
// app: it is put there on the way from start, where it is new, to app, or after it.
func (d *dedup) remembered(look *ssa.Lookup, app *ssa.Call, start *ssa.BasicBlock) bool {
	for instr := range d.f.Instrs {
		put, ok := instr.(*ssa.MapUpdate)
		if !ok || !d.same(put.Map, look.X) || !d.isKey(put.Key) || !start.Dominates(put.Block()) {
			continue
		}
		if c, ok := put.Value.(*ssa.Const); ok && (c.Value == nil || c.Value.String() == "false") && !look.CommaOk {
			continue // as good as nothing
		}
		into := func(e conc.Edge) bool { return e.To == put.Block().Index }
		if put.Block().Dominates(app.Block()) || !d.f.Reaches(app.Block().Index, look.Block().Index, into) {
			return true
		}
	}
	return false
}

// forgotten reports whether the map is emptied, or replaced, while the loop goes
// on, other than of what is taken off the list.
func (d *dedup) forgotten(look *ssa.Lookup, take token.Pos) bool {
	again := func(instr ssa.Instruction) bool {
		b := instr.Block().Index
		return instr.Parent() == d.f.SSA && d.f.Reaches(b, b, nil)
	}
	if mk, ok := look.X.(*ssa.MakeMap); ok && again(mk) {
		return true
	}
	if _, ok := look.X.(*ssa.Phi); ok {
		return true
	}
	taken := d.blockOf(take)
	for instr := range d.f.Instrs {
		switch instr := instr.(type) {
		case *ssa.Store:
			if at := d.place(look.X); again(instr) && !at.IsZero() && d.r.Overwrites(instr, at) {
				return true
			}
		case *ssa.Call:
			b, ok := instr.Call.Value.(*ssa.Builtin)
			if !ok || b.Name() != "delete" && b.Name() != "clear" || !d.same(instr.Call.Args[0], look.X) {
				continue
			}
			along := taken != nil && b.Name() == "delete" && (taken.Dominates(instr.Block()) || instr.Block().Dominates(taken))
			if !along {
				return true
			}
		}
	}
	return false
}

// blockOf is the block of the slice expression at pos.
func (d *dedup) blockOf(pos token.Pos) *ssa.BasicBlock {
	for instr := range d.f.Instrs {
		if sl, ok := instr.(*ssa.Slice); ok && pos.IsValid() && sl.Pos() == pos {
			return sl.Block()
		}
	}
	return nil
}

// same reports whether two values are the same map.
func (d *dedup) same(a, b ssa.Value) bool {
	return a == b || !d.place(a).IsZero() && d.place(a) == d.place(b)
}

// place is the variable or field that a map is loaded from, zero if from none.
func (d *dedup) place(v ssa.Value) place.Place {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return d.r.Places.Of(load.X)
	}
	return place.Place{}
}
