package conc

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
)

// lower reduces the blocks of f to operations.
func (p *Package) lower(f *Func) {
	f.Blocks = make([]*Block, len(f.SSA.Blocks))
	for i, sb := range f.SSA.Blocks {
		b := &Block{SSA: sb}
		for _, s := range sb.Succs {
			b.Succs = append(b.Succs, s.Index)
		}
		for _, s := range sb.Preds {
			b.Preds = append(b.Preds, s.Index)
		}
		for _, instr := range sb.Instrs {
			for _, op := range p.ops(instr) {
				p.finish(op, f, i)
				b.Ops = append(b.Ops, op)
			}
		}
		f.Blocks[i] = b
	}
}

// finish fills in what all operations have.
func (p *Package) finish(op *Op, f *Func, block int) {
	op.Fn, op.Block = f, block
	if op.Inner != nil {
		p.finish(op.Inner, f, block)
	}
}

// ops are the operations that an instruction amounts to: mostly none.
func (p *Package) ops(instr ssa.Instruction) []*Op {
	if !operates(instr) {
		return nil
	}
	op := &Op{Instr: instr, Node: p.nodes[instr.Pos()]}
	switch instr := instr.(type) {
	case *ssa.Send:
		op.Kind, op.Place = Send, p.Places.Of(instr.Chan)
	case *ssa.UnOp:
		op.Kind, op.Place = Recv, p.Places.Of(instr.X)
		op.CommaOk, op.Bound = instr.CommaOk, p.bound(instr.X)
		op.Range = instr.Block().Comment == "rangechan.loop"
	case *ssa.Select:
		p.lowerSelect(op, instr)
	case *ssa.MakeChan:
		op.Kind, op.Place, op.Size = Make, p.Places.Of(instr), instr.Size
	case *ssa.Call:
		return p.lowerCall(op, &instr.Call)
	case *ssa.Go:
		return p.wrap(Go, op, &instr.Call)
	case *ssa.Defer:
		return p.wrap(Defer, op, &instr.Call)
	case *ssa.RunDefers:
		op.Kind = RunDefers
	case *ssa.Return:
		op.Kind = Return
	case *ssa.Panic:
		op.Kind = Panic
	}
	return []*Op{op}
}

// operates reports whether an instruction may be an operation. Most are not.
func operates(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Send, *ssa.Select, *ssa.MakeChan, *ssa.Call, *ssa.Go, *ssa.Defer, *ssa.RunDefers, *ssa.Return, *ssa.Panic:
		return true
	}
	return false
}

// wrap makes a Go or Defer of the operations that the call amounts to.
func (p *Package) wrap(kind Kind, op *Op, call *ssa.CallCommon) []*Op {
	inner := p.lowerCall(&Op{Instr: op.Instr, Node: op.Node}, call)
	for i, in := range inner {
		inner[i] = &Op{Kind: kind, Instr: op.Instr, Node: op.Node, Inner: in, Place: in.Place}
	}
	return inner
}

func (p *Package) lowerSelect(op *Op, sel *ssa.Select) {
	op.Kind, op.HasDefault = Select, !sel.Blocking
	for i, st := range sel.States {
		op.Cases = append(op.Cases, Case{
			Send:  st.Dir == types.SendOnly,
			Place: p.Places.Of(st.Chan),
			Bound: p.bound(st.Chan),
			Pos:   st.Pos,
			Index: i,
		})
	}
}

// simple are the operations on the receiver that need nothing else.
var simple = map[known.Op]Kind{
	known.Lock: Lock, known.Unlock: Unlock, known.RLock: RLock, known.RUnlock: RUnlock,
	known.TryLock: TryLock, known.TryRLock: TryRLock,
	known.WaitGroupDone: Done, known.WaitGroupWait: Wait,
	known.CondWait: CondWait, known.CondSignal: Signal, known.CondBroadcast: Broadcast,
}

// lowerCall reduces a call. Closures that the callee is known to call, or to
// start, become operations of their own, in front of the call itself.
func (p *Package) lowerCall(op *Op, call *ssa.CallCommon) []*Op {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		if b.Name() != "close" {
			return nil
		}
		op.Kind, op.Place = Close, p.Places.Of(call.Args[0])
		return []*Op{op}
	}
	site := p.site(op, call)
	op.Call = site
	name := ""
	if site.Obj != nil {
		name = site.Obj.FullName()
	}
	if site.Obj == nil {
		if targets, ok := p.onceTargets(call.Value); ok {
			op.Kind, op.Place, site.Targets = Once, p.Places.Of(call.Value), targets
			return []*Op{op}
		}
	}
	kop := known.OpOf(name)
	if len(site.Args) > 0 {
		op.Place = site.Args[0]
	}
	if kind, ok := simple[kop]; ok {
		op.Kind = kind
		p.viaRLocker(op, call)
		return []*Op{op}
	}
	switch kop {
	case known.WaitGroupAdd:
		op.Kind, op.Delta = Add, arg(call, 0)
		return []*Op{op}
	case known.WaitGroupGo:
		return p.waitGroupGo(op, call)
	case known.OnceDo:
		op.Kind = Once
		site.Targets = p.Resolve(arg(call, 0), nil)
		return []*Op{op}
	case known.Sleep:
		op.Kind, op.Delta = Sleep, arg(call, 0)
		return []*Op{op}
	}
	return p.plainCall(op, call, name)
}

// plainCall reduces a call that is no operation of its own.
func (p *Package) plainCall(op *Op, call *ssa.CallCommon, name string) []*Op {
	var ops []*Op
	for _, cb := range known.Callbacks(name) {
		sub := &Op{Instr: op.Instr, Node: op.Node, Kind: Call, Call: &CallSite{
			Common: call, Name: op.Call.Name, Targets: p.Resolve(arg(call, cb.Param), nil),
		}}
		switch {
		case len(sub.Call.Targets) == 0:
		case cb.How == known.InPlace:
			ops = append(ops, sub)
		case cb.How == known.Goroutine:
			ops = append(ops, &Op{Kind: Go, Instr: op.Instr, Node: op.Node, Inner: sub})
		}
	}
	ops = append(ops, p.loopBodies(op, call)...)
	if b, ok := known.Blocks(name); ok {
		op.Kind, op.Blocking = Known, b
		return append(ops, op)
	}
	if !call.IsInvoke() && p.cancels(call.Value) {
		op.Kind, op.Place = Cancel, p.Places.Of(call.Value)
		return append(ops, op)
	}
	op.Kind = Call
	return append(ops, op)
}

// loopBodies are the bodies of range-over-func loops, which the iterator calls
// in place.
func (p *Package) loopBodies(op *Op, call *ssa.CallCommon) []*Op {
	var ops []*Op
	for _, a := range call.Args {
		mc, ok := a.(*ssa.MakeClosure)
		if !ok || !strings.HasPrefix(mc.Fn.(*ssa.Function).Synthetic, "range-over-func") {
			continue
		}
		ops = append(ops, &Op{Instr: op.Instr, Node: op.Node, Kind: Call, Call: &CallSite{
			Common: call, Name: "the loop body", Targets: p.Resolve(mc, nil),
		}})
	}
	return ops
}

// waitGroupGo reduces wg.Go(f) to Add(1) and a goroutine that calls f and then
// Done.
func (p *Package) waitGroupGo(op *Op, call *ssa.CallCommon) []*Op {
	body := &Op{Instr: op.Instr, Node: op.Node, Kind: Call, Call: &CallSite{
		Common: call, Name: "Go", Targets: p.Resolve(arg(call, 0), nil),
	}}
	add := &Op{Kind: Add, Instr: op.Instr, Node: op.Node, Place: op.Place}
	return []*Op{add, {Kind: Go, Instr: op.Instr, Node: op.Node, Inner: body, Place: op.Place}}
}

// viaRLocker turns Lock and Unlock on the result of RWMutex.RLocker into the
// operations for reading.
func (p *Package) viaRLocker(op *Op, call *ssa.CallCommon) {
	if !call.IsInvoke() {
		return
	}
	recv, ok := call.Value.(*ssa.Call)
	if !ok || !isRLocker(&recv.Call) {
		return
	}
	op.Place = p.Places.Of(recv.Call.Args[0])
	switch op.Kind {
	case Lock:
		op.Kind = RLock
	case Unlock:
		op.Kind = RUnlock
	}
}

// isRLocker reports whether call is of RWMutex.RLocker.
func isRLocker(call *ssa.CallCommon) bool {
	fn := call.StaticCallee()
	if fn == nil {
		return false
	}
	obj, ok := fn.Object().(*types.Func)
	return ok && known.OpOf(obj.FullName()) == known.RLocker
}

// cancels reports whether v is the cancel function of a context: by its type, or
// because all that is stored where it was read are such functions, or nil.
func (p *Package) cancels(v ssa.Value) bool {
	if isCancelFunc(v.Type()) {
		return true
	}
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	kept, _ := p.storedAt(load.X)
	found := false
	for _, s := range kept {
		from, ok := s.val.(*ssa.ChangeType)
		cancel := ok && isCancelFunc(from.X.Type())
		if !cancel && !IsNil(s.val) {
			return false
		}
		found = found || cancel
	}
	return found
}

// isCancelFunc reports whether t is one of the types that package context has for
// cancel functions.
func isCancelFunc(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	obj := named.Obj()
	return obj.Pkg() != nil && obj.Pkg().Path() == "context" && (obj.Name() == "CancelFunc" || obj.Name() == "CancelCauseFunc")
}

// arg is argument i of a call, the receiver not counted; nil if there is none.
func arg(call *ssa.CallCommon, i int) ssa.Value {
	if !call.IsInvoke() && call.Signature().Recv() != nil {
		i++
	}
	if i >= len(call.Args) {
		return nil
	}
	return call.Args[i]
}

// IsEmptyStruct reports whether values of type t say nothing.
func IsEmptyStruct(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}

// callName is the name of the called function as messages print it.
func callName(node ast.Node, obj *types.Func) string {
	if obj != nil {
		return obj.Name()
	}
	if call, ok := node.(*ast.CallExpr); ok {
		switch fun := ast.Unparen(call.Fun).(type) {
		case *ast.Ident:
			return fun.Name
		case *ast.SelectorExpr:
			return fun.Sel.Name
		}
	}
	return "a function value"
}
