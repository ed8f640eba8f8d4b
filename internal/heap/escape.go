package heap

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
)

// findEscapes notes which objects a gives to what is not followed.
func (h *Heap) findEscapes(a *Activation) {
	if a.Caller == nil {
		for _, ret := range h.pkg.body(a.Fn.SSA).returns {
			for _, v := range ret.Results {
				h.escape(h.Eval(a, v))
			}
		}
	}
	for _, v := range h.pkg.body(a.Fn.SSA).picks {
		h.confuse(a, v)
	}
	h.findMerged(a)
	for instr := range h.moves(a) {
		switch instr := instr.(type) {
		case *ssa.Store:
			h.keep(a, h.Eval(a, instr.Addr), instr.Val)
		case *ssa.MapUpdate:
			h.keep(a, h.Eval(a, instr.Map).at(indexPath(instr.Key)), instr.Value)
		case *ssa.Send:
			h.keep(a, h.Eval(a, instr.Chan).at("<-"), instr.X)
		case *ssa.Select:
			for _, st := range instr.States {
				if st.Send != nil {
					h.keep(a, h.Eval(a, st.Chan).at("<-"), st.Send)
				}
			}
		case ssa.CallInstruction:
			h.give(a, instr)
		}
	}
}

// findMerged notes what several values of a, or results of it, come together to
// something that is not followed.
func (h *Heap) findMerged(a *Activation) {
	for _, phi := range h.pkg.body(a.Fn.SSA).phis {
		if h.Eval(a, phi) == Unknown {
			h.escapeAll(a, phi.Edges)
		}
	}
	call, ok := a.Call.(*ssa.Call)
	if !ok || len(*call.Referrers()) == 0 {
		return
	}
	returns := h.pkg.body(a.Fn.SSA).returns
	for i := range a.Fn.SSA.Signature.Results().Len() {
		if h.returned(a, i) != Unknown {
			continue
		}
		for _, ret := range returns {
			h.escapeAll(a, ret.Results[i:i+1])
		}
	}
}

func (h *Heap) escapeAll(a *Activation, all []ssa.Value) {
	for _, v := range all {
		h.escape(h.Eval(a, v))
	}
}

// keep notes that v is kept at a place.
func (h *Heap) keep(a *Activation, at Value, v ssa.Value) {
	if carries(v.Type()) && (at == Unknown || at.Known() && (at.Obj.Extern || h.isMixed(at))) {
		h.escape(h.Eval(a, v))
	}
}

// picks returns the slice, array or map that v takes an element of, at an index
// that is not a constant; nil if it does not, or if nothing is led to by that.
func picks(v ssa.Value) ssa.Value {
	var from, index ssa.Value
	switch v := v.(type) {
	case *ssa.IndexAddr:
		from, index = v.X, v.Index
	case *ssa.Index:
		from, index = v.X, v.Index
	case *ssa.Lookup:
		from, index = v.X, v.Index
	case *ssa.Next:
		if rng, ok := v.Iter.(*ssa.Range); ok && !v.IsString {
			from = rng.X
		}
	}
	if from == nil || index != nil && indexPath(index) != anyElem {
		return nil
	}
	t := from.Type().Underlying()
	if ptr, ok := t.(*types.Pointer); ok { // to an array
		t = ptr.Elem().Underlying()
	}
	if arr, ok := t.(*types.Array); ok && carries(arr.Elem()) || carries(elemType(t)) {
		return from
	}
	return nil
}

// iterates reports whether v goes through the elements of what it picks from, so
// that it is another one in each round.
func iterates(v ssa.Value) bool {
	var index ssa.Value
	switch v := v.(type) {
	case *ssa.Next:
		return true
	case *ssa.IndexAddr:
		index = v.Index
	case *ssa.Index:
		index = v.Index
	}
	if sum, ok := index.(*ssa.BinOp); ok { // as package ssa counts in a range loop
		index = sum.X
	}
	_, ok := index.(*ssa.Phi)
	return ok
}

// confuse notes that it is not known which element v is. If there are several,
// or if it is another one in each round, what they lead to can no more be told
// apart. A lookup by what is not a counter is taken to find the one that is known:
// the loop of a server finds each waiter once.
func (h *Heap) confuse(a *Activation, v ssa.Value) {
	elems := h.elems(h.Eval(a, picks(v)))
	if iterates(v) || several(elems) {
		for _, e := range elems {
			h.escape(e)
		}
	}
}

// elems are the elements of the slice, array or map at v, and what their fields
// hold, in no order.
func (h *Heap) elems(v Value) []Value {
	if !v.Known() {
		return nil
	}
	var all []Value
	for path, val := range h.stores[v.Obj] {
		if rest, ok := strings.CutPrefix(path, v.Path); ok && strings.HasPrefix(rest, "[") {
			all = append(all, val)
		}
	}
	return all
}

// several reports whether values are not all the same.
func several(all []Value) bool {
	return slices.ContainsFunc(all, func(v Value) bool { return v != all[0] })
}

// isMixed reports whether several objects are stored at a place, so that who
// reads it is not known to use any.
func (h *Heap) isMixed(at Value) bool {
	val, found := h.stored(at)
	return found && val == Unknown
}

// escape notes that v goes where it is not followed. A context may: others can
// but wait for it.
func (h *Heap) escape(v Value) {
	switch {
	case !v.Known() || strings.HasPrefix(v.Path, "#0"):
	case isReceived(v):
		h.received[v] = true
	case v.Obj != h.owner:
		h.escaped[v.Obj] = true
	case v.Path != "":
		h.lent[v.Path] = true
	}
}

// isReceived reports whether v is what is received from a channel, which does not
// lead to the channel.
func isReceived(v Value) bool { return strings.Contains(v.Path, "<-") }

// give notes what a call gives to a function that is not followed.
func (h *Heap) give(a *Activation, instr ssa.CallInstruction) {
	call := instr.Common()
	if b, ok := call.Value.(*ssa.Builtin); ok {
		h.giveElems(a, instr, b.Name())
		return
	}
	op, name := h.pkg.Operation(call)
	if op != known.NoOp && op != known.NotifySignal || h.Callee(a, instr) != nil {
		return
	}
	if call.IsInvoke() && !known.IsStd(pkgPath(call.Method)) {
		h.escape(h.Eval(a, call.Value))
	}
	params := call.Signature().Params()
	for i, v := range call.Args {
		if !carries(v.Type()) {
			continue
		}
		if _, ok := RunsArg(name, call, i); ok {
			continue
		}
		if h.harmless(a, call, name, params, i) {
			h.lend(h.Eval(a, v))
			continue
		}
		h.escape(h.Eval(a, v))
	}
	if _, ok := h.Eval(a, call.Value).site().(*ssa.MakeClosure); ok && name == "" { // too deep to be followed
		h.escape(h.Eval(a, call.Value))
	}
}

// giveElems notes what append and copy add to a slice of which too little is
// known.
func (h *Heap) giveElems(a *Activation, instr ssa.CallInstruction, name string) {
	args := instr.Common().Args
	if len(args) != 2 || !carries(elemType(args[0].Type())) {
		return
	}
	var to Value
	switch name {
	case "append":
		to = h.Eval(a, instr.(ssa.Value)).at(anyElem)
	case "copy":
		to = Unknown
	default:
		return
	}
	elems := h.elems(h.Eval(a, args[1]))
	if to == Unknown || to.Known() && (to.Obj.Extern || h.isMixed(to)) || several(elems) {
		for _, e := range elems {
			h.escape(e)
		}
	}
}

// lend notes that a function of another package is given what is at v. It may use
// what is kept there if the type is not of this package.
func (h *Heap) lend(v Value) {
	named, ok := types.Unalias(v.Type()).(*types.Named)
	if !ok || named.Obj().Pkg() == h.pkg.Types {
		return
	}
	for path, val := range h.stores[v.Obj] {
		if strings.HasPrefix(path, v.Path) {
			h.escape(val)
		}
	}
}

// harmless reports whether argument i of a call is not used there in a way that
// matters: a function of the package without operations, or one of the standard
// library, which can only call methods of what it is given.
func (h *Heap) harmless(a *Activation, call *ssa.CallCommon, name string, params *types.Tuple, i int) bool {
	fn := call.StaticCallee()
	if fn == nil || fn.Pkg == nil && fn.Object() == nil {
		return false
	}
	path := pkgPath(fn.Object())
	if path == h.pkg.Types.Path() {
		_, isPointer := call.Args[i].Type().Underlying().(*types.Pointer)
		return isPointer && h.target(fn) == nil
	}
	if !known.IsStd(path) || isChan(call.Args[i].Type()) {
		return false
	}
	if strings.HasPrefix(name, "(") && i == 0 { // the receiver
		return true
	}
	switch path {
	case "slices", "maps", "iter": // the result may have what the arguments have
		return known.SharesElems(name) || !carries(call.Signature().Results())
	case "sync", "sync/atomic", "container/list", "container/heap", "container/ring", "context", "reflect", "net/http":
		return false
	}
	_, isFunc := call.Args[i].Type().Underlying().(*types.Signature)
	return !isFunc && !hasMethods(params, call, i)
}

// hasMethods reports whether the parameter that argument i is for is an
// interface with methods.
func hasMethods(params *types.Tuple, call *ssa.CallCommon, i int) bool {
	if call.Signature().Recv() != nil && !call.IsInvoke() {
		i--
	}
	if i < 0 || i >= params.Len() {
		return false
	}
	iface, ok := params.At(i).Type().Underlying().(*types.Interface)
	return ok && iface.NumMethods() > 0
}

func pkgPath(obj types.Object) string {
	if obj == nil || obj.Pkg() == nil {
		return ""
	}
	return obj.Pkg().Path()
}

// spread marks what can be reached from objects that have escaped, and from what
// was received and has.
func (h *Heap) spread() {
	var work []*Object
	for o := range h.escaped {
		work = append(work, o)
	}
	var received []Value
	for v := range h.received {
		received = append(received, v)
	}
	mark := func(v Value) {
		switch {
		case !v.Known() || v.Obj == h.owner:
		case isReceived(v):
			if !h.received[v] {
				h.received[v] = true
				received = append(received, v)
			}
		case !h.escaped[v.Obj]:
			h.escaped[v.Obj] = true
			work = append(work, v.Obj)
		}
	}
	for len(work)+len(received) > 0 {
		if n := len(received); n > 0 {
			v := received[n-1]
			received = received[:n-1]
			for path, val := range h.stores[v.Obj] {
				if strings.HasPrefix(path, v.Path) {
					mark(val)
				}
			}
			continue
		}
		o := work[len(work)-1]
		work = work[:len(work)-1]
		for _, v := range h.stores[o] {
			mark(v)
		}
		if mc, ok := o.Site.(*ssa.MakeClosure); ok && o.In != nil {
			for _, b := range mc.Bindings {
				mark(h.Eval(o.In, b))
			}
		}
	}
}
