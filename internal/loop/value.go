package loop

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A value is what is known of an SSA value on a path. The zero value knows
// nothing.
type value struct {
	kind kind
	c    constant.Value // of an exact value
	of   ssa.Value      // of a held value
}

type kind uint8

const (
	unknown kind = iota
	zero         // nil, or a struct or array of zeros
	exact        // c
	some         // not nil
	same         // what it was in the round before
	held         // what of is, which no round changes
	altered      // a map whose entries may have changed
)

func (v value) String() string {
	switch v.kind {
	case exact:
		return "=" + v.c.ExactString()
	case held:
		return "=" + v.of.Name()
	}
	return string('0' + rune(v.kind))
}

// zeroOf is the zero value of type t.
func zeroOf(t types.Type) value {
	if b, ok := t.Underlying().(*types.Basic); ok {
		switch info := b.Info(); {
		case info&types.IsBoolean != 0:
			return value{kind: exact, c: constant.MakeBool(false)}
		case info&types.IsInteger != 0:
			return value{kind: exact, c: constant.MakeInt64(0)}
		case info&types.IsString != 0:
			return value{kind: exact, c: constant.MakeString("")}
		}
		return value{}
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return value{}
	}
	return value{kind: zero}
}

// eval is what st knows of v.
func (w *walk) eval(v ssa.Value, st state) value {
	if val, ok := st.vals[v]; ok {
		return val
	}
	val := w.compute(v, st)
	if val.kind == unknown && w.unchanged(v, st, 4) {
		return value{kind: held, of: v}
	}
	return val
}

// compute is what v is by how it is computed.
func (w *walk) compute(v ssa.Value, st state) value {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			return zeroOf(v.Type())
		}
		return value{kind: exact, c: v.Value}
	case *ssa.MakeInterface, *ssa.Alloc, *ssa.MakeChan, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeClosure:
		return value{kind: some}
	case *ssa.ChangeType:
		return w.eval(v.X, st)
	case *ssa.ChangeInterface:
		return w.eval(v.X, st)
	case *ssa.Extract:
		return w.extract(v)
	case *ssa.UnOp:
		return w.unop(v, st)
	case *ssa.BinOp:
		return compare(v.Op, w.eval(v.X, st), w.eval(v.Y, st))
	case *ssa.Field:
		if w.eval(v.X, st).kind == zero {
			return zeroOf(v.Type())
		}
	case *ssa.Call:
		return w.call(v, st)
	}
	return value{}
}

// extract is a part of what the operation of the round gave.
func (w *walk) extract(v *ssa.Extract) value {
	if from, ok := v.Tuple.(ssa.Instruction); !ok || from != w.use.Op.Instr {
		return value{}
	}
	sel, ok := v.Tuple.(*ssa.Select)
	switch {
	case !ok && v.Index == 0 && w.closed, ok && v.Index >= 2 && w.closed:
		return zeroOf(v.Type())
	case !ok && v.Index == 1, ok && v.Index == 1:
		if w.closed {
			return value{kind: exact, c: constant.MakeBool(false)}
		}
	case ok && v.Index == 0:
		index := w.use.Case
		if index == Default {
			index = len(sel.States)
		}
		return value{kind: exact, c: constant.MakeInt64(int64(index))}
	}
	return value{}
}

func (w *walk) unop(v *ssa.UnOp, st state) value {
	switch v.Op {
	case token.NOT:
		if x := w.eval(v.X, st); x.kind == exact && x.c.Kind() == constant.Bool {
			return value{kind: exact, c: constant.MakeBool(!constant.BoolVal(x.c))}
		}
	case token.ARROW:
		if v == w.use.Op.Instr && w.closed && !v.CommaOk {
			return zeroOf(v.Type())
		}
	case token.MUL:
		return w.load(v.X, v.Type(), st)
	}
	return value{}
}

// load is what a local variable, or a field of one, holds.
func (w *walk) load(addr ssa.Value, t types.Type, st state) value {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return st.mem[addr]
	case *ssa.FieldAddr:
		if alloc := variable(addr); alloc != nil && st.mem[alloc].kind == zero {
			return zeroOf(t)
		}
	}
	return value{}
}

// variable is the local variable that an address is in, nil if it is in none.
func variable(addr ssa.Value) *ssa.Alloc {
	for {
		switch a := addr.(type) {
		case *ssa.Alloc:
			return a
		case *ssa.FieldAddr:
			addr = a.X
		default:
			return nil
		}
	}
}

// call evaluates the few calls that are pure.
func (w *walk) call(v *ssa.Call, st state) value {
	if b, ok := v.Call.Value.(*ssa.Builtin); ok && (b.Name() == "len" || b.Name() == "cap") {
		x := w.eval(v.Call.Args[0], st)
		switch {
		case x.kind == zero:
			return value{kind: exact, c: constant.MakeInt64(0)}
		case x.kind == exact && x.c.Kind() == constant.String:
			return value{kind: exact, c: constant.MakeInt64(int64(len(constant.StringVal(x.c))))}
		}
	}
	if fn := v.Call.StaticCallee(); fn != nil && fn.Pkg != nil && fn.Pkg.Pkg.Path() == "errors" && fn.Name() == "Is" {
		if w.eval(v.Call.Args[0], st).kind == zero && w.eval(v.Call.Args[1], st).kind != zero {
			return value{kind: exact, c: constant.MakeBool(false)} // nil is no error
		}
	}
	return value{}
}

// compare is the result of a comparison.
func compare(op token.Token, x, y value) value {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
	default:
		return value{}
	}
	if x.kind == exact && y.kind == exact && x.c.Kind() == y.c.Kind() {
		if x.c.Kind() == constant.Bool && op != token.EQL && op != token.NEQ {
			return value{}
		}
		return value{kind: exact, c: constant.MakeBool(constant.Compare(x.c, op, y.c))}
	}
	if x.kind == held && y.kind == held && matches(x.of, y.of) {
		return compare(op, zeroOf(types.Typ[types.Int]), zeroOf(types.Typ[types.Int]))
	}
	nils := x.kind == zero && y.kind == zero
	differ := x.kind == zero && y.kind == some || x.kind == some && y.kind == zero
	if !nils && !differ {
		return value{}
	}
	return value{kind: exact, c: constant.MakeBool(nils == (op == token.EQL))}
}

// matches reports whether two values that no round changes are computed in the
// same way from the same.
func matches(x, y ssa.Value) bool {
	if x == y {
		return true
	}
	switch x := x.(type) {
	case *ssa.Const:
		y, ok := y.(*ssa.Const)
		return ok && x.Value != nil && y.Value != nil && types.Identical(x.Type(), y.Type()) && constant.Compare(x.Value, token.EQL, y.Value)
	case *ssa.BinOp:
		y, ok := y.(*ssa.BinOp)
		return ok && x.Op == y.Op && matches(x.X, y.X) && matches(x.Y, y.Y)
	case *ssa.Convert:
		y, ok := y.(*ssa.Convert)
		return ok && types.Identical(x.Type(), y.Type()) && matches(x.X, y.X)
	case *ssa.Call:
		y, ok := y.(*ssa.Call)
		return ok && isLen(x) && isLen(y) && matches(x.Call.Args[0], y.Call.Args[0])
	}
	return false
}

func isLen(v *ssa.Call) bool {
	b, ok := v.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "len"
}
