package handover

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// check notes the writes of instr to memory that was given away.
func (fl *flow) check(instr ssa.Instruction, s state) {
	if !fl.collect || len(s.given) == 0 {
		return
	}
	for _, w := range writes(instr) {
		mem := fl.target(w.to)
		for _, e := range s.given {
			if e.mem != mem || mem.IsZero() || e.gift.Shape != Pointer && w.how == Written && shapeOf(w.to.Type()) == Pointer {
				continue
			}
			fl.found = append(fl.found, Finding{*e.gift, w.how, instr.Pos(), fl.lockedAt(instr)})
		}
	}
}

// act is something done to the memory that a value leads to.
type act struct {
	how How
	to  ssa.Value
}

// lockedAt reports whether a lock is held at instr, as the nearest operation says
// that comes before it whenever it is reached.
func (fl *flow) lockedAt(instr ssa.Instruction) bool {
	for b := instr.Block(); b != nil; b = b.Idom() {
		found, locked := false, false
		for _, other := range b.Instrs {
			if other == instr {
				break
			}
			if held, ok := fl.locked[other]; ok {
				found, locked = true, held || isLock(other)
			}
		}
		if found {
			return locked
		}
	}
	return false
}

// isLock reports whether instr takes a lock, which is held after it.
func isLock(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	obj := conc.Callee(&call.Call)
	return obj != nil && (known.OpOf(obj.FullName()) == known.Lock || known.OpOf(obj.FullName()) == known.RLock)
}

// writes are what instr does to memory.
func writes(instr ssa.Instruction) []act {
	switch instr := instr.(type) {
	case *ssa.Store:
		if to := stored(instr.Addr); to != nil {
			return []act{{Written, to}}
		}
	case *ssa.MapUpdate:
		return []act{{Written, instr.Map}}
	case *ssa.Slice:
		if instr.High != nil && conc.Const(instr.High) == 0 && instr.Max == nil && appended(instr) {
			return []act{{Reused, instr.X}}
		}
	case *ssa.Call:
		return written(&instr.Call)
	case *ssa.Defer:
		return written(&instr.Call)
	}
	return nil
}

// stored is what a store to addr writes to: the elements of a slice or array, or
// what a pointer points to; nil if it is a variable.
func stored(addr ssa.Value) ssa.Value {
	for {
		switch a := addr.(type) {
		case *ssa.IndexAddr:
			if _, ok := a.X.(*ssa.FieldAddr); !ok {
				return a.X
			}
			addr = a.X
		case *ssa.FieldAddr:
			if _, ok := a.X.(*ssa.FieldAddr); !ok {
				return a.X
			}
			addr = a.X
		default:
			return nil
		}
	}
}

// appended reports whether a slice that was cut back to nothing is kept, or
// passed on, to be appended to.
func appended(cut *ssa.Slice) bool {
	if cut.Referrers() == nil {
		return false
	}
	for _, ref := range *cut.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Phi, *ssa.Store:
			return true
		case *ssa.Call:
			if b, ok := ref.Call.Value.(*ssa.Builtin); !ok || b.Name() == "append" {
				return true
			}
		}
	}
	return false
}

// written is what a call does to memory that it is given.
func written(call *ssa.CallCommon) []act {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return builtin(b.Name(), call.Args)
	}
	obj := conc.Callee(call)
	if obj == nil {
		return nil
	}
	args := call.Args
	if call.IsInvoke() {
		args = append([]ssa.Value{call.Value}, args...)
	}
	var out []act
	name := obj.FullName()
	if known.Reuses(name) {
		out = append(out, act{Reset, args[0]})
	}
	if isPool(obj) && len(args) == 2 {
		out = append(out, act{Pooled, args[1]})
	}
	if i, ok := known.Fills(name); ok {
		out = append(out, act{Filled, args[i]})
	} else if reads(obj) {
		out = append(out, act{Filled, args[1]})
	}
	return out
}

func builtin(name string, args []ssa.Value) []act {
	switch name {
	case "copy", "clear", "delete":
		return []act{{Filled, args[0]}}
	case "append":
		s, ok := args[0].(*ssa.Slice)
		if ok && s.High != nil && conc.Const(s.High) != 0 && s.Max == nil && isSlice(s.X) {
			return []act{{Reused, s.X}}
		}
	}
	return nil
}

func isSlice(v ssa.Value) bool {
	_, ok := v.Type().Underlying().(*types.Slice)
	return ok
}

// isPool reports whether a method puts its argument back to a pool.
func isPool(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || fn.Name() != "Put" {
		return false
	}
	typ := recv.Type()
	if ptr, ok := typ.(*types.Pointer); ok {
		typ = ptr.Elem()
	}
	named, ok := types.Unalias(typ).(*types.Named)
	return ok && strings.HasSuffix(strings.ToLower(named.Obj().Name()), "pool")
}

// reads reports whether fn is a method that reads into its first parameter: a
// Read, ReadAt or ReadFrom like those of package io and net.
func reads(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() == nil || !strings.HasPrefix(fn.Name(), "Read") || sig.Params().Len() == 0 || sig.Results().Len() < 2 {
		return false
	}
	slice, ok := sig.Params().At(0).Type().Underlying().(*types.Slice)
	return ok && types.Identical(slice.Elem(), types.Typ[types.Byte])
}

// returns notes the memory that f has given away when it returns, and the
// parameter of a Write that its caller may use again. If f has results they may
// tell whether it has, unless it has wherever it returns, and not in a select.
func (fl *flow) returns(op *conc.Op, s state) {
	if !fl.collect {
		return
	}
	before, tells := fl.exit, fl.f.SSA.Signature.Results().Len() > 0
	if tells && fl.returned {
		fl.exit = slices.DeleteFunc(slices.Clone(before), func(e entry) bool { return !gives(s.given, e) })
	} else {
		for _, e := range s.given {
			if !gives(before, e) && !(tells && e.gift.Case >= 0) {
				fl.exit = append(fl.exit, e)
			}
		}
	}
	fl.returned = true
	for _, e := range s.given {
		switch {
		case !e.mem.IsRoot() || e.mem.Kind() != place.Param || e.gift.Shape != Slice:
		case isWrite(fl.f) && e.mem.Root() == fl.f.SSA.Params[1]:
			fl.found = append(fl.found, Finding{*e.gift, Retained, op.Pos(), false})
		case tells:
			fl.left = append(fl.left, Finding{*e.gift, Deserted, op.Pos(), false})
		}
	}
}

// isBack is back, which says that a gift may have been handed back, and notes it.
func (fl *flow) isBack(e entry, back bool) bool {
	if back && fl.collect {
		fl.back[e.gift] = true
	}
	return back
}

// desert keeps the returns of a function that waits for its receiver on other
// paths: there it gives up, and its caller has the memory again.
func (fl *flow) desert() {
	for _, g := range fl.left {
		for gift := range fl.back {
			if *gift == g.Gift {
				fl.found = append(fl.found, g)
			}
		}
	}
}

// gives reports whether the memory of e is among what is given.
func gives(given []entry, e entry) bool {
	return slices.ContainsFunc(given, func(g entry) bool { return g.mem == e.mem })
}

// isWrite reports whether f is a method that keeps the contract of io.Writer, by
// its name and type.
func isWrite(f *conc.Func) bool {
	if f.Obj == nil || f.Name != "Write" || len(f.SSA.Params) != 2 {
		return false
	}
	sig := f.Obj.Signature()
	slice, ok := sig.Params().At(0).Type().(*types.Slice)
	return sig.Recv() != nil && ok && types.Identical(slice.Elem(), types.Typ[types.Byte]) && sig.Results().Len() == 2
}

// handsBack reports whether after op the receiver of a gift may be done with it:
// op waits for something that the receiver may tell.
func (fl *flow) handsBack(op *conc.Op, e entry) bool {
	switch op.Kind {
	case conc.Recv:
		return !foreign(op.Instr.(*ssa.UnOp).X, op.Bound) && fl.tells(e, op.Place)
	case conc.Wait, conc.CondWait:
		return true
	case conc.Known:
		return op.Blocking.Kind == known.Wait || op.Blocking.Kind == known.Chan
	case conc.Call, conc.Once:
		for _, w := range fl.r.Waits(op) {
			switch w.Kind {
			case effect.Group, effect.Cond, effect.Other:
				return true
			case effect.Recv:
				if w.Op == nil || w.Op.Kind != conc.Recv || fl.tells(e, w.Into(w.Op.Place)) {
					return true
				}
			}
		}
	}
	return false
}

func (fl *flow) caseHandsBack(op *conc.Op, i int, e entry) bool {
	c := op.Cases[i]
	return !foreign(op.Instr.(*ssa.Select).States[i].Chan, c.Bound) && fl.tells(e, c.Place)
}

// foreign reports whether a receive from ch tells nothing of other goroutines: it
// is that of a timer or a context.
func foreign(ch ssa.Value, bound conc.Bound) bool {
	if bound != conc.ByContext {
		return bound == conc.ByTimer
	}
	call, ok := ch.(*ssa.Call)
	return ok && call.Call.IsInvoke() && known.OpOf(call.Call.Method.FullName()) == known.ContextDone
}

// tells reports whether who receives the gift may send on, or close, the channel
// at ch. It may if it is not known who receives the one or sends on the other.
func (fl *flow) tells(e entry, ch place.Place) bool {
	out := fl.r.Uses(e.gift.Send.Place)
	if e.gift.Send.Kind == conc.Select {
		out = fl.r.Uses(e.gift.Chan)
	}
	in := fl.r.Uses(ch)
	if len(out.Recvs) == 0 || len(in.Sends)+len(in.Closes) == 0 {
		return true
	}
	for _, rv := range out.Recvs {
		for _, u := range append(append([]conc.Use(nil), in.Sends...), in.Closes...) {
			if fl.mayDo(rv.Op.Fn.Root(), u.Op.Fn.Root(), 3) {
				return true
			}
		}
	}
	return false
}

// mayDo reports whether f is g, or calls it.
func (fl *flow) mayDo(f, g *conc.Func, depth int) bool {
	if f == g {
		return true
	}
	if depth == 0 {
		return true
	}
	for op := range f.Ops {
		if op.Inner != nil {
			op = op.Inner
		}
		if op.Call == nil {
			continue
		}
		for _, t := range op.Call.Targets {
			if fl.mayDo(t.Func.Root(), g, depth-1) {
				return true
			}
		}
	}
	return false
}
