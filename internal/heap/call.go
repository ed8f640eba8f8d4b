package heap

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
)

// Callee is the activation that a call, go or defer statement of a leads to,
// nil if it leads out of the package or is not known.
func (h *Heap) Callee(a *Activation, instr ssa.CallInstruction) *Activation {
	call := instr.Common()
	if op, _ := h.pkg.Operation(call); op != known.NoOp {
		return nil
	}
	if call.IsInvoke() {
		return h.method(a, instr)
	}
	_, isGo := instr.(*ssa.Go)
	return h.function(a, instr, h.Eval(a, call.Value), arguments(a, call.Args), isGo)
}

// Runs is the activation of the function value v that a call of a, to a
// function outside, runs or starts.
func (h *Heap) Runs(a *Activation, instr ssa.CallInstruction, v ssa.Value, isGo bool) *Activation {
	return h.function(a, instr, h.Eval(a, v), nil, isGo)
}

func arguments(a *Activation, args []ssa.Value) []operand {
	out := make([]operand, len(args))
	for i, v := range args {
		out[i] = operand{val: v, in: a}
	}
	return out
}

// function is the activation of a function value.
func (h *Heap) function(a *Activation, instr ssa.Instruction, f Value, args []operand, isGo bool) *Activation {
	if !f.Known() || f.Path != "" {
		return nil
	}
	switch site := f.Obj.Site.(type) {
	case *ssa.Function:
		return h.enter(a, instr, site, args, nil, isGo)
	case *ssa.MakeClosure:
		fn := site.Fn.(*ssa.Function)
		if !strings.HasPrefix(fn.Synthetic, "bound method wrapper") {
			return h.enter(a, instr, fn, args, f.Obj, isGo)
		}
		recv := site.Bindings[0]
		obj, ok := fn.Object().(*types.Func)
		if !ok {
			return nil
		}
		if types.IsInterface(obj.Signature().Recv().Type()) {
			return h.dynamic(a, instr, obj, h.Eval(f.Obj.In, recv), args, isGo)
		}
		args = append([]operand{{val: recv, in: f.Obj.In}}, args...)
		return h.enter(a, instr, fn.Prog.FuncValue(obj.Origin()), args, nil, isGo)
	}
	return nil
}

// method is the activation of an interface method whose receiver is known.
func (h *Heap) method(a *Activation, instr ssa.CallInstruction) *Activation {
	call := instr.Common()
	_, isGo := instr.(*ssa.Go)
	return h.dynamic(a, instr, call.Method, h.Eval(a, call.Value), arguments(a, call.Args), isGo)
}

// dynamic is the activation of the method of what an interface holds.
func (h *Heap) dynamic(a *Activation, instr ssa.Instruction, m *types.Func, recv Value, args []operand, isGo bool) *Activation {
	t := recv.Type()
	if t == nil || types.IsInterface(t) || recv.Obj.Extern {
		return h.implementation(a, instr, args, isGo)
	}
	obj, index, _ := types.LookupFieldOrMethod(types.NewPointer(t), true, m.Pkg(), m.Name())
	fn, ok := obj.(*types.Func)
	if !ok || types.IsInterface(fn.Signature().Recv().Type()) {
		return nil
	}
	for _, i := range index[:len(index)-1] { // promoted through embedded fields
		recv = h.embedded(recv, i)
	}
	args = append([]operand{{value: recv}}, args...)
	return h.enter(a, instr, a.Fn.SSA.Prog.FuncValue(fn.Origin()), args, nil, isGo)
}

// implementation is the activation of the only method of the package that an
// interface call can reach, if it is not known what the interface holds.
func (h *Heap) implementation(a *Activation, instr ssa.Instruction, args []operand, isGo bool) *Activation {
	call, ok := instr.(ssa.CallInstruction)
	if !ok || !call.Common().IsInvoke() {
		return nil
	}
	targets := h.pkg.Implementations(call.Common())
	if len(targets) != 1 {
		return nil
	}
	args = append([]operand{{val: call.Common().Value, in: a}}, args...)
	return h.enter(a, instr, targets[0].Func.SSA, args, nil, isGo)
}

// embedded is field i of what is at v, or what it points to.
func (h *Heap) embedded(v Value, i int) Value {
	t := v.Type()
	if t == nil {
		return Unknown
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return Unknown
	}
	return h.content(v.at("."+st.Field(i).Name()), st.Field(i).Type())
}

// enter is the activation of fn, called by instr in a.
func (h *Heap) enter(a *Activation, instr ssa.Instruction, fn *ssa.Function, args []operand, closure *Object, isGo bool) *Activation {
	f := h.target(fn)
	if f == nil {
		return nil
	}
	key := callKey{a, instr, f.SSA}
	if known, ok := h.calls[key]; ok {
		return known
	}
	if Recursive(a, f) != nil || a.depth >= h.scope.Depth {
		return nil
	}
	if h.final { // what was not found while following is not followed
		return nil
	}
	if len(h.Activations) >= mostActivations {
		h.Full = true
		return nil
	}
	c := &Activation{
		Fn: f, Caller: a, Call: instr, Go: isGo, args: args, closure: closure, depth: a.depth + 1,
		Plural: a.Plural || h.loops(a, instr),
	}
	h.calls[key] = c
	h.Activations = append(h.Activations, c)
	h.changed = true
	return c
}

// target is the function of the package that fn is, nil if it is of another or
// does nothing that matters.
func (h *Heap) target(fn *ssa.Function) *conc.Func {
	if fn == nil {
		return nil
	}
	if obj, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" && fn.Origin() == nil {
		if real := fn.Prog.FuncValue(obj.Origin()); real != nil {
			fn = real
		}
	}
	f := h.pkg.Func(fn)
	if f == nil || len(f.SSA.Blocks) == 0 {
		return nil
	}
	return f
}

// Recursive is the activation of f that a is in, nil if there is none.
func Recursive(a *Activation, f *conc.Func) *Activation {
	for ; a != nil; a = a.Caller {
		if a.Fn == f {
			return a
		}
	}
	return nil
}

// Names is the function of the package that a call names or holds, even if it
// is too deep to be followed.
func (h *Heap) Names(a *Activation, call *ssa.CallCommon) *conc.Func {
	if call.IsInvoke() {
		return nil
	}
	switch site := h.Eval(a, call.Value).site().(type) {
	case *ssa.Function:
		return h.target(site)
	case *ssa.MakeClosure:
		return h.target(site.Fn.(*ssa.Function))
	}
	return nil
}

// site is what makes the object of v, nil if it is not known.
func (v Value) site() ssa.Value {
	if !v.Known() {
		return nil
	}
	return v.Obj.Site
}
