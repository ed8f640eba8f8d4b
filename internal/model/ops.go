package model

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
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
	case conc.CondWait:
		fr.giveUp("a condition variable")
		return explore.Instr{}, false
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
			fr.sends = append(fr.sends, sent{op, fr.resolve(send.Chan), send.X})
		}
		return explore.Instr{Op: kinds[op.Kind], Obj: obj, Next: next(0), Site: fr.site(op, -1)}, true
	case conc.Add, conc.Done, conc.Wait:
		return fr.count(op, next)
	case conc.Go:
		return fr.start(op, next)
	case conc.Call, conc.Known:
		return fr.call(op, next)
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
	return in, true
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
			fr.sends = append(fr.sends, sent{op, fr.resolve(st.Chan), st.Send})
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
	return in, true
}

// channel is the object that a channel is; it is not ok if it is not of the
// group.
func (fr *frame) channel(v ssa.Value, out bool) (int, bool) {
	v = fr.resolve(v)
	if i, ok := fr.objects[v]; ok {
		return i, true
	}
	switch v := v.(type) {
	case *ssa.Const:
		fr.giveUp("a nil channel")
		return 0, false
	case *ssa.Phi, *ssa.Alloc:
		fr.giveUp("a variable with several channels")
		return 0, false
	case *ssa.MakeChan:
		if fr.own(v.Parent()) && (fr.inScope(v) || !fr.flow.closed(v)) {
			fr.giveUp("a channel of its own that cannot be followed")
		}
	case *ssa.Call:
		if op, _ := operation(&v.Call); op == known.ContextDone {
			return fr.context(contextOf(&v.Call)), true
		}
	}
	pl := fr.pkg.Places.Of(v)
	switch pl.Kind() {
	case place.Local:
		fr.giveUp("a channel in a local structure")
	case place.Param, place.Global, place.Made:
		t := fr.outside[pl]
		if out {
			t.out |= 1 << fr.proc
		} else {
			t.in |= 1 << fr.proc
		}
		fr.outside[pl] = t
	}
	return 0, false
}

// contextOf is the context on which Done is called.
func contextOf(call *ssa.CallCommon) ssa.Value {
	if call.IsInvoke() {
		return call.Value
	}
	return call.Args[0]
}

// own reports whether fn is the function of the model, or a literal in it.
func (b *builder) own(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if fn == b.root.SSA {
			return true
		}
	}
	return false
}

// context is the object of a context. It may end at any time, or never, unless
// the function itself made it from nothing and keeps its cancel function.
func (fr *frame) context(v ssa.Value) int {
	v = fr.resolve(v)
	id := any(v)
	env := true
	if ext, ok := v.(*ssa.Extract); ok {
		id = ext.Tuple
		env = !fr.cancelled(ext.Tuple)
	} else if pl := fr.pkg.Places.Of(v); !pl.IsZero() {
		id = pl
	}
	return fr.object(id, explore.Object{Kind: explore.Context, Env: env}, nil)
}

// cancelled reports whether a context ends only by calls of its cancel function
// that are all seen.
func (fr *frame) cancelled(tuple ssa.Value) bool {
	call, ok := tuple.(*ssa.Call)
	if !ok || !fr.own(call.Parent()) || fr.graph(call.Parent()).inLoop(call.Block().Index) {
		return false
	}
	op, name := operation(&call.Call)
	if op != known.WithCancel || name != "context.WithCancel" {
		return false
	}
	parent, ok := fr.resolve(call.Call.Args[0]).(*ssa.Call)
	if !ok {
		return false
	}
	switch _, name := operation(&parent.Call); name {
	case "context.Background", "context.TODO":
	default:
		return false
	}
	for _, ref := range *call.Referrers() {
		if ext, ok := ref.(*ssa.Extract); ok && ext.Index == 1 {
			return fr.flow.closed(ext)
		}
	}
	return false
}

// cancels is the call that made the context which op cancels, if no other
// cancels are left out.
func (fr *frame) cancels(op *conc.Op) (ssa.Value, bool) {
	ext, ok := fr.resolve(op.Instr.(ssa.CallInstruction).Common().Value).(*ssa.Extract)
	if !ok || ext.Index != 1 || !fr.cancelled(ext.Tuple) {
		return nil, false
	}
	return ext.Tuple, true
}

// cancel translates a call of a cancel function.
func (fr *frame) cancel(op *conc.Op, next func(int) int) (explore.Instr, bool) {
	made, ok := fr.cancels(op)
	if !ok {
		return explore.Instr{}, false
	}
	obj := fr.object(made, explore.Object{Kind: explore.Context}, nil)
	return explore.Instr{Op: explore.Cancel, Obj: obj, Next: next(0), Site: fr.site(op, -1)}, true
}
