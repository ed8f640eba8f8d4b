package model

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

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

// A reader reads values as linear integers.
type reader struct {
	p       *conc.Package
	resolve func(ssa.Value) ssa.Value // finds what is bound to a parameter; may be nil
	within  []ssa.Value               // what is being read, the operands last
}

// reader returns a reader of what is bound in the frame.
func (fr *frame) reader() *reader { return &reader{p: fr.pkg.Package, resolve: fr.resolve} }

// number reads an integer.
func (r *reader) number(v ssa.Value) linear {
	return r.read(v, func(v ssa.Value) linear {
		switch v := v.(type) {
		case *ssa.Const:
			if v.Value == nil || v.Value.Kind() != constant.Int {
				return linear{}
			}
			return linear{off: int(v.Int64()), ok: true}
		case *ssa.Convert:
			return r.number(v.X)
		case *ssa.ChangeType:
			return r.number(v.X)
		case *ssa.BinOp:
			return combine(v.Op, r.number(v.X), r.number(v.Y))
		case *ssa.Call:
			if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" {
				return r.length(v.Call.Args[0])
			}
		case *ssa.Phi:
			return linear{} // a counter
		}
		return linear{base: identity(r.p, v), mul: 1, ok: true}
	})
}

// length reads the length of v.
func (r *reader) length(v ssa.Value) linear {
	return r.read(v, func(v ssa.Value) linear {
		switch v := v.(type) {
		case *ssa.MakeSlice:
			return r.number(v.Len)
		case *ssa.MakeMap:
			return linear{}
		case *ssa.ChangeType:
			return r.length(v.X)
		case *ssa.Slice: // of an array that a composite literal made
			if n := arrayLen(v); n >= 0 {
				return linear{off: n, ok: true}
			}
		}
		return linear{base: "len " + identity(r.p, v), mul: 1, ok: true}
	})
}

// read reads what v is bound to. A variable that is set to what is made of it,
// such as a counter, is none of what a linear integer can be.
func (r *reader) read(v ssa.Value, as func(ssa.Value) linear) linear {
	if r.resolve != nil {
		v = r.resolve(v)
	}
	if slices.Contains(r.within, v) {
		return linear{}
	}
	r.within = append(r.within, v)
	defer func() { r.within = r.within[:len(r.within)-1] }()
	return as(v)
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
		if sum.mul == 0 {
			sum.base = ""
		}
		return sum
	case op == token.MUL && y.base == "":
		return linear{x.base, x.mul * y.off, x.off * y.off, true}
	case op == token.MUL && x.base == "":
		return linear{y.base, y.mul * x.off, y.off * x.off, true}
	}
	return linear{}
}

// compares answers a condition that compares numbers, if they are constants, or
// numbers of rounds of the model.
func (fr *frame) compares(cond ssa.Value) (val int, ok bool) {
	cmp, ok := asked(cond).(*ssa.BinOp)
	if !ok || !isInteger(cmp.X.Type()) {
		return 0, false
	}
	d := combine(token.SUB, fr.reader().number(cmp.X), fr.reader().number(cmp.Y))
	if d.base != "" && !slices.Contains(fr.bases, d.base) {
		return 0, false // it may be none
	}
	yes, ok := d.decide(cmp.Op)
	return truth(yes) ^ negations(cond)%2, ok
}

// decide answers whether d op 0, if the answer is the same for every positive
// number that the unknown may be.
func (d linear) decide(op token.Token) (yes, ok bool) {
	if d.mul < 0 {
		swapped := map[token.Token]token.Token{token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ}
		if to, ok := swapped[op]; ok {
			op = to
		}
		d.mul, d.off = -d.mul, -d.off
	}
	least := d.mul + d.off // and more, unless d is a constant
	switch exact := d.base == ""; op {
	case token.EQL, token.NEQ:
		return (least == 0) == (op == token.EQL), d.ok && (exact || least > 0)
	case token.GTR, token.LEQ:
		return (least > 0) == (op == token.GTR), d.ok && (exact || least > 0)
	case token.GEQ, token.LSS:
		return (least >= 0) == (op == token.GEQ), d.ok && (exact || least >= 0)
	}
	return false, false
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
