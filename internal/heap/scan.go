package heap

import (
	"go/types"

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
			h.record(h.Eval(a, instr.(ssa.Value)).at(anyElem), h.content(h.Eval(a, call.Args[1]).at(anyElem), elemType(call.Args[0].Type())))
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
func carries(t types.Type) bool { return carriesWithin(t, 5) }

// carriesWithin is carries for lists of lists, as far as depth goes: a type may
// be a list of itself.
func carriesWithin(t types.Type, depth int) bool {
	if depth == 0 {
		return true
	}
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return false
	case *types.Slice:
		return carriesWithin(t.Elem(), depth-1)
	case *types.Array:
		return carriesWithin(t.Elem(), depth-1)
	case *types.Tuple:
		for v := range t.Variables() {
			if carriesWithin(v.Type(), depth) {
				return true
			}
		}
		return false
	case *types.Pointer:
		_, basic := t.Elem().Underlying().(*types.Basic)
		return !basic
	}
	return true
}
