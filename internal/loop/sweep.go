package loop

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// swept reports whether del deletes what a loop over the map c has come upon, and
// that no condition identifies: by a comparison with something else, or by a call
// that is given both, or because it is in another map.
//
// False positive: a call that compares something else of the two, as Before does
// with times.
func (p *Package) swept(del *ssa.Call, c Container) bool {
	next := p.nextOf(del.Call.Args[1], 8)
	if next == nil {
		return false
	}
	over, ok := next.Iter.(*ssa.Range)
	if !ok {
		return false
	}
	if through, ok := p.contained(over.X); !ok || through != c {
		return false // the elements of another, which may be those to remove
	}
	for b := del.Block(); b != nil && b != next.Block(); {
		b = b.Idom()
		if br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok && p.identifies(br.Cond, next) {
			return false
		}
	}
	return true
}

// nextOf is the step of a loop over a map that v is from, or is reached from.
func (p *Package) nextOf(v ssa.Value, depth int) *ssa.Next {
	if depth == 0 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Extract:
		next, _ := v.Tuple.(*ssa.Next)
		return next
	case *ssa.UnOp:
		return p.nextOf(v.X, depth-1)
	case *ssa.FieldAddr:
		return p.nextOf(v.X, depth-1)
	case *ssa.Field:
		return p.nextOf(v.X, depth-1)
	case *ssa.Convert:
		return p.nextOf(v.X, depth-1)
	case *ssa.Alloc:
		if vals := p.Places.Stored(v); len(vals) == 1 {
			return p.nextOf(vals[0], depth-1)
		}
	case *ssa.Call:
		for _, a := range v.Call.Args { // a key that is computed from the element
			if next := p.nextOf(a, depth-1); next != nil {
				return next
			}
		}
	}
	return nil
}

// identifies reports whether a condition brings what next has come upon together
// with something else.
func (p *Package) identifies(cond ssa.Value, next *ssa.Next) bool {
	element := func(v ssa.Value) bool { return p.nextOf(v, 8) == next }
	other := func(v ssa.Value) bool {
		_, constant := v.(*ssa.Const)
		return !constant && !element(v)
	}
	switch v := cond.(type) {
	case *ssa.UnOp:
		return v.Op == token.NOT && p.identifies(v.X, next)
	case *ssa.Extract:
		return p.identifies(v.Tuple, next)
	case *ssa.BinOp:
		equal := v.Op == token.EQL || v.Op == token.NEQ
		return equal && (element(v.X) && other(v.Y) || element(v.Y) && other(v.X))
	case *ssa.Lookup:
		return element(v.Index) && other(v.X)
	case *ssa.Call:
		with := v.Call.Args
		if v.Call.IsInvoke() {
			with = append([]ssa.Value{v.Call.Value}, with...)
		}
		return slices.ContainsFunc(with, element) && slices.ContainsFunc(with, other)
	}
	return false
}
