package heap

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Field is what is stored in a field of what is at v.
func (h *Heap) Field(v Value, name string) Value {
	at := v.at("." + name)
	if !at.Known() {
		return Unknown
	}
	val, _ := h.stored(at)
	return val
}

// InField reports whether v is stored in a field of a structure.
func (h *Heap) InField(v Value) bool {
	for _, m := range h.stores {
		for path, val := range m {
			if val == v && strings.Contains(path, ".") {
				return true
			}
		}
	}
	return false
}

// Receiver is what the method is called on that call calls, be it by a method
// value.
func (h *Heap) Receiver(a *Activation, call *ssa.CallCommon) Value {
	if call.IsInvoke() {
		return h.Eval(a, call.Value)
	}
	if fn := call.StaticCallee(); fn != nil && fn.Signature.Recv() != nil && len(call.Args) > 0 {
		return h.Eval(a, call.Args[0])
	}
	v := h.Eval(a, call.Value)
	if mc, ok := v.site().(*ssa.MakeClosure); ok && len(mc.Bindings) == 1 {
		return h.Eval(v.Obj.In, mc.Bindings[0])
	}
	return Unknown
}

// NotNil reports whether v is certainly not nil in a.
func NotNil(a *Activation, v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.MakeChan, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeClosure, *ssa.Function, *ssa.FieldAddr, *ssa.Global, *ssa.MakeInterface:
		return true
	case *ssa.ChangeType:
		return NotNil(a, v.X)
	case *ssa.Parameter:
		for ; a != nil && a.Fn.SSA != v.Parent(); a = a.Caller {
		}
		if a == nil {
			return false
		}
		for i, p := range a.Fn.SSA.Params {
			if arg, in := a.Param(i); p == v && arg != nil {
				return NotNil(in, arg)
			}
		}
	}
	return false
}

// NilTest is the comparison with nil that v is loaded for, if it is.
func NilTest(v *ssa.UnOp) (cmp *ssa.BinOp, ok bool) {
	for _, ref := range *v.Referrers() {
		cmp, ok := ref.(*ssa.BinOp)
		if !ok || cmp.X != v || cmp.Op != token.EQL && cmp.Op != token.NEQ {
			continue
		}
		if c, ok := cmp.Y.(*ssa.Const); ok && c.IsNil() {
			return cmp, true
		}
	}
	return nil, false
}

// EscapeSent notes that what is sent on a channel, and what that leads to, has
// escaped if others receive from the channel as well, or send on it.
func (h *Heap) EscapeSent(others func(ch Value) bool) {
	for o, m := range h.stores {
		for path, val := range m {
			if at, sent := strings.CutSuffix(path, "<-"); sent && others(Value{o, at}) {
				h.escape(val)
			}
		}
	}
	h.spread()
}

// A Field is a field of a structure.
type Field struct {
	Var  *types.Var
	Open bool // other packages can select it
}

// Fields are the fields that v is part of, or that hold its object, in what the
// object of Own consists of. What is passed through channels only is no part of
// it.
func (h *Heap) Fields(v Value) []Field {
	var out []Field
	for o := range h.parts() {
		if o == v.Obj {
			out = append(out, fieldsOf(o, v.Path)...)
		}
		for path, val := range h.stores[o] {
			if val.Obj == v.Obj && !strings.Contains(path, "<-") {
				out = append(out, fieldsOf(o, path)...)
			}
		}
	}
	return out
}

// parts are the objects that can be reached from that of Own, itself included.
func (h *Heap) parts() map[*Object]bool {
	if h.owned != nil {
		return h.owned
	}
	h.owned = map[*Object]bool{h.owner: true}
	for work := []*Object{h.owner}; len(work) > 0; {
		o := work[len(work)-1]
		work = work[:len(work)-1]
		for path, val := range h.stores[o] {
			if val.Known() && !strings.Contains(path, "<-") && !h.owned[val.Obj] {
				h.owned[val.Obj] = true
				work = append(work, val.Obj)
			}
		}
	}
	return h.owned
}

// fieldsOf are the fields on a path into o.
func fieldsOf(o *Object, path string) []Field {
	var out []Field
	t := Value{Obj: o}.Type()
	for _, sel := range selections(path) {
		if t == nil {
			break
		}
		if st, ok := t.Underlying().(*types.Struct); ok && sel[0] == '.' {
			named, isNamed := types.Unalias(t).(*types.Named)
			for f := range st.Fields() {
				if f.Name() == sel[1:] {
					out = append(out, Field{f.Origin(), f.Exported() && (!isNamed || named.Obj().Exported())})
				}
			}
		}
		t = selectType(t, sel)
	}
	return out
}
