package loop

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// deepest bounds how many calls are followed, up or down.
const deepest = 3

// Closes returns the closes in the package of the channel that u receives from
// that can happen while the loop of u goes on, in the order of the source.
//
// Not among them are those that come after the loop: in its own function, or
// behind a wait for it; those that go with a signal on which the loop leaves,
// or are made only after one; and those of a channel that is then replaced.
//
// False positive: a close after a wait for something that ends with the loop.
// False negative: a close behind an unrelated wait in another package.
func (p *Package) Closes(u conc.Use) []*conc.Op {
	pl := u.Place()
	if pl.Kind() == place.Local && pl.IsRoot() || pl.Elem() {
		return nil // one channel after another
	}
	all := p.closesOf(u.Op.Fn, pl, deepest)
	if len(all) == 0 {
		return nil
	}
	exits := p.exits(u)
	var out []*conc.Op
	for _, c := range all {
		if !slices.Contains(out, c) && !p.replaced(c) && !p.ended(u.Op, c) && !p.told(exits, c) && !p.onlyAfter(exits, c) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *conc.Op) int { return int(a.Pos() - b.Pos()) })
	return out
}

// closesOf are all closes of the channel that f knows as pl.
func (p *Package) closesOf(f *conc.Func, pl place.Place, depth int) []*conc.Op {
	var out []*conc.Op
	for _, c := range p.Uses(pl).Closes {
		out = append(out, c.Op)
	}
	if depth == 0 {
		return out
	}
	if pl.Kind() == place.Param && pl.IsRoot() {
		for _, c := range p.CallsTo(p.declarer(f, pl)) {
			if up := c.Target.Into(pl); !up.IsZero() {
				out = append(out, p.closesOf(c.Op.Fn, up, depth-1)...)
			}
		}
	}
	if call, ok := pl.Root().(*ssa.Call); ok && pl.IsRoot() {
		out = append(out, p.closesOfResult(call, depth)...)
	}
	return append(out, p.closesBelow(f.Root(), pl, depth)...)
}

// closesOfResult are the closes of the channel that a function of the package
// makes and returns.
func (p *Package) closesOfResult(call *ssa.Call, depth int) []*conc.Op {
	f := p.Func(call.Call.StaticCallee())
	if f == nil {
		return nil
	}
	var out []*conc.Op
	for _, b := range f.SSA.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || len(ret.Results) != 1 {
			continue
		}
		if made := p.Places.Of(ret.Results[0]); made.Kind() == place.Made {
			out = append(out, p.closesOf(f, made, depth-1)...)
		}
	}
	return out
}

// closesBelow are the closes in functions that f, or a literal in it, passes
// the channel to.
func (p *Package) closesBelow(f *conc.Func, pl place.Place, depth int) []*conc.Op {
	var out []*conc.Op
	for op := range f.Ops {
		if op.Inner != nil {
			op = op.Inner
		}
		if op.Kind == conc.Close && op.Place == pl && pl.Kind() == place.Param {
			out = append(out, op)
		}
		if op.Call == nil || depth == 0 || !slices.Contains(op.Call.Args, pl) {
			continue
		}
		for _, t := range op.Call.Targets {
			if in := t.Enter(pl); in.Kind() == place.Param && in != pl {
				out = append(out, p.closesBelow(t.Func, in, depth-1)...)
			}
		}
	}
	for _, anon := range f.Anons {
		out = append(out, p.closesBelow(anon, pl, depth)...)
	}
	return out
}

// replaced reports whether the function that closes a channel also assigns to
// the field or variable that it is kept in.
func (p *Package) replaced(c *conc.Op) bool {
	j := c.Place.Join()
	return j.Field() != nil && p.assigns(c.Fn)[j] || c.Place.Kind() == place.Global && p.assigns(c.Fn)[j]
}

// ended reports whether the loop of op has ended when c happens: c is in the
// same function, or a caller, and comes later; or waits for the loop.
func (p *Package) ended(op, c *conc.Op) bool {
	return p.later(op, c, deepest) || p.awaits(op.Fn, c, deepest)
}

// later reports whether c, or a call that leads to it, runs in the function of
// op, or one that calls that, when op is over.
func (p *Package) later(op, c *conc.Op, depth int) bool {
	if follows(op, c) {
		return true
	}
	if depth == 0 {
		return false
	}
	for _, call := range p.CallsTo(c.Fn) {
		if call.Op.Kind != conc.Go && p.later(op, call.Op, depth-1) {
			return true
		}
	}
	for _, call := range p.CallsTo(op.Fn) {
		if call.Op.Kind != conc.Go && p.later(call.Op, c, depth-1) {
			return true
		}
	}
	return false
}

// follows reports whether c is in the function of op and cannot run before it.
func follows(op, c *conc.Op) bool {
	if op.Fn != c.Fn || op == c {
		return false
	}
	if _, deferred := c.Instr.(*ssa.Defer); deferred {
		return true
	}
	return !precedes(c, op)
}

// precedes reports whether a can run before b, in one function.
func precedes(a, b *conc.Op) bool {
	if a.Block == b.Block {
		ops := a.Fn.Blocks[a.Block].Ops
		if index(ops, a) < index(ops, b) {
			return true
		}
	}
	return flood(a.Block, func(i int) []int { return a.Fn.Blocks[i].Succs })[b.Block]
}

// index is where op, or what starts or defers it, is among ops.
func index(ops []*conc.Op, op *conc.Op) int {
	return slices.IndexFunc(ops, func(o *conc.Op) bool { return o == op || o.Inner == op })
}

// awaits reports whether c, or a call that leads to it, comes after a wait for
// a goroutine that runs f.
func (p *Package) awaits(f *conc.Func, c *conc.Op, depth int) bool {
	_, deferred := c.Instr.(*ssa.Defer)
	for op := range c.Fn.Ops {
		if op == c || op.Inner == c || op.Kind == conc.Go || op.Kind == conc.Defer || !deferred && !precedes(op, c) {
			continue
		}
		if slices.ContainsFunc(p.Waits(op), func(w effect.Wait) bool { return p.endsWith(f, w) }) {
			return true
		}
	}
	if depth == 0 {
		return false
	}
	return slices.ContainsFunc(p.CallsTo(c.Fn), func(call conc.CallTo) bool {
		return call.Op.Kind != conc.Go && p.awaits(f, call.Op, depth-1)
	})
}

// endsWith reports whether what ends a wait is done by who runs f.
func (p *Package) endsWith(f *conc.Func, w effect.Wait) bool {
	if w.Op == nil || w.Op.Kind == conc.Known {
		return w.Kind == effect.Other || w.Kind == effect.Group // an errgroup, say
	}
	u := p.Uses(w.Op.Place)
	switch w.Op.Kind {
	case conc.Wait:
		return p.runBy(f, u.Dones)
	case conc.Recv:
		return p.runBy(f, slices.Concat(u.Sends, u.Closes))
	case conc.Select:
		for _, c := range w.Op.Cases {
			if u := p.Uses(c.Place); !c.Send && p.runBy(f, slices.Concat(u.Sends, u.Closes)) {
				return true
			}
		}
	}
	return false
}

// runBy reports whether one of uses is in a function that runs f, or is
// deferred by it.
func (p *Package) runBy(f *conc.Func, uses []conc.Use) bool {
	return slices.ContainsFunc(uses, func(u conc.Use) bool {
		if u.Op.Kind == conc.Go && u.Op.Inner.Call != nil { // wg.Go
			return slices.ContainsFunc(u.Op.Inner.Call.Targets, func(t conc.Target) bool { return p.runs(t.Func, f, deepest) })
		}
		return p.runs(u.Op.Fn, f, deepest)
	})
}

// runs reports whether g is f, calls it, or is a literal in it.
func (p *Package) runs(g, f *conc.Func, depth int) bool {
	if f.Encloses(g.SSA) {
		return true
	}
	if depth == 0 {
		return false
	}
	for op := range g.Ops {
		if op.Call == nil || op.Kind == conc.Go {
			continue
		}
		if slices.ContainsFunc(op.Call.Targets, func(t conc.Target) bool { return p.runs(t.Func, f, depth-1) }) {
			return true
		}
	}
	return false
}

// declarer is the function, f or one that it is in, whose parameter pl is.
func (p *Package) declarer(f *conc.Func, pl place.Place) *conc.Func {
	if param, ok := pl.Root().(*ssa.Parameter); ok {
		return p.Func(param.Parent())
	}
	return f
}
