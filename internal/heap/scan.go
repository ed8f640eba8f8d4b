package heap

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
)

// scan records what a stores, sends, and calls.
func (h *Heap) scan(a *Activation) {
	for instr := range h.moves(a) {
		switch instr := instr.(type) {
		case *ssa.Store:
			h.record(h.Eval(a, instr.Addr), h.storable(a, instr.Val))
		case *ssa.MapUpdate:
			if carries(instr.Value.Type()) {
				h.record(h.Eval(a, instr.Map).at(indexPath(instr.Key)), h.storable(a, instr.Value))
			}
		case *ssa.Send:
			h.send(a, instr.Chan, instr.X)
		case *ssa.Select:
			for _, st := range instr.States {
				if st.Send != nil {
					h.send(a, st.Chan, st.Send)
				}
			}
		case ssa.CallInstruction:
			h.scanCall(a, instr)
		}
	}
}

// storable is the value of v as something stored: a channel variable that is set
// to nil holds more than one thing.
func (h *Heap) storable(a *Activation, v ssa.Value) Value {
	if c, ok := v.(*ssa.Const); ok && c.IsNil() && isChan(v.Type()) {
		return Unknown
	}
	return h.Eval(a, v)
}

func (h *Heap) send(a *Activation, ch, x ssa.Value) {
	if carries(x.Type()) {
		h.record(h.Eval(a, ch).at("<-"), h.Eval(a, x))
	}
}

// scanCall finds the activations that a call leads to.
func (h *Heap) scanCall(a *Activation, instr ssa.CallInstruction) {
	call := instr.Common()
	if b, ok := call.Value.(*ssa.Builtin); ok {
		if b.Name() == "append" && len(call.Args) == 2 && carries(elemType(call.Args[0].Type())) {
			h.record(h.Eval(a, instr.(ssa.Value)).at("[*]"), h.content(h.Eval(a, call.Args[1]).at("[*]"), elemType(call.Args[0].Type())))
		}
		return
	}
	if op, name := h.pkg.Operation(call); op == known.NewCond {
		h.record(h.Eval(a, instr.(ssa.Value)).at(".L"), h.Eval(a, call.Args[0]))
	} else {
		for i, v := range call.Args {
			if isGo, ok := RunsArg(name, call, i); ok {
				h.Runs(a, instr, v, isGo)
			}
		}
	}
	h.Callee(a, instr)
}

// RunsArg reports whether the function of another package with that name runs
// or starts argument i of a call.
func RunsArg(name string, call *ssa.CallCommon, i int) (isGo, ok bool) {
	if _, isFunc := call.Args[i].Type().Underlying().(*types.Signature); !isFunc {
		return false, false
	}
	if call.Signature().Recv() != nil && !call.IsInvoke() {
		i--
	}
	for _, cb := range known.Callbacks(name) {
		if cb.Param == i && cb.How != known.Stored {
			return cb.How == known.Goroutine, true
		}
	}
	return false, false
}

// moves yields the stores, sends and calls of a, as far as they are in the
// scope.
func (h *Heap) moves(a *Activation) func(yield func(ssa.Instruction) bool) {
	return func(yield func(ssa.Instruction) bool) {
		for _, instr := range h.pkg.body(a.Fn.SSA).moves {
			if a == h.Root && h.scope.Within != nil && !h.scope.Within(instr.Block().Index) {
				continue
			}
			if !yield(instr) {
				return
			}
		}
	}
}

// carries reports whether a value of type t can lead to a channel, lock,
// function, or the like.
func carries(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return false
	case *types.Slice:
		return carries(t.Elem())
	case *types.Array:
		return carries(t.Elem())
	case *types.Pointer:
		_, basic := t.Elem().Underlying().(*types.Basic)
		return !basic
	}
	return true
}

// findEscapes notes which objects a gives to what is not followed.
func (h *Heap) findEscapes(a *Activation) {
	if a.Caller == nil {
		for _, ret := range h.pkg.body(a.Fn.SSA).returns {
			for _, v := range ret.Results {
				h.escape(h.Eval(a, v))
			}
		}
	}
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

// keep notes that v is kept at a place.
func (h *Heap) keep(a *Activation, at Value, v ssa.Value) {
	if carries(v.Type()) && (at == Unknown || at.Known() && (at.Obj.Extern || h.isMixed(at))) {
		h.escape(h.Eval(a, v))
	}
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
	case v.Obj != h.owner:
		h.escaped[v.Obj] = true
	case v.Path != "":
		h.lent[v.Path] = true
	}
}

// give notes what a call gives to a function that is not followed.
func (h *Heap) give(a *Activation, instr ssa.CallInstruction) {
	call := instr.Common()
	if _, ok := call.Value.(*ssa.Builtin); ok {
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

// spread marks what can be reached from objects that have escaped.
func (h *Heap) spread() {
	var work []*Object
	for o := range h.escaped {
		work = append(work, o)
	}
	mark := func(v Value) {
		if v.Known() && v.Obj != h.owner && !h.escaped[v.Obj] {
			h.escaped[v.Obj] = true
			work = append(work, v.Obj)
		}
	}
	for len(work) > 0 {
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
