package model

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/known"
)

// relevant reports whether op does something to the group.
func (fr *frame) relevant(op *conc.Op) bool {
	switch op.Kind {
	case conc.Send, conc.Recv, conc.Close:
		return fr.inGroup(chanOf(op))
	case conc.Select:
		for _, st := range op.Instr.(*ssa.Select).States {
			if fr.inGroup(st.Chan) {
				return true
			}
		}
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
	_, ok := fr.resolve(v).(*ssa.MakeChan)
	if !ok {
		return false
	}
	_, ok = fr.objects[fr.resolve(v)]
	return ok
}

// startsInGroup reports whether a goroutine is counted by a wait group of the
// group.
func (fr *frame) startsInGroup(op *conc.Op) bool {
	_, ok := fr.waitGroup(op)
	return ok
}

// callee is the function that a call calls, and its arguments; nil if it is not
// of the package.
func (fr *frame) callee(op *conc.Op) (*conc.Func, []ssa.Value) {
	instr, ok := op.Instr.(ssa.CallInstruction)
	if !ok {
		return nil, nil
	}
	call := instr.Common()
	if call.IsInvoke() {
		return nil, nil
	}
	value, args := call.Value, call.Args
	if isOperation(call) { // wg.Go(f), once.Do(f)
		if len(args) < 2 {
			return nil, nil
		}
		value, args = args[len(args)-1], nil
	}
	fn := literal(fr.resolve(value))
	if fn == nil || fn.Origin() != nil {
		return nil, nil
	}
	f := fr.pkg.Func(fn)
	if f == nil || f.SSA != fn {
		return nil, nil
	}
	return f, args
}

// calls reports whether a call calls, or is, an operation on the group.
func (fr *frame) calls(op *conc.Op) bool {
	if _, ok := fr.waitGroup(op); ok {
		return true
	}
	f, args := fr.callee(op)
	if f == nil || !fr.reaches(f, args) {
		return false
	}
	sub := &frame{code: fr.code, fn: f, g: fr.graph(f.SSA), env: fr.bind(f, args), outer: fr}
	key := procKey{f.SSA, sub.env.signature()}
	touches, ok := fr.touches[key]
	if ok {
		return touches
	}
	fr.touches[key] = false // for recursion
	for op := range f.Ops {
		if sub.depth() > mostDepth || sub.relevant(op) {
			touches = true
			break
		}
	}
	fr.touches[key] = touches
	return touches
}

// reaches reports whether f can know of the group at all: it is a literal, or
// is given something of it.
func (fr *frame) reaches(f *conc.Func, args []ssa.Value) bool {
	if f.Parent != nil {
		return true
	}
	for _, a := range args {
		switch v := fr.resolve(a).(type) {
		case *ssa.MakeChan, *ssa.MakeClosure, *ssa.Extract:
			return true
		case *ssa.Alloc:
			if isWaitGroup(v.Type()) {
				return true
			}
		}
	}
	return false
}

// call inlines a call.
func (fr *frame) call(op *conc.Op, next func(int) int) (explore.Instr, bool) {
	if in, ok := fr.count(op, next); ok {
		return in, true
	}
	if !fr.calls(op) {
		return explore.Instr{}, false
	}
	if in, ok := op.Instr.(*ssa.Call); ok && isOperation(&in.Call) {
		return explore.Instr{}, false // the goroutine it starts has an operation of its own
	}
	return explore.Instr{Op: explore.Jump, Next: fr.inline(op, next(0))}, true
}

// inline is the entry of the code of the function that op calls, which goes on
// at exit.
func (fr *frame) inline(op *conc.Op, exit int) int {
	f, args := fr.callee(op)
	for o := fr; o != nil; o = o.outer {
		if o.fn == f {
			fr.giveUp("recursion")
			return exit
		}
	}
	if fr.depth() >= mostDepth {
		fr.giveUp("calls nested too deeply")
		return exit
	}
	sub := &frame{
		code: fr.code, fn: f, g: fr.graph(f.SSA), env: fr.bind(f, args),
		exit: exit, outer: fr, memo: make(map[string]int),
	}
	return sub.place(path{})
}

// once inlines the function that a sync.Once runs, for the first time.
func (fr *frame) once(op *conc.Op, next func(int) int) (explore.Instr, bool) {
	if !fr.calls(op) {
		return explore.Instr{}, false
	}
	recv := fr.resolve(op.Instr.(ssa.CallInstruction).Common().Args[0])
	if a, ok := recv.(*ssa.Alloc); !ok || !fr.inScope(a) {
		fr.giveUp("a sync.Once that comes from elsewhere")
		return explore.Instr{}, false
	}
	flag := fr.object(recv, explore.Object{Kind: explore.Flag}, nil)
	done := next(0)
	site := fr.site(op, -1)
	set := fr.add(explore.Instr{Op: explore.Set, Obj: flag, N: 1, Next: fr.inline(op, done), Site: site})
	return explore.Instr{Op: explore.Test, Obj: flag, N: 1, Next: done, Else: set, Site: site}, true
}

// procKey identifies a goroutine by what it runs and what that is given.
type procKey struct {
	fn  *ssa.Function
	env string
}

// start translates a go statement, or a call that starts a goroutine.
func (fr *frame) start(op *conc.Op, next func(int) int) (explore.Instr, bool) {
	if !fr.relevant(op) {
		return explore.Instr{}, false
	}
	if stoppable(op) {
		fr.giveUp("a timer that may be stopped")
		return explore.Instr{}, false
	}
	inner := op.Inner
	wg, counted := fr.waitGroup(op)
	var last []explore.Instr
	if counted {
		last = []explore.Instr{{Op: explore.Add, Obj: wg, N: -1, Site: fr.site(op, -1)}}
	}
	f, args := fr.callee(inner)
	var key procKey
	var env binding
	switch {
	case f != nil:
		env = fr.bind(f, args)
		key = procKey{f.SSA, env.signature()}
	case counted:
		fr.giveUp("a counted goroutine that is not known")
		return explore.Instr{}, false
	case inner.Kind == conc.Call:
		return explore.Instr{}, false
	default:
		fr.giveUp("an operation started as a goroutine")
		return explore.Instr{}, false
	}
	n, ok := fr.procs[key]
	if !ok {
		b := fr.builder
		n = b.newProc(f.Name, 0, func(c *code) { b.frame(c, f, env, last) })
		fr.procs[key] = n
	}
	in := explore.Instr{Op: explore.Go, N: n, Next: next(0), Site: fr.site(op, -1)}
	if call, ok := op.Instr.(*ssa.Call); ok && counted {
		if _, name := operation(&call.Call); isGroupMethod(name, "Go") {
			in = explore.Instr{Op: explore.Add, Obj: wg, N: 1, Next: fr.add(in), Site: in.Site}
		}
	}
	return in, true
}

// stoppable reports whether op is a call of time.AfterFunc whose timer is kept.
func stoppable(op *conc.Op) bool {
	call, ok := op.Instr.(*ssa.Call)
	if !ok {
		return false
	}
	kind, _ := operation(&call.Call)
	return kind == known.AfterFunc && len(*call.Referrers()) > 0
}

// waitGroup is the object of the wait group, or errgroup, that op works on.
func (fr *frame) waitGroup(op *conc.Op) (int, bool) {
	instr, ok := op.Instr.(ssa.CallInstruction)
	if !ok {
		return 0, false
	}
	call := instr.Common()
	if call.IsInvoke() || len(call.Args) == 0 || !isWaitGroup(call.Args[0].Type()) || !isOperation(call) {
		return 0, false
	}
	v := fr.resolve(call.Args[0])
	switch v := v.(type) {
	case *ssa.Alloc:
		if !fr.own(v.Parent()) || !fr.inScope(v) {
			return 0, false
		}
	case *ssa.Extract: // of errgroup.WithContext
		if !fr.own(v.Parent()) || !fr.inScope(v) || v.Index != 0 {
			return 0, false
		}
	default:
		return 0, false
	}
	if !fr.flow.closed(v) {
		return 0, false
	}
	return fr.object(v, explore.Object{Kind: explore.WaitGroup}, nil), true
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
	_, name := operation(call.Common())
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
		if in.N, ok = fr.eval(linearOf(fr.pkg, op.Delta, fr.resolve)); !ok {
			fr.giveUp("a wait group with an unknown number")
		}
	}
	in.Next = next(0)
	return in, true
}
