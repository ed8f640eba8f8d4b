package model

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/heap"
	"github.com/chanlint/chanlint/internal/known"
)

// kinds are the operations that are translated as they are.
var kinds = map[conc.Kind]explore.Op{
	conc.Send: explore.Send, conc.Close: explore.Close,
}

// site is the number of an operation, or of its case.
func (c *code) site(op *conc.Op, i int) int {
	s := Site{Op: op, Case: i, Pos: op.Pos()}
	if i >= 0 {
		s.Pos = op.Cases[i].Pos
	}
	return c.siteOf(s)
}

func (c *code) siteOf(s Site) int {
	if n := slices.Index(c.model.Sites, s); n >= 0 {
		return n
	}
	c.model.Sites = append(c.model.Sites, s)
	return len(c.model.Sites) - 1
}

// translate is the instruction for op, after which p goes on; it is not ok if
// op does nothing to the group.
func (fr *frame) translate(op *conc.Op, p path) (explore.Instr, bool) {
	switch op.Kind {
	case conc.Recv:
		return fr.receive(op, p)
	case conc.Select:
		return fr.choose(op, p)
	case conc.TryLock, conc.TryRLock:
		return fr.try(op, p)
	case 0:
		return fr.flag(op, p)
	}
	return fr.operate(op, func(int) int { return fr.place(p) }, p)
}

// operate is the instruction for an operation with one way to go on.
func (fr *frame) operate(op *conc.Op, next func(int) int, p path) (explore.Instr, bool) {
	switch op.Kind {
	case conc.Send, conc.Close:
		obj, ok := fr.channel(chanOf(op), true)
		if !ok {
			return explore.Instr{}, false
		}
		if send, ok := op.Instr.(*ssa.Send); ok {
			fr.sends = append(fr.sends, sent{op, obj, send.X, fr.isCaller()})
		}
		in := explore.Instr{Op: kinds[op.Kind], Obj: obj, Next: next(0), Site: fr.site(op, -1)}
		return fr.onceMade(obj, in), true
	case conc.Make:
		return fr.noteMade(op, next)
	case conc.Lock, conc.Unlock, conc.RLock, conc.RUnlock:
		return fr.lock(op, next)
	case conc.CondWait, conc.Signal, conc.Broadcast:
		return fr.cond(op, next)
	case conc.Add, conc.Done, conc.Wait:
		return fr.count(op, next)
	case conc.Go:
		return fr.start(op, next)
	case conc.Call, conc.Known:
		return fr.inlined(op, next, p)
	case conc.Once:
		return fr.once(op, next)
	case conc.Cancel:
		return fr.cancel(op, next)
	}
	return explore.Instr{}, false
}

// chanOf is the channel that an operation other than a select works on.
func chanOf(op *conc.Op) ssa.Value {
	switch instr := op.Instr.(type) {
	case *ssa.Send:
		return instr.Chan
	case *ssa.UnOp:
		return instr.X
	case ssa.CallInstruction: // close
		return instr.Common().Args[0]
	}
	panic("model: no channel in " + op.Instr.String())
}

// receive translates a receive. What it finds decides the branches on ok.
func (fr *frame) receive(op *conc.Op, p path) (explore.Instr, bool) {
	obj, ok := fr.channel(chanOf(op), false)
	if !ok && op.CommaOk && op.Bound == conc.ByTimer { // never closed
		if key, used := okOf(op.Instr.(ssa.Value), 1); used {
			return explore.Instr{Op: explore.Jump, Next: fr.place(p.with(key, 1, op.Block))}, true
		}
	}
	if !ok {
		return explore.Instr{}, false
	}
	in := explore.Instr{Op: explore.Recv, Obj: obj, Site: fr.site(op, -1)}
	yes, no := p, p
	if key, ok := okOf(op.Instr.(ssa.Value), 1); ok && op.CommaOk {
		yes, no = p.with(key, 1, op.Block), p.with(key, 0, op.Block)
	}
	in.Next, in.Else = fr.place(yes), fr.place(no)
	return fr.onceMade(obj, in), true
}

// okOf is the name of result i of a receive or select, if it is used.
func okOf(v ssa.Value, i int) (string, bool) {
	for _, ref := range *v.Referrers() {
		if ext, ok := ref.(*ssa.Extract); ok && ext.Index == i {
			return ext.Name(), true
		}
	}
	return "", false
}

// choose translates a select if one of its cases is on the group.
func (fr *frame) choose(op *conc.Op, p path) (explore.Instr, bool) {
	if !fr.relevant(op) {
		return explore.Instr{}, false
	}
	sel := op.Instr.(*ssa.Select)
	in := explore.Instr{Op: explore.Select, Default: op.HasDefault, Site: fr.site(op, -1)}
	index, asked := okOf(sel, 0)
	taken := func(i int) path {
		if !asked {
			return p
		}
		return p.with("case "+index, i, op.Block)
	}
	for i, st := range sel.States {
		c := explore.Case{Op: explore.Recv, Site: fr.site(op, i)}
		obj, ok := fr.channel(st.Chan, st.Dir == types.SendOnly)
		switch {
		case !ok: // whoever is there may be ready at any time, or never
			obj = fr.object(st, explore.Object{Kind: explore.Timer, Repeat: true}, nil)
		case st.Dir == types.SendOnly:
			c.Op = explore.Send
			fr.sends = append(fr.sends, sent{op, obj, st.Send, fr.isCaller()})
		}
		c.Obj = obj
		yes, no := taken(i), taken(i)
		if key, ok := okOf(sel, 1); ok {
			yes, no = yes.with(key, 1, op.Block), no.with(key, 0, op.Block)
		}
		c.Next, c.Else = fr.place(yes), fr.place(no)
		in.Cases = append(in.Cases, c)
	}
	in.Next = fr.place(taken(-1))
	return fr.onceOneMade(in), true
}

// channel is the object that a channel is; it is not ok if it is not of the
// group.
func (fr *frame) channel(v ssa.Value, out bool) (int, bool) {
	val := fr.heap.Eval(fr.act, v)
	if i, ok := fr.objects[val]; ok {
		return i, true
	}
	if ctx, ok := contextOf(val); ok {
		return fr.context(ctx), true
	}
	if fr.neverSet(v) {
		return fr.object(v, explore.Object{Kind: explore.Chan, Nil: true}, nil), true
	}
	if !val.Known() {
		if conc.IsNil(v) || val != heap.Unknown {
			fr.giveUp("a nil channel")
		} else {
			fr.giveUp("a channel that may be one of several")
		}
		return 0, false
	}
	t := fr.outside[val]
	if out {
		t.out |= 1 << fr.proc
	} else {
		t.in |= 1 << fr.proc
	}
	fr.outside[val] = t
	return 0, false
}

// neverSet reports whether v is read from a variable of its own that nothing is
// stored to: a nil channel.
func (fr *frame) neverSet(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	at := fr.heap.Eval(fr.act, load.X)
	if !at.Known() || at.Path != "" || !fr.tracked(at) {
		return false
	}
	alloc, ok := at.Obj.Site.(*ssa.Alloc)
	return ok && len(fr.pkg.Places.Stored(alloc)) == 0
}

// contextOf is the context whose Done channel v is.
func contextOf(v heap.Value) (heap.Value, bool) {
	path, ok := strings.CutSuffix(v.Path, "#done")
	return heap.Value{Obj: v.Obj, Path: path}, ok && v.Known()
}

// context is the object of a context. It may end at any time, or never, unless
// the scope itself made it from nothing and keeps its cancel function.
func (fr *frame) context(v heap.Value) int {
	return fr.object(v, explore.Object{Kind: explore.Context, Env: !fr.cancelled(v.Obj)}, nil)
}

// cancelled reports whether a context ends only by calls of its cancel function
// that are all seen.
func (fr *frame) cancelled(o *heap.Object) bool {
	call, ok := o.Site.(*ssa.Call)
	if !ok || !fr.tracked(heap.Value{Obj: o}) {
		return false
	}
	op, name := fr.pkg.Operation(&call.Call)
	if op != known.WithCancel || name != "context.WithCancel" || fr.heap.InField(heap.Value{Obj: o, Path: "#1"}) {
		return false // or a call of a field cancels it, which is not told from others
	}
	parent := fr.heap.Eval(o.In, call.Call.Args[0])
	if !parent.Known() {
		return false
	}
	made, ok := parent.Obj.Site.(*ssa.Call)
	if !ok {
		return false
	}
	switch _, name := fr.pkg.Operation(&made.Call); name {
	case "context.Background", "context.TODO":
		return true
	}
	return false
}

// ownContext reports whether ch is the Done channel of a context that only the
// group cancels: it is not ready at any time.
func (fr *frame) ownContext(ch ssa.Value) bool {
	ctx, ok := contextOf(fr.heap.Eval(fr.act, ch))
	return ok && fr.cancelled(ctx.Obj)
}

// cancels is the context that op cancels, if no other cancels are left out.
func (fr *frame) cancels(op *conc.Op) (heap.Value, bool) {
	v := fr.heap.Eval(fr.act, op.Instr.(ssa.CallInstruction).Common().Value)
	if !v.Known() || !fr.cancelled(v.Obj) {
		return heap.Unknown, false
	}
	return heap.Value{Obj: v.Obj, Path: "#0"}, true
}

// cancel translates a call of a cancel function.
func (fr *frame) cancel(op *conc.Op, next func(int) int) (explore.Instr, bool) {
	ctx, ok := fr.cancels(op)
	if !ok {
		return explore.Instr{}, false
	}
	return explore.Instr{Op: explore.Cancel, Obj: fr.context(ctx), Next: next(0), Site: fr.site(op, -1)}, true
}
