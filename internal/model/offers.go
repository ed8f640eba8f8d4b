package model

import (
	"slices"

	"github.com/chanlint/chanlint/internal/explore"
)

// An offer is an operation that callers can do, and whether they can do it again
// and again.
type offer struct {
	op  explore.Op
	obj int
}

// offers notes what the instructions of a call, or of what calls start, can do,
// from begin on: again and again only what it does first.
func (b *builder) offers(code []explore.Instr, begin int, first map[int]bool, again bool) {
	for i, in := range code[begin:] {
		note := func(op explore.Op, obj int) {
			o := offer{op, obj}
			b.offered[o] = b.offered[o] || again && first[begin+i]
		}
		switch in.Op {
		case explore.Send, explore.Close, explore.Recv, explore.Signal, explore.Broadcast, explore.Cancel:
			note(in.Op, in.Obj)
		case explore.Add:
			if in.N < 0 {
				note(in.Op, in.Obj)
			}
		case explore.Select:
			for _, c := range in.Cases {
				note(c.Op, c.Obj)
			}
		}
	}
}

// firsts are the instructions that may run from start on before others have done
// anything for that: up to the first that waits for them, and that one.
func (b *builder) firsts(code []explore.Instr, start int) map[int]bool {
	first := make(map[int]bool)
	work := []int{start}
	for len(work) > 0 {
		i := work[len(work)-1]
		work = work[:len(work)-1]
		if first[i] {
			continue
		}
		first[i] = true
		switch in := &code[i]; in.Op {
		case explore.Send, explore.Recv, explore.Wait, explore.CondWait:
			if b.fires(in.Obj) {
				work = slices.AppendSeq(work, in.Targets())
			}
		case explore.Select:
			if in.Default {
				work = append(work, in.Next)
			}
			for _, c := range in.Cases {
				if b.fires(c.Obj) {
					work = append(work, c.Next)
				}
			}
		default:
			work = slices.AppendSeq(work, in.Targets())
		}
	}
	return first
}

// fires reports whether a wait for obj ends by itself.
func (b *builder) fires(obj int) bool {
	kind := b.model.Program.Objects[obj].Kind
	return kind == explore.Timer || kind == explore.Context
}

// excuse marks the places where a goroutine waits for what another call can
// do: it may still come.
func (b *builder) excuse() {
	prog := b.model.Program
	started := b.callerProcs
	for i := range prog.Procs { // a proc comes after the one that starts it
		if started&(1<<i) == 0 {
			continue
		}
		if b.callerProcs&(1<<i) == 0 {
			code := prog.Procs[i].Code
			b.offers(code, 0, b.firsts(code, 0), true)
		}
		for _, in := range prog.Procs[i].Code {
			if in.Op == explore.Go {
				started |= 1 << in.N
			}
		}
	}
	for i := range prog.Procs {
		for j := range prog.Procs[i].Code {
			b.open(&prog.Procs[i].Code[j])
		}
	}
}

// open marks an instruction at which another call can end the wait. What it
// brings may be a channel of its own, which the model has but one of, so then
// no more is said than that the wait is none for ever.
func (b *builder) open(in *explore.Instr) {
	comes, again := b.mayCome(in.Op, in.Obj)
	in.Open, in.Idle = again && len(b.callersOwn) == 0, in.Idle || comes
	for i, c := range in.Cases {
		if comes, again := b.mayCome(c.Op, c.Obj); comes {
			in.Cases[i].Open, in.Idle = again && len(b.callersOwn) == 0, true
		}
	}
}

// mayCome reports whether another call can end a wait, and whether further calls
// can do so again.
func (b *builder) mayCome(op explore.Op, obj int) (comes, again bool) {
	if b.callersOwn[obj] {
		return false, false
	}
	var ends []explore.Op
	switch op {
	case explore.Send:
		ends = []explore.Op{explore.Recv}
	case explore.Recv:
		ends = []explore.Op{explore.Send, explore.Close, explore.Cancel}
	case explore.Wait:
		ends = []explore.Op{explore.Add}
	case explore.CondWait:
		ends = []explore.Op{explore.Signal, explore.Broadcast}
	}
	for _, end := range ends {
		often, ok := b.offered[offer{end, obj}]
		comes, again = comes || ok, again || often
	}
	return comes, again
}
