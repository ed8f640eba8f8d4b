package conc

import (
	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// TickerStop is where another function stops the ticker that op ranges over
// without any other way to end; nil if op is something else.
func (p *Package) TickerStop(op *Op) *Op {
	if op.Kind != Recv || !op.Range || op.Bound != ByTimer || !endless(op) {
		return nil
	}
	return p.stopper(op.Fn, p.ticker(op))
}

// ticker is the place of the ticker whose channel op receives from.
func (p *Package) ticker(op *Op) place.Place {
	load, ok := op.Instr.(*ssa.UnOp).X.(*ssa.UnOp)
	if !ok {
		return place.Place{}
	}
	field, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return place.Place{}
	}
	return p.Places.Of(field.X)
}

// stopper is a call of Stop on the ticker at t outside of f, nil if there is
// none.
func (p *Package) stopper(f *Func, t place.Place) *Op {
	if t.IsZero() {
		return nil
	}
	for _, g := range p.Funcs {
		if g == f {
			continue
		}
		for op := range g.Ops {
			if op.Kind == Defer {
				op = op.Inner
			}
			if op.Call == nil || op.Call.Obj == nil || known.OpOf(op.Call.Obj.FullName()) != known.StopTicker || len(op.Call.Args) == 0 {
				continue
			}
			if at := op.Call.Args[0]; at == t || !at.Join().IsZero() && at.Join() == t.Join() {
				return op
			}
		}
	}
	return nil
}

// endless reports whether a range loop ends only when its channel is closed.
func endless(op *Op) bool {
	head := op.Fn.SSA.Blocks[op.Block]
	body := head.Succs[0] // the other one is taken when the channel is closed
	seen := map[*ssa.BasicBlock]bool{head: true}
	for work := []*ssa.BasicBlock{body}; len(work) > 0; {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b] {
			continue
		}
		seen[b] = true
		if b == head.Succs[1] || len(b.Succs) == 0 {
			return false
		}
		work = append(work, b.Succs...)
	}
	return true
}
