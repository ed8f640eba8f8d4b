package model

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
)

// linear is an integer as mul*base + off, where base names an unknown; a
// constant has no base. It is not ok if the integer is none of this.
type linear struct {
	base     string
	mul, off int
	ok       bool
}

// mostConst is the largest constant number that is taken as it is. Larger ones
// are unknowns.
const mostConst = 8

// linearOf reads v as a linear integer. resolve finds what is bound to a
// parameter; it may be nil.
func linearOf(p *conc.Package, v ssa.Value, resolve func(ssa.Value) ssa.Value) linear {
	if resolve != nil {
		v = resolve(v)
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil || v.Value.Kind() != constant.Int {
			return linear{}
		}
		return linear{off: int(v.Int64()), ok: true}
	case *ssa.Convert:
		return linearOf(p, v.X, resolve)
	case *ssa.ChangeType:
		return linearOf(p, v.X, resolve)
	case *ssa.BinOp:
		return combine(v.Op, linearOf(p, v.X, resolve), linearOf(p, v.Y, resolve))
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" {
			return lengthOf(p, v.Call.Args[0], resolve)
		}
	case *ssa.Phi:
		return linear{} // a counter
	}
	return linear{base: identity(p, v), mul: 1, ok: true}
}

// lengthOf is the length of v.
func lengthOf(p *conc.Package, v ssa.Value, resolve func(ssa.Value) ssa.Value) linear {
	if resolve != nil {
		v = resolve(v)
	}
	switch v := v.(type) {
	case *ssa.MakeSlice:
		return linearOf(p, v.Len, resolve)
	case *ssa.MakeMap:
		return linear{}
	case *ssa.ChangeType:
		return lengthOf(p, v.X, resolve)
	case *ssa.Slice: // of an array that a composite literal made
		if n := arrayLen(v); n >= 0 {
			return linear{off: n, ok: true}
		}
	}
	return linear{base: "len " + identity(p, v), mul: 1, ok: true}
}

// identity names what v denotes: equal names are equal values, as far as one
// function can tell.
func identity(p *conc.Package, v ssa.Value) string {
	pl := p.Places.Of(v)
	if pl.IsZero() {
		return fmt.Sprintf("%p", v)
	}
	return fmt.Sprintf("%p %v", pl.Root(), pl)
}

// combine is x op y.
func combine(op token.Token, x, y linear) linear {
	if !x.ok || !y.ok {
		return linear{}
	}
	switch {
	case op == token.SUB:
		y.mul, y.off = -y.mul, -y.off
		fallthrough
	case op == token.ADD && (x.base == "" || y.base == "" || x.base == y.base):
		sum := linear{x.base + y.base, x.mul + y.mul, x.off + y.off, true}
		if x.base != "" && y.base != "" {
			sum.base = x.base
			sum.ok = x.base == y.base
		}
		return sum
	case op == token.MUL && y.base == "":
		return linear{x.base, x.mul * y.off, x.off * y.off, true}
	case op == token.MUL && x.base == "":
		return linear{y.base, y.mul * x.off, y.off * x.off, true}
	}
	return linear{}
}

// arrayLen is the length of a slice that is a whole array, as that of a
// composite literal is; -1 if it is not.
func arrayLen(s *ssa.Slice) int {
	if s.Low != nil || s.High != nil {
		return -1
	}
	if ptr, ok := s.X.Type().Underlying().(*types.Pointer); ok {
		if arr, ok := ptr.Elem().Underlying().(*types.Array); ok {
			return int(arr.Len())
		}
	}
	return -1
}
