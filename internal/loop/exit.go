package loop

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// exits are the receives of u's select, other than u, that leave the loop when
// they are closed, those in front of it that do, and sends.
func (p *Package) exits(u conc.Use) []conc.Use {
	var out []conc.Use
	for op := range u.Op.Fn.Ops {
		if !p.InSameRound(u.Op, op) {
			continue
		}
		for _, e := range op.Receives() {
			if e != u && !p.After(e, true).Stays() {
				out = append(out, e)
			}
		}
		out = append(out, sends(op)...)
	}
	return out
}

// sends are the cases of a select that send: on a closed channel they panic.
func sends(op *conc.Op) []conc.Use {
	var out []conc.Use
	for i, c := range op.Cases {
		if c.Send {
			out = append(out, conc.Use{Op: op, Case: i})
		}
	}
	return out
}

// Bound is what ends the wait of u by itself.
func Bound(u conc.Use) conc.Bound {
	if u.Case >= 0 {
		return u.Op.Cases[u.Case].Bound
	}
	return u.Op.Bound
}

// told reports whether the function that closes, or one that calls it, also
// tells the loop to leave.
func (p *Package) told(exits []conc.Use, c *conc.Op) bool {
	if len(exits) == 0 {
		return false
	}
	return p.tells(exits, c.Fn, 2) || slices.ContainsFunc(p.CallsTo(c.Fn), func(call conc.CallTo) bool {
		return call.Op.Kind != conc.Go && p.tells(exits, call.Op.Fn, 1)
	})
}

// Prompts reports whether a round that begins with u, whose channel is closed,
// itself makes a case ready by which the loop leaves.
func (p *Package) Prompts(u conc.Use) bool {
	exits := p.exits(u)
	return slices.ContainsFunc(p.After(u, true).Ops, func(op *conc.Op) bool {
		if slices.ContainsFunc(exits, func(e conc.Use) bool { return signals(op, e) }) {
			return true
		}
		return op.Kind == conc.Call && slices.ContainsFunc(op.Call.Targets, func(t conc.Target) bool { return p.tells(exits, t.Func, 1) })
	})
}

// tells reports whether f does what makes one of exits ready.
func (p *Package) tells(exits []conc.Use, f *conc.Func, depth int) bool {
	for op := range f.Ops {
		if op.Inner != nil {
			op = op.Inner
		}
		if slices.ContainsFunc(exits, func(e conc.Use) bool { return signals(op, e) }) {
			return true
		}
		if op.Call == nil || depth == 0 {
			continue
		}
		for _, t := range op.Call.Targets {
			if p.tells(exits, t.Func, depth-1) {
				return true
			}
		}
	}
	return slices.ContainsFunc(f.Anons, func(anon *conc.Func) bool { return p.tells(exits, anon, depth) })
}

// signals reports whether op makes e ready.
func signals(op *conc.Op, e conc.Use) bool {
	switch op.Kind {
	case conc.Cancel:
		return Bound(e) == conc.ByContext
	case conc.Send:
		return !(e.Case >= 0 && e.Op.Cases[e.Case].Send) && sameChannel(op.Place, e.Place())
	case conc.Close:
		return sameChannel(op.Place, e.Place())
	}
	return false
}

func sameChannel(a, b place.Place) bool {
	return !a.IsZero() && (a == b || !a.Join().IsZero() && a.Join() == b.Join())
}

// onlyAfter reports whether c happens only after one of exits was ready: all
// ways to it pass a receive of the same kind.
func (p *Package) onlyAfter(exits []conc.Use, c *conc.Op) bool {
	if len(exits) == 0 {
		return false
	}
	passed := make(map[int]bool)
	for op := range c.Fn.Ops {
		for _, rv := range op.Receives() {
			if slices.ContainsFunc(exits, func(e conc.Use) bool { return alike(rv, e) }) {
				passed[taken(rv)] = true
			}
		}
	}
	_, deferred := c.Instr.(*ssa.Defer)
	seen := make(map[int]bool)
	work := []int{0}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b] || passed[b] {
			continue
		}
		seen[b] = true
		if b == c.Block && !deferred || deferred && endsIn(c.Fn.Blocks[b]) {
			return false
		}
		work = append(work, c.Fn.Blocks[b].Succs...)
	}
	return true
}

// alike reports whether two receives are of one channel, or both of a context.
func alike(a, b conc.Use) bool {
	return Bound(a) == conc.ByContext && Bound(b) == conc.ByContext || sameChannel(a.Place(), b.Place())
}

// taken is the block that is entered when u was received.
func taken(u conc.Use) int {
	if u.Case < 0 {
		return u.Op.Block
	}
	sel := u.Op.Instr.(*ssa.Select)
	for _, ref := range *sel.Referrers() {
		index, ok := ref.(*ssa.Extract)
		if !ok || index.Index != 0 {
			continue
		}
		for _, cmp := range *index.Referrers() {
			bin, ok := cmp.(*ssa.BinOp)
			if ok && conc.Const(bin.Y) == int64(u.Case) {
				return bin.Block().Succs[0].Index
			}
		}
	}
	return u.Op.Block
}

// endsIn reports whether a function returns in b.
func endsIn(b *conc.Block) bool {
	_, ok := b.SSA.Instrs[len(b.SSA.Instrs)-1].(*ssa.Return)
	return ok
}
