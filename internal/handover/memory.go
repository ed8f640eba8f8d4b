package handover

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// memory names the memory that v leads to: that of the slice that it was cut
// from or appended to, of the buffer that it was read from. It is zero for what
// is new, or not known.
func (fl *flow) memory(v ssa.Value) place.Place {
	switch v := v.(type) {
	case *ssa.Slice:
		return fl.memory(v.X)
	case *ssa.ChangeType:
		return fl.memory(v.X)
	case *ssa.MakeInterface:
		return fl.memory(v.X)
	case *ssa.SliceToArrayPointer:
		return fl.memory(v.X)
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok {
			if b.Name() == "append" && !newAppend(v) {
				return fl.memory(v.Call.Args[0])
			}
			return place.Place{}
		}
		if obj := conc.Callee(&v.Call); obj != nil && known.AliasesReceiver(obj.FullName()) {
			return fl.memory(v.Call.Args[0])
		}
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok && v.Index == 0 {
			if obj := conc.Callee(&call.Call); obj != nil && known.AliasesReceiver(obj.FullName()) {
				return fl.memory(call.Call.Args[0])
			}
		}
	case *ssa.Const:
		return place.Place{}
	}
	return fl.r.Places.Of(v)
}

// target names the memory that a write to v changes. It is zero for what is behind
// the beginning of a slice: what was sent may have ended before.
func (fl *flow) target(v ssa.Value) place.Place {
	for w := v; ; {
		s, ok := w.(*ssa.Slice)
		if !ok {
			return fl.memory(v)
		}
		if s.Low != nil && conc.Const(s.Low) != 0 {
			return place.Place{}
		}
		w = s.X
	}
}

// newAppend reports whether an append makes a new array: its first operand has
// no room.
func newAppend(call *ssa.Call) bool {
	switch x := call.Call.Args[0].(type) {
	case *ssa.Const:
		return true
	case *ssa.Convert:
		return true
	case *ssa.Slice: // a literal, or s[:0:0] and the like
		if x.Max != nil {
			return true
		}
		alloc, ok := x.X.(*ssa.Alloc)
		return ok && (alloc.Comment == "slicelit" || alloc.Comment == "varargs")
	}
	return false
}

// part is memory that a value carries.
type part struct {
	mem    place.Place
	shape  Shape
	member bool
}

// parts are the memory that a value carries to its receiver: its own, and that
// of the fields of a struct that the function has put together.
func (fl *flow) parts(v ssa.Value) []part {
	var out []part
	add := func(v ssa.Value, member bool) {
		mem, shape := fl.memory(v), shapeOf(strip(v).Type())
		if shape != 0 && !mem.IsZero() {
			out = append(out, part{mem, shape, member})
		}
	}
	add(v, false)
	for _, st := range fields(strip(v)) {
		add(st.Val, true)
	}
	return append(out, fl.named(strip(v))...)
}

// named are the parts of a struct in a variable, by the names of its fields.
func (fl *flow) named(v ssa.Value) []part {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil
	}
	st, ok := load.Type().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	var out []part
	for field := range st.Fields() {
		if shape := shapeOf(field.Type()); shape != 0 && shape != Pointer {
			out = append(out, part{fl.r.Places.Of(load.X).Select(field), shape, true})
		}
	}
	return out
}

// strip is v without the interface that it is kept in.
func strip(v ssa.Value) ssa.Value {
	for {
		switch w := v.(type) {
		case *ssa.MakeInterface:
			v = w.X
		case *ssa.ChangeInterface:
			v = w.X
		default:
			return v
		}
	}
}

// fields are the stores to the fields of a struct that the function has made, or
// of a pointer to one.
func fields(v ssa.Value) []*ssa.Store {
	if load, ok := v.(*ssa.UnOp); ok {
		v = load.X
	}
	alloc, ok := v.(*ssa.Alloc)
	if !ok || alloc.Referrers() == nil {
		return nil
	}
	var out []*ssa.Store
	for _, ref := range *alloc.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == alloc && isLiteral(st.Val) { // of a literal
			out = append(out, fields(st.Val)...)
		}
		fa, ok := ref.(*ssa.FieldAddr)
		if !ok || fa.Referrers() == nil {
			continue
		}
		for _, use := range *fa.Referrers() {
			if st, ok := use.(*ssa.Store); ok && st.Addr == fa {
				out = append(out, st)
			}
		}
	}
	return out
}

// isLiteral reports whether v is what a literal of its own holds.
func isLiteral(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	alloc, ok := load.X.(*ssa.Alloc)
	return ok && alloc.Comment == "complit"
}

// shapeOf is the shape of the memory that a value of type t leads to, 0 if it is
// a copy.
func shapeOf(t types.Type) Shape {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return Slice
	case *types.Map:
		return Map
	case *types.Pointer:
		if _, ok := u.Elem().Underlying().(*types.Array); ok {
			return Slice
		}
		return Pointer
	}
	return 0
}

// given is the memory that op gives away: by case i, if it is a select.
func (fl *flow) given(op *conc.Op, i int) []entry {
	switch instr := op.Instr.(type) {
	case *ssa.Send:
		if op.Kind == conc.Send {
			return fl.gift(Gift{At: op, Case: -1, Chan: op.Place, Send: op, Value: instr.X, arg: -1})
		}
	case *ssa.Select:
		if i >= 0 {
			return fl.gift(Gift{At: op, Case: i, Chan: op.Cases[i].Place, Send: op, Value: instr.States[i].Send, arg: -1})
		}
	}
	call := op
	if op.Kind == conc.Go {
		call = op.Inner
		if isAfterFunc(op) {
			return nil // it starts when what follows is done
		}
	}
	if call.Call == nil || len(call.Call.Targets) != 1 || call.Call.Targets[0].Via != conc.Static {
		return nil
	}
	return fl.passed(op, call.Call)
}

// isAfterFunc reports whether op is a call of time.AfterFunc.
func isAfterFunc(op *conc.Op) bool {
	call, ok := op.Instr.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil {
		return false
	}
	fn, ok := call.Call.StaticCallee().Object().(*types.Func)
	return ok && known.OpOf(fn.FullName()) == known.AfterFunc
}

func (fl *flow) gift(g Gift) []entry {
	var out []entry
	for _, p := range fl.parts(g.Value) {
		g.Shape, g.Member = p.shape, p.member
		out = append(out, entry{p.mem, fl.intern(g, p.mem)})
	}
	return out
}

// passed is the memory that a function that is called, or started, has given
// away when it returns.
func (fl *flow) passed(op *conc.Op, call *conc.CallSite) []entry {
	var out []entry
	t := call.Targets[0]
	for _, e := range fl.a.flow(t.Func).exit {
		mem := t.Into(e.mem)
		if mem.IsZero() || e.gift.Shape == Pointer && e.gift.Member {
			continue
		}
		arg := -1
		var val ssa.Value
		for i, param := range t.Func.SSA.Params {
			if param == e.mem.Root() && e.mem.IsRoot() && i < len(call.Common.Args) && !call.Common.IsInvoke() {
				arg, val = i, call.Common.Args[i]
				mem = fl.memory(val)
			}
		}
		if mem.IsZero() || t.Func.Obj != nil && arg < 0 {
			continue // a field of its own
		}
		g := Gift{At: op, Case: -1, Chan: t.Into(e.gift.Chan), Send: e.gift.Send, Value: val, Shape: e.gift.Shape, Member: e.gift.Member, arg: arg}
		out = append(out, entry{mem, fl.intern(g, mem)})
	}
	return out
}

// intern returns the one address of a gift.
func (fl *flow) intern(g Gift, mem place.Place) *Gift {
	k := giftKey{g.At, max(g.Case, g.arg), mem, g.Member}
	if fl.gifts[k] == nil {
		fl.gifts[k] = &g
	}
	return fl.gifts[k]
}
