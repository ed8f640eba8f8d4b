package conc

import (
	"go/constant"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/place"
)

// MinCap is the least capacity with which the channel at pl is made, and
// whether all makes are seen. Capacities that are not constant count as zero.
func (p *Package) MinCap(pl place.Place) (n int64, ok bool) {
	u := p.Uses(pl)
	if len(u.Makes) == 0 {
		return 0, false
	}
	n = -1
	for _, mk := range u.Makes {
		c := p.Cap(mk.Size)
		if n < 0 || c < n {
			n = c
		}
	}
	return max(n, 0), p.Closed(pl)
}

// Cap is the capacity that size stands for: a constant, or a variable that
// starts as one; -1 if it is not known.
func (p *Package) Cap(size ssa.Value) int64 {
	if load, ok := size.(*ssa.UnOp); ok {
		if g, ok := load.X.(*ssa.Global); ok {
			if n, ok := p.initial[g.Object()]; ok {
				return n
			}
		}
	}
	return Const(size)
}

// Const is the value of an integer constant, -1 for anything else.
func Const(v ssa.Value) int64 {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return -1
	}
	return c.Int64()
}

// IsNil reports whether v is the constant nil.
func IsNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// indexMakes joins each make of a channel with where the channel is put.
func (p *Package) indexMakes(f *Func) {
	for op := range f.Ops {
		if op.Kind != Make {
			continue
		}
		mc := op.Instr.(*ssa.MakeChan)
		if u := p.joined(op.Place); u != nil {
			u.Makes = append(u.Makes, op)
		}
		p.followMake(op, mc, 3)
	}
}

// followMake records op as a make of every field and variable that v is
// stored to, and that the channel escapes if it is passed on.
func (p *Package) followMake(op *Op, v ssa.Value, depth int) {
	if v.Referrers() == nil || depth == 0 {
		return
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ia, ok := ref.Addr.(*ssa.IndexAddr); ok && ref.Val == v {
				p.followElem(op, ia.X, ia.Index, depth)
			} else if ref.Val == v {
				p.addMake(op, p.Places.Of(ref.Addr))
				p.followLoads(op, ref.Addr, depth)
			}
		case *ssa.MapUpdate:
			if ref.Value == v {
				p.addMake(op, p.Places.Of(ref.Map).Index(ref.Key))
			}
		case *ssa.ChangeType:
			p.followMake(op, ref, depth-1)
		case *ssa.Phi:
			p.followMake(op, ref, depth-1)
		}
	}
}

// followLoads follows a channel through a local variable that it is kept in.
func (p *Package) followLoads(op *Op, addr ssa.Value, depth int) {
	alloc, ok := addr.(*ssa.Alloc)
	if !ok {
		return
	}
	for _, ref := range *alloc.Referrers() {
		if load, ok := ref.(*ssa.UnOp); ok {
			p.followMake(op, load, depth-1)
		}
	}
}

// followElem records op as a make of the elements of every field and variable
// that the slice or array v gets to, by append too.
func (p *Package) followElem(op *Op, v, index ssa.Value, depth int) {
	if v.Referrers() == nil || depth == 0 {
		return
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Slice:
			p.followElem(op, ref, index, depth)
		case *ssa.Phi:
			p.followElem(op, ref, index, depth-1)
		case *ssa.Call:
			if b, ok := ref.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
				p.followElem(op, ref, index, depth-1)
			}
		case *ssa.Store:
			if ref.Val == v {
				p.addMake(op, p.Places.Of(ref.Addr).Index(index))
			}
		}
	}
}

func (p *Package) addMake(op *Op, pl place.Place) {
	if u := p.joined(pl); u != nil {
		u.Makes = append(u.Makes, op)
	}
}
