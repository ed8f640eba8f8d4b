package model

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/heap"
	"github.com/chanlint/chanlint/internal/known"
)

// relevant reports whether op does something to the group.
func (fr *frame) relevant(op *conc.Op) bool {
	switch op.Kind {
	case 0:
		return true
	case conc.Send, conc.Recv, conc.Close:
		return fr.inGroup(chanOf(op))
	case conc.Make:
		_, ok := fr.makesForOthers(op)
		return ok
	case conc.Select:
		for _, st := range op.Instr.(*ssa.Select).States {
			if fr.inGroup(st.Chan) || fr.ownContext(st.Chan) {
				return true
			}
		}
	case conc.Lock, conc.Unlock, conc.RLock, conc.RUnlock, conc.TryLock, conc.TryRLock:
		return fr.locks[fr.lockOf(op)]
	case conc.CondWait, conc.Signal, conc.Broadcast:
		return true
	case conc.Add, conc.Done, conc.Wait:
		_, ok := fr.waitGroup(op)
		return ok
	case conc.Go, conc.Defer:
		if op.Kind == conc.Go && fr.startsInGroup(op) {
			return true
		}
		return fr.relevant(op.Inner)
	case conc.Call, conc.Known, conc.Once:
		return fr.calls(op)
	case conc.Cancel:
		_, ok := fr.cancels(op)
		return ok
	}
	return false
}

// inGroup reports whether v is a channel of the group.
func (fr *frame) inGroup(v ssa.Value) bool {
	_, ok := fr.objects[fr.heap.Eval(fr.act, v)]
	return ok || fr.neverSet(v)
}

// startsInGroup reports whether a goroutine is counted by a wait group of the
// group.
func (fr *frame) startsInGroup(op *conc.Op) bool {
	_, ok := fr.waitGroup(op)
	return ok
}

// callee is the activation that a call leads to, nil if it leads out of the
// package.
func (fr *frame) callee(op *conc.Op) *heap.Activation {
	instr, ok := op.Instr.(ssa.CallInstruction)
	if !ok {
		return nil
	}
	if v, isGo := fr.ran(op); v != nil {
		return fr.heap.Runs(fr.act, instr, v, isGo)
	}
	return fr.heap.Callee(fr.act, instr)
}

// ran is the function value that op stands for, if the call is of a function of
// another package that runs it or starts it.
func (b *builder) ran(op *conc.Op) (v ssa.Value, isGo bool) {
	if op.Call == nil || op.Call.Obj != nil && op.Kind != conc.Once {
		return nil, false
	}
	call := op.Instr.(ssa.CallInstruction).Common()
	_, name := b.pkg.Operation(call)
	for i, a := range call.Args {
		if isGo, ok := heap.RunsArg(name, call, i); ok {
			return a, isGo
		}
	}
	return nil, false
}

// calls reports whether a call calls, or is, an operation on the group.
func (fr *frame) calls(op *conc.Op) bool {
	if _, ok := fr.waitGroup(op); ok {
		return true
	}
	act := fr.callee(op)
	if act == nil {
		return fr.recurs(op)
	}
	return fr.touch(act)
}

// recurs reports whether a call is of a function that it is in, and that uses
// the group.
func (fr *frame) recurs(op *conc.Op) bool {
	instr, ok := op.Instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	f := fr.heap.Names(fr.act, instr.Common())
	if f == nil {
		return false
	}
	outer := heap.Recursive(fr.act, f)
	return outer != nil && fr.touches[outer]
}

// touch reports whether an activation, or one that it leads to, uses the group.
func (fr *frame) touch(act *heap.Activation) bool {
	touches, ok := fr.touches[act]
	if ok {
		return touches
	}
	fr.touches[act] = false // for recursion
	sub := fr.newFrame(fr.code, act, 0, fr)
	for i := range act.Fn.Blocks {
		if slices.ContainsFunc(fr.blockOps(act, i), sub.relevant) {
			touches = true
			break
		}
	}
	fr.touches[act] = touches
	return touches
}

// inlined is the code of a call, after which p goes on.
func (fr *frame) inlined(op *conc.Op, next func(int) int, p path) (explore.Instr, bool) {
	if in, ok := fr.count(op, next); ok {
		return in, true
	}
	if !fr.calls(op) {
		return explore.Instr{}, false
	}
	v, isGo := fr.ran(op)
	call, _ := op.Instr.(*ssa.Call)
	switch {
	case isGo:
		return explore.Instr{}, false // the goroutine it starts has an operation of its own
	case v == nil && call != nil && p.block != nowhere.block:
		sub := fr.enterCall(op, 0)
		if sub == nil {
			return explore.Instr{Op: explore.Panic}, true
		}
		sub.call, sub.after = call, p
		return explore.Instr{Op: explore.Jump, Next: sub.place(path{})}, true
	case v == nil || fr.runsOnce(op):
		return explore.Instr{Op: explore.Jump, Next: fr.inline(op, next(0))}, true
	}
	again := fr.add(explore.Instr{}) // as often as the function outside likes
	return explore.Instr{Op: explore.Jump, Next: fr.repeat(again, fr.inline(op, again), next(0))}, true
}

// repeat makes the instruction at again a choice between body and exit.
func (fr *frame) repeat(again, body, exit int) int {
	fr.instrs[again] = explore.Instr{Op: explore.Branch, To: []int{exit, body}, Site: fr.siteOf(Site{Case: -1})}
	return again
}

// runsOnce reports whether the function that a call names runs what it is given
// exactly once.
func (b *builder) runsOnce(op *conc.Op) bool {
	_, name := b.pkg.Operation(op.Instr.(ssa.CallInstruction).Common())
	return name == "(*testing.T).Run"
}

// inline is the entry of the code of the function that op calls, which goes on
// at exit.
func (fr *frame) inline(op *conc.Op, exit int) int {
	sub := fr.enterCall(op, exit)
	if sub == nil {
		return exit
	}
	return sub.place(path{})
}

// enterCall is the frame of the function that op calls; nil if there can be
// none.
func (fr *frame) enterCall(op *conc.Op, exit int) *frame {
	act := fr.callee(op)
	if act == nil {
		fr.giveUp("recursion")
		return nil
	}
	if fr.depth() >= mostDepth {
		fr.giveUp("calls nested too deeply")
		return nil
	}
	return fr.newFrame(fr.code, act, exit, fr)
}

// once inlines the function that a sync.Once runs, for the first time.
func (fr *frame) once(op *conc.Op, next func(int) int) (explore.Instr, bool) {
	if !fr.calls(op) {
		return explore.Instr{}, false
	}
	call := op.Instr.(ssa.CallInstruction).Common()
	if len(call.Args) == 0 {
		fr.giveUp("a function that runs once")
		return explore.Instr{}, false
	}
	recv := fr.heap.Eval(fr.act, call.Args[0])
	if !fr.tracked(recv) {
		fr.giveUp("a sync.Once that comes from elsewhere")
		return explore.Instr{}, false
	}
	flag := fr.object(recv, explore.Object{Kind: explore.Flag, Name: op.Expr()}, nil)
	done := next(0)
	site := fr.site(op, -1)
	set := fr.add(explore.Instr{Op: explore.Set, Obj: flag, N: 1, Next: fr.inline(op, done), Site: site})
	return explore.Instr{Op: explore.Test, Obj: flag, N: 1, Next: done, Else: set, Site: site}, true
}

// start translates a go statement, or a call that starts a goroutine.
func (fr *frame) start(op *conc.Op, next func(int) int) (explore.Instr, bool) {
	if !fr.relevant(op) {
		return explore.Instr{}, false
	}
	if fr.stoppable(op) {
		fr.giveUp("a timer that may be stopped")
		return explore.Instr{}, false
	}
	inner := op.Inner
	wg, counted := fr.waitGroup(op)
	var last []explore.Instr
	if counted {
		last = []explore.Instr{{Op: explore.Add, Obj: wg, N: -1, Site: fr.site(op, -1)}}
	}
	act := fr.callee(inner)
	switch {
	case act != nil:
	case counted:
		fr.giveUp("a counted goroutine that is not known")
		return explore.Instr{}, false
	case inner.Kind == conc.Call:
		if fr.recurs(inner) {
			fr.giveUp("recursion")
		}
		return explore.Instr{}, false
	default:
		fr.giveUp("an operation started as a goroutine")
		return explore.Instr{}, false
	}
	n, ok := fr.procs[act]
	if !ok {
		b := fr.builder
		n = b.newProc(act.Fn.Name, 0, func(c *code) { b.frame(c, act, last) })
		fr.procs[act] = n
	}
	in := explore.Instr{Op: explore.Go, N: n, Next: next(0), Site: fr.site(op, -1)}
	if call, ok := op.Instr.(*ssa.Call); ok && counted {
		if _, name := fr.pkg.Operation(&call.Call); isGroupMethod(name, "Go") {
			in = explore.Instr{Op: explore.Add, Obj: wg, N: 1, Next: fr.add(in), Site: in.Site}
		}
	}
	return in, true
}

// stoppable reports whether op is a call of time.AfterFunc whose timer is kept.
func (b *builder) stoppable(op *conc.Op) bool {
	call, ok := op.Instr.(*ssa.Call)
	if !ok {
		return false
	}
	kind, _ := b.pkg.Operation(&call.Call)
	return kind == known.AfterFunc && len(*call.Referrers()) > 0
}

// waitGroup is the object of the wait group, or errgroup, that op works on.
func (fr *frame) waitGroup(op *conc.Op) (int, bool) {
	instr, ok := op.Instr.(ssa.CallInstruction)
	if !ok {
		return 0, false
	}
	call := instr.Common()
	if call.IsInvoke() || len(call.Args) == 0 || !isWaitGroup(call.Args[0].Type()) || !fr.isOperation(call) {
		return 0, false
	}
	v := fr.heap.Eval(fr.act, call.Args[0])
	if !fr.tracked(v) {
		return 0, false
	}
	return fr.object(v, explore.Object{Kind: explore.WaitGroup, Name: op.Expr()}, nil), true
}

// isWaitGroup reports whether t is a pointer to a sync.WaitGroup or an
// errgroup.Group.
func isWaitGroup(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	switch ptr.Elem().String() {
	case "sync.WaitGroup", "golang.org/x/sync/errgroup.Group":
		return true
	}
	return false
}

// count translates an operation on a wait group.
func (fr *frame) count(op *conc.Op, next func(int) int) (explore.Instr, bool) {
	obj, ok := fr.waitGroup(op)
	call, isCall := op.Instr.(ssa.CallInstruction)
	if !isCall {
		return explore.Instr{}, false
	}
	_, name := fr.pkg.Operation(call.Common())
	waits := op.Kind == conc.Wait || isGroupMethod(name, "Wait")
	if !ok {
		if waits {
			fr.giveUp("a wait group that cannot be followed")
		}
		return explore.Instr{}, false
	}
	in := explore.Instr{Op: explore.Add, Obj: obj, N: 1, Site: fr.site(op, -1)}
	switch {
	case waits:
		in.Op = explore.Wait
	case op.Kind == conc.Done:
		in.N = -1
	case op.Kind != conc.Add:
		return explore.Instr{}, false // errgroup's Go
	case op.Delta != nil:
		if in.N, ok = fr.eval(fr.reader().number(op.Delta)); !ok {
			fr.giveUp("a wait group with an unknown number")
		}
	}
	in.Next = next(0)
	return in, true
}

// isOperation reports whether call is an operation on a wait group, or one that
// starts or runs a function.
func (b *builder) isOperation(call *ssa.CallCommon) bool {
	switch op, name := b.pkg.Operation(call); op {
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
