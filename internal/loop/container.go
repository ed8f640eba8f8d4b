package loop

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// A Container is a map or slice, known by its field or variable, or by where it
// is made.
type Container struct {
	join place.Join
	made ssa.Value
}

// Field is the field that holds c, nil if it is in none.
func (c Container) Field() *types.Var { return c.join.Field() }

// ContainerOf is the map or slice from which the channel was taken that send
// sends on. by is send, or the call that leads to it; what is taken from a
// container may be passed to it.
func (p *Package) ContainerOf(send, by *conc.Op) (Container, bool) {
	if instr, ok := send.Instr.(*ssa.Send); ok {
		if c, ok := p.container(instr.Chan); ok {
			return c, true
		}
	}
	if by == send || by.Call == nil {
		return Container{}, false
	}
	for _, a := range slices.Concat([]ssa.Value{by.Call.Common.Value}, by.Call.Common.Args) {
		if !leadsToChan(a.Type(), 5) {
			continue // a key, or what is to be sent
		}
		if c, ok := p.container(a); ok {
			return c, true
		}
	}
	return Container{}, false
}

// leadsToChan reports whether what is of type t can hold a channel, a few fields
// away, or a method that sends.
func leadsToChan(t types.Type, depth int) bool {
	if depth == 0 {
		return false
	}
	switch t := t.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return true
	case *types.Interface:
		return t.NumMethods() > 0
	case *types.Pointer:
		return leadsToChan(t.Elem(), depth-1)
	case *types.Slice:
		return leadsToChan(t.Elem(), depth-1)
	case *types.Map:
		return leadsToChan(t.Elem(), depth-1)
	case *types.Struct:
		for f := range t.Fields() {
			if leadsToChan(f.Type(), depth-1) {
				return true
			}
		}
	}
	return false
}

// container is the map or slice that v is, or is reached from, an element of.
func (p *Package) container(v ssa.Value) (Container, bool) {
	for range 12 {
		switch x := v.(type) {
		case *ssa.UnOp:
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.TypeAssert:
			v = x.X
		case *ssa.Alloc:
			vals := p.Places.Stored(x)
			if len(vals) != 1 {
				return Container{}, false
			}
			v = vals[0]
		case *ssa.Extract:
			next, ok := x.Tuple.(*ssa.Next)
			if ok {
				if r, ok := next.Iter.(*ssa.Range); ok {
					return p.contained(r.X)
				}
			}
			if l, ok := x.Tuple.(*ssa.Lookup); ok {
				return p.contained(l.X)
			}
			return Container{}, false
		case *ssa.Lookup:
			return p.contained(x.X)
		case *ssa.IndexAddr:
			return p.contained(x.X)
		default:
			return Container{}, false
		}
	}
	return Container{}, false
}

func (p *Package) contained(v ssa.Value) (Container, bool) {
	pl := p.Places.Of(v)
	if j := pl.Join(); !j.IsZero() {
		return Container{join: j}, true
	}
	if mk, ok := pl.Root().(*ssa.MakeMap); ok && pl.IsRoot() {
		return Container{made: mk}, true
	}
	return Container{}, false
}

// Removes reports whether the case of u removes from c an element that it is told
// to. One that it comes upon as it goes through c, and that nothing tells from the
// others, is done with: it has its answer, or its time is over.
func (p *Package) Removes(u conc.Use, c Container) bool {
	round := p.After(u, false)
	for _, b := range round.blocks {
		if p.removesIn(u.Op.Fn.SSA.Blocks[b], c) {
			return true
		}
	}
	for _, op := range round.Ops {
		if op.Call == nil {
			continue
		}
		for _, t := range op.Call.Targets {
			if slices.ContainsFunc(t.Func.SSA.Blocks, func(b *ssa.BasicBlock) bool { return p.removesIn(b, c) }) {
				return true
			}
		}
	}
	return false
}

// removesIn reports whether b deletes from the map c what its function was told to.
func (p *Package) removesIn(b *ssa.BasicBlock, c Container) bool {
	return slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool {
		call, ok := instr.(*ssa.Call)
		if !ok {
			return false
		}
		fn, ok := call.Call.Value.(*ssa.Builtin)
		if !ok || fn.Name() != "delete" {
			return false
		}
		got, ok := p.contained(call.Call.Args[0])
		return ok && got == c && !p.swept(call, c)
	})
}
