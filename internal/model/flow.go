package model

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
)

// flow follows channels, wait groups and function literals forward through the
// variables, parameters and closures they are bound to.
type flow struct {
	pkg  *conc.Package
	memo map[ssa.Value]bool
}

func newFlow(p *conc.Package) *flow { return &flow{p, make(map[ssa.Value]bool)} }

// closed reports whether every use of v is one that the translation knows:
// v is operated on, called, captured, or passed to a function of the package
// that does no more with it.
func (f *flow) closed(v ssa.Value) bool {
	if known, ok := f.memo[v]; ok {
		return known
	}
	f.memo[v] = true // for recursion
	refs := v.Referrers()
	ok := refs != nil
	if ok {
		for _, ref := range *refs {
			if !f.use(v, ref) {
				ok = false
				break
			}
		}
	}
	f.memo[v] = ok
	return ok
}

// use reports whether ref, which refers to v, is understood.
func (f *flow) use(v ssa.Value, ref ssa.Instruction) bool {
	switch ref := ref.(type) {
	case *ssa.DebugRef:
		return true
	case *ssa.ChangeType:
		return f.closed(ref)
	case *ssa.Send:
		return ref.X != v
	case *ssa.UnOp:
		return ref.Op == token.ARROW
	case *ssa.Select:
		for _, st := range ref.States {
			if st.Send == v {
				return false
			}
		}
		return true
	case *ssa.Store:
		return f.stored(v, ref)
	case *ssa.MakeClosure:
		return f.captured(v, ref)
	case *ssa.Call:
		return f.passed(v, &ref.Call)
	case *ssa.Go:
		return f.passed(v, &ref.Call)
	case *ssa.Defer:
		return f.passed(v, &ref.Call)
	}
	return false
}

// stored follows v into a local variable that holds nothing else.
func (f *flow) stored(v ssa.Value, st *ssa.Store) bool {
	if st.Addr == v { // a wait group is set to zero
		c, ok := st.Val.(*ssa.Const)
		return ok && c.Value == nil
	}
	alloc, ok := st.Addr.(*ssa.Alloc)
	if !ok || len(f.pkg.Places.Stored(alloc)) != 1 {
		return false
	}
	return f.variable(alloc)
}

// variable follows what a variable holds, of which addr is the address.
func (f *flow) variable(addr ssa.Value) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.Store:
			if st, ok := ref.(*ssa.Store); ok && st.Addr != addr {
				return false
			}
		case *ssa.UnOp:
			if ref.Op != token.MUL || !f.closed(ref) {
				return false
			}
		case *ssa.MakeClosure:
			if !f.closed(ref) {
				return false
			}
			for i, b := range ref.Bindings {
				if b == addr && !f.variable(ref.Fn.(*ssa.Function).FreeVars[i]) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// captured follows an address that a closure captures.
func (f *flow) captured(v ssa.Value, mc *ssa.MakeClosure) bool {
	for i, b := range mc.Bindings {
		if b == v && !f.closed(mc.Fn.(*ssa.Function).FreeVars[i]) {
			return false
		}
	}
	return f.closed(mc)
}

// passed follows v into a call.
func (f *flow) passed(v ssa.Value, call *ssa.CallCommon) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return b.Name() == "close" || b.Name() == "cap"
	}
	if call.IsInvoke() {
		return false
	}
	if isOperation(call) {
		return true
	}
	callee := literal(call.Value)
	for i, a := range call.Args {
		if a != v {
			continue
		}
		if callee == nil || f.pkg.Func(callee) == nil || callee.Origin() != nil || len(callee.Blocks) == 0 || !f.closed(callee.Params[i]) {
			return false
		}
	}
	return true
}

// literal is the function that v is, if it is one by name or a literal.
func literal(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	}
	return nil
}

// isOperation reports whether call is an operation that the translation has a
// meaning for, whatever its arguments are.
func isOperation(call *ssa.CallCommon) bool {
	switch op, name := operation(call); op {
	case known.WaitGroupAdd, known.WaitGroupDone, known.WaitGroupWait, known.WaitGroupGo, known.OnceDo, known.AfterFunc:
		return true
	default:
		return isGroupMethod(name, "Go") || isGroupMethod(name, "Wait")
	}
}

// isGroupMethod reports whether name is that of a method of errgroup.Group.
func isGroupMethod(name, method string) bool {
	return name == "(*golang.org/x/sync/errgroup.Group)."+method
}

// operation is what the called function is, to internal/known, and its name.
func operation(call *ssa.CallCommon) (known.Op, string) {
	var obj *types.Func
	if call.IsInvoke() {
		obj = call.Method
	} else if fn := call.StaticCallee(); fn != nil {
		obj, _ = fn.Object().(*types.Func)
	}
	if obj == nil {
		return known.NoOp, ""
	}
	name := obj.Origin().FullName()
	return known.OpOf(name), name
}
