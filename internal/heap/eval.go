package heap

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
)

// Eval is what v denotes in a: for an address the place it is of, for a struct
// or array the place it was read from.
func (h *Heap) Eval(a *Activation, v ssa.Value) Value {
	if v == nil {
		return Unknown
	}
	key := valueKey{a, v}
	if val, ok := h.memo[key]; ok {
		return val
	}
	h.memo[key] = nothing // for cycles
	val := h.eval(a, v)
	h.memo[key] = val
	return val
}

func (h *Heap) eval(a *Activation, v ssa.Value) Value {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil { // nil, or a struct or array of zeros
			return nothing
		}
	case *ssa.Parameter:
		return h.param(a, v)
	case *ssa.FreeVar:
		return h.captured(a, v)
	case *ssa.Alloc, *ssa.MakeChan, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeClosure:
		return Value{Obj: h.object(v, a)}
	case *ssa.Function, *ssa.Global:
		o := h.object(v, nil)
		_, o.Extern = v.(*ssa.Global)
		return Value{Obj: o}
	case *ssa.FieldAddr:
		return h.Eval(a, v.X).at(fieldPath(v.X.Type(), v.Field))
	case *ssa.Field:
		return h.content(h.Eval(a, v.X).at(fieldPath(v.X.Type(), v.Field)), v.Type())
	case *ssa.IndexAddr:
		return h.Eval(a, v.X).at(indexPath(v.Index))
	case *ssa.Index:
		return h.content(h.Eval(a, v.X).at(indexPath(v.Index)), v.Type())
	case *ssa.Lookup:
		return h.content(h.Eval(a, v.X).at(indexPath(v.Index)), elemType(v.X.Type()))
	case *ssa.Slice:
		return h.Eval(a, v.X)
	case *ssa.UnOp:
		return h.unary(a, v)
	case *ssa.Extract:
		return h.extract(a, v)
	case *ssa.Phi:
		return h.phi(a, v)
	case *ssa.MakeInterface:
		return h.Eval(a, v.X)
	case *ssa.ChangeInterface:
		return h.Eval(a, v.X)
	case *ssa.ChangeType:
		return h.Eval(a, v.X)
	case *ssa.MultiConvert:
		return h.Eval(a, v.X)
	case *ssa.TypeAssert:
		return h.Eval(a, v.X)
	case *ssa.Call:
		return h.result(a, v, 0)
	}
	return Unknown
}

// param is what was passed for a parameter.
func (h *Heap) param(a *Activation, p *ssa.Parameter) Value {
	for ; a != nil && a.Fn.SSA != p.Parent(); a = a.Caller {
	}
	if a == nil {
		return Unknown
	}
	for i, q := range a.Fn.SSA.Params {
		if q != p || i >= len(a.args) {
			continue
		}
		if op := a.args[i]; op.val != nil {
			return h.Eval(op.in, op.val)
		} else if op.value.Obj != nil {
			return op.value
		}
	}
	if a.Caller != nil {
		return Unknown
	}
	return h.external(p, a)
}

// external is an object of which a is given no more than a name.
func (h *Heap) external(v ssa.Value, a *Activation) Value {
	o := h.object(v, a)
	o.Extern = true
	return Value{Obj: o}
}

// captured is what was bound to a variable that a literal captures.
func (h *Heap) captured(a *Activation, fv *ssa.FreeVar) Value {
	if a.closure == nil {
		return h.external(fv, a)
	}
	mc := a.closure.Site.(*ssa.MakeClosure)
	for i, b := range mc.Fn.(*ssa.Function).FreeVars {
		if b == fv {
			return h.Eval(a.closure.In, mc.Bindings[i])
		}
	}
	return Unknown
}

// unary is the value of a load or receive.
func (h *Heap) unary(a *Activation, v *ssa.UnOp) Value {
	switch v.Op {
	case token.MUL:
		return h.content(h.Eval(a, v.X), v.Type())
	case token.ARROW:
		if !v.CommaOk {
			return h.content(h.Eval(a, v.X).at("<-"), v.Type())
		}
	}
	return Unknown
}

// content is what is stored at a place, of the given type.
func (h *Heap) content(at Value, t types.Type) Value {
	if !at.Known() {
		return at
	}
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
		return at
	}
	val, found := h.stored(at)
	if found {
		return val
	}
	if at.Obj.Extern {
		return at.at("*")
	}
	return nothing
}

// stored is what the scanned functions store at a place: outright, to elements
// that it may be, or as part of a struct.
func (h *Heap) stored(at Value) (val Value, found bool) {
	return h.storedIn(at, 4)
}

func (h *Heap) storedIn(at Value, depth int) (val Value, found bool) {
	if depth == 0 {
		return Unknown, true
	}
	m := h.stores[at.Obj]
	val = nothing
	for path, v := range m {
		switch {
		case mayBe(path, at.Path):
			val, found = join(val, v), true
		case !strings.HasPrefix(at.Path, path) || !isSelection(at.Path[len(path):]) || !h.isAggregate(at.Obj, path):
		case v == Unknown:
			return Unknown, true
		case v.Known():
			rest := at.Path[len(path):]
			if v.Obj == at.Obj && strings.HasPrefix(v.Path, path) {
				continue
			}
			if part, ok := h.storedIn(v.at(rest), depth-1); ok {
				val, found = join(val, part), true
			} else if v.Obj.Extern {
				val, found = join(val, v.at(rest+"*")), true
			}
		}
	}
	return val, found
}

// isAggregate reports whether the place at path of o holds a struct or array.
func (h *Heap) isAggregate(o *Object, path string) bool {
	t := Value{o, path}.Type()
	if t == nil {
		return strings.HasSuffix(path, "]") || strings.HasSuffix(path, "<-")
	}
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
		return true
	}
	return false
}

func isSelection(rest string) bool { return rest != "" && (rest[0] == '.' || rest[0] == '[') }

// mayBe reports whether two paths can lead to the same place: they are equal
// but for indices, of which one is not known.
func mayBe(p, q string) bool {
	if p == q {
		return true
	}
	if !strings.Contains(p, "[*]") && !strings.Contains(q, "[*]") {
		return false
	}
	a, b := selections(p), selections(q)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && !(a[i][0] == '[' && b[i][0] == '[' && (a[i] == "[*]" || b[i] == "[*]")) {
			return false
		}
	}
	return true
}

// extract is a result of a call, receive, lookup or range.
func (h *Heap) extract(a *Activation, v *ssa.Extract) Value {
	switch t := v.Tuple.(type) {
	case *ssa.Call:
		return h.result(a, t, v.Index)
	case *ssa.UnOp:
		if t.Op == token.ARROW && v.Index == 0 {
			return h.content(h.Eval(a, t.X).at("<-"), v.Type())
		}
	case *ssa.Lookup:
		if v.Index == 0 {
			return h.content(h.Eval(a, t.X).at(indexPath(t.Index)), v.Type())
		}
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return h.Eval(a, t.X)
		}
	case *ssa.Next:
		if rng, ok := t.Iter.(*ssa.Range); ok && v.Index == 2 {
			return h.content(h.Eval(a, rng.X).at(anyElem), v.Type())
		}
	case *ssa.Select:
		n := 1
		for _, st := range t.States {
			if st.Dir == types.RecvOnly {
				n++
				if n == v.Index {
					return h.content(h.Eval(a, st.Chan).at("<-"), v.Type())
				}
			}
		}
	}
	return Unknown
}

// phi is what may come from several blocks. A channel that may be nil is not
// known.
func (h *Heap) phi(a *Activation, v *ssa.Phi) Value {
	val := nothing
	for _, e := range v.Edges {
		if c, ok := e.(*ssa.Const); ok && c.IsNil() && isChan(v.Type()) {
			return Unknown
		}
		val = join(val, h.Eval(a, e))
	}
	return val
}

// result is result i of a call.
func (h *Heap) result(a *Activation, call *ssa.Call, i int) Value {
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		if b.Name() == "append" {
			return h.appended(a, call)
		}
		return Unknown
	}
	op, name := h.pkg.Operation(&call.Call)
	if known.SharesElems(name) {
		return h.Eval(a, call.Call.Args[0])
	}
	switch op {
	case known.NewCond:
		return Value{Obj: h.object(call, a)}
	case known.After, known.Tick, known.NewTimer, known.NewTicker, known.AfterFunc:
		return h.external(call, a)
	case known.RLocker:
		return h.Eval(a, call.Call.Args[0])
	case known.OnceFunc, known.OnceValue:
		return Value{Obj: h.object(call, a)}
	case known.WithCancel:
		return Value{h.object(call, a), fmt.Sprintf("#%d", i)}
	case known.ContextDone:
		recv := call.Call.Value
		if !call.Call.IsInvoke() {
			recv = call.Call.Args[0]
		}
		return h.Eval(a, recv).at("#done")
	}
	if callee := h.Callee(a, call); callee != nil {
		return h.returned(callee, i)
	}
	o := h.object(call, a)
	o.Extern = true
	if call.Call.Signature().Results().Len() > 1 {
		return Value{o, fmt.Sprintf("#%d", i)}
	}
	return Value{Obj: o}
}

// returned is result i of an activation.
func (h *Heap) returned(a *Activation, i int) Value {
	val := nothing
	for _, ret := range h.pkg.body(a.Fn.SSA).returns {
		if i < len(ret.Results) {
			val = join(val, h.Eval(a, ret.Results[i]))
		}
	}
	return val
}

// appended is the slice that append returns: the one it is given, or a new one.
func (h *Heap) appended(a *Activation, call *ssa.Call) Value {
	base := h.Eval(a, call.Call.Args[0])
	if base == nothing {
		base = Value{Obj: h.object(call, a)}
	}
	return base
}

// anyElem is the selection of an element whose index is not a constant.
const anyElem = "[*]"

// plainIndex leaves out what separates selections.
var plainIndex = strings.NewReplacer("[", "", "]", "", ".", "", "*", "", "#", "", "<", "")

// indexPath is the selection of an element.
func indexPath(index ssa.Value) string {
	if c, ok := index.(*ssa.Const); ok && c.Value != nil {
		if c.Value.Kind() == constant.Int || c.Value.Kind() == constant.String {
			return "[" + plainIndex.Replace(c.Value.ExactString()) + "]"
		}
	}
	return anyElem
}

// fieldPath is the selection of field i of the struct that t is or points to.
func fieldPath(t types.Type, i int) string {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok { // a type parameter with a core type
		return fmt.Sprintf(".%d", i)
	}
	return "." + st.Field(i).Name()
}

func elemType(t types.Type) types.Type {
	switch t := t.Underlying().(type) {
	case *types.Map:
		return t.Elem()
	case *types.Slice:
		return t.Elem()
	}
	return types.Typ[types.Byte]
}

func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}
