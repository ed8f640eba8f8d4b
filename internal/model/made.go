package model

import (
	"go/token"
	"iter"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/heap"
)

// A channel that one call makes and keeps in the object is nil for others until
// then:
//
//	func (s *S) Execute() { s.done = make(chan struct{}); go s.run() }
//	func (s *S) Result()  { <-s.done }
//
// Whoever calls the functions knows their order, so nobody waits for what is not
// made: a flag says whether it is. What the functions make that start the object
// is no such channel, because others come only after them.
//
// False negative: a program that calls Result first, and waits for ever.

// A maker is a call that makes a channel for others.
type maker struct {
	flag int // the object, 1 once the channel is made
	call *heap.Activation
}

// existence identifies the flag of a channel.
type existence struct{ ch heap.Value }

// findMade finds the channels that one call makes and another one uses.
func (b *builder) findMade() {
	for _, a := range b.heap.Activations {
		if a.First() == b.heap.Root {
			continue
		}
		for op := range a.Fn.Ops {
			if op.Kind == conc.Go || op.Kind == conc.Defer {
				op = op.Inner
			}
			for name, ch := range channelsOf(op) {
				b.addMaker(a, ch, name)
			}
		}
	}
}

// addMaker adds the call that makes the channel ch of a, if it is another one.
func (b *builder) addMaker(a *heap.Activation, ch ssa.Value, name string) {
	v := b.heap.Eval(a, ch)
	obj, ok := b.objects[v]
	if !ok || !b.callersOwn[obj] {
		return
	}
	call := v.Obj.In.First()
	if call == a.First() || starting.MatchString(call.Fn.Name) || !b.heap.Kept(v) {
		return
	}
	flag := b.object(existence{v}, explore.Object{Kind: explore.Flag, Nil: true, Name: name}, nil)
	b.makers[obj] = maker{flag, call}
}

// channelsOf yields the channels that an operation works on, with the user's
// expressions for them.
func channelsOf(op *conc.Op) iter.Seq2[string, ssa.Value] {
	return func(yield func(string, ssa.Value) bool) {
		switch op.Kind {
		case conc.Send, conc.Recv, conc.Close:
			yield(op.Expr(), chanOf(op))
		case conc.Select:
			for i, st := range op.Instr.(*ssa.Select).States {
				if !yield(op.CaseExpr(i), st.Chan) {
					return
				}
			}
		}
	}
}

// makesForOthers is the maker of the channel that op makes, if others use it.
func (fr *frame) makesForOthers(op *conc.Op) (maker, bool) {
	obj, ok := fr.objects[fr.heap.Eval(fr.act, op.Instr.(*ssa.MakeChan))]
	m, others := fr.makers[obj]
	return m, ok && others
}

// noteMade notes that a channel is made now.
func (fr *frame) noteMade(op *conc.Op, next func(int) int) (explore.Instr, bool) {
	m, ok := fr.makesForOthers(op)
	if !ok {
		return explore.Instr{}, false
	}
	return explore.Instr{Op: explore.Set, Obj: m.flag, N: 1, Next: next(0), Site: fr.site(op, -1)}, true
}

// foreign is the maker of the channel that obj is, if that is another call than
// that of fr.
func (fr *frame) foreign(obj int) (maker, bool) {
	m, ok := fr.makers[obj]
	return m, ok && fr.isCaller() && fr.act.First() != m.call
}

// onceMade is in, an operation on obj, which nobody comes to before that channel is
// made.
func (fr *frame) onceMade(obj int, in explore.Instr) explore.Instr {
	m, ok := fr.foreign(obj)
	if !ok {
		return in
	}
	return explore.Instr{
		Op: explore.Test, Obj: m.flag, Site: fr.siteOf(Site{Case: -1}),
		Next: fr.add(explore.Instr{Op: explore.Panic}), Else: fr.add(in),
	}
}

// onceOneMade is in, a select, which may wait for ever as long as one of its
// channels is nil.
func (fr *frame) onceOneMade(in explore.Instr) explore.Instr {
	if in.Default {
		return in
	}
	idle := in
	idle.Idle = true
	for _, c := range in.Cases {
		m, ok := fr.foreign(c.Obj)
		if !ok {
			continue
		}
		in = explore.Instr{
			Op: explore.Test, Obj: m.flag, Site: fr.siteOf(Site{Case: -1}),
			Next: fr.add(idle), Else: fr.add(in),
		}
	}
	return in
}

// asksMade is the branch at the end of b, if it asks whether a channel is nil that
// one call makes for others.
func (fr *frame) asksMade(p path, b *ssa.BasicBlock, cond ssa.Value) (explore.Instr, bool) {
	cmp, ok := asked(cond).(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ {
		return explore.Instr{}, false
	}
	if !conc.IsNil(cmp.Y) {
		return explore.Instr{}, false
	}
	obj, ok := fr.objects[fr.heap.Eval(fr.act, cmp.X)]
	m, others := fr.makers[obj]
	if !ok || !others {
		return explore.Instr{}, false
	}
	yes, no := fr.g.answered(p, cond)
	in := explore.Instr{
		Op: explore.Test, Obj: m.flag, Site: fr.siteOf(Site{Case: -1, Pos: cond.Pos()}),
		Next: fr.enter(yes, b, 0), Else: fr.enter(no, b, 1),
	}
	if (cmp.Op == token.NEQ) != (negations(cond)%2 == 1) { // true if it is not nil
		in.Next, in.Else = in.Else, in.Next
	}
	return in, true
}
