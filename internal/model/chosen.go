package model

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
)

// Chosen reports whether the channel that is object obj of the program is
// closed under a condition that the function goes on after, either way:
// if n == 0 { close(ch) }, or the same with a Once that closes it. Such a condition tells whether anybody is left to
// wait for the close, which the model does not know.
//
// False negative: a condition that is wrong.
func (m *Model) Chosen(p *conc.Package, obj int) bool {
	mk := m.Makes[obj]
	if mk == nil {
		return false
	}
	if slices.ContainsFunc(p.Uses(mk.Place).Closes, func(c conc.Use) bool { return Skipped(c.Op) }) {
		return true
	}
	for _, f := range p.Funcs {
		byOnce := func(call conc.CallTo) bool { return call.Op.Kind == conc.Once && Skipped(call.Op) }
		if !slices.ContainsFunc(p.CallsTo(f), byOnce) {
			continue
		}
		for op := range f.Ops {
			if op.Kind == conc.Close && slices.Contains(p.Origin(op.Place).Makes, mk) {
				return true
			}
		}
	}
	return false
}

// Skipped reports whether a branch goes round op and comes back to where op
// leads.
func Skipped(op *conc.Op) bool {
	at := op.Fn.SSA.Blocks[op.Block]
	after := reached(at, nil)
	for b := at.Idom(); b != nil; b = b.Idom() {
		if len(b.Succs) != 2 {
			continue
		}
		for _, s := range b.Succs {
			if s == at || s.Dominates(at) {
				continue // the way to op
			}
			for round := range reached(s, at) {
				if after[round] {
					return true
				}
			}
		}
	}
	return false
}

// reached are the blocks that can be reached from b, itself included, without
// passing through not.
func reached(b, not *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	seen := make(map[*ssa.BasicBlock]bool)
	work := []*ssa.BasicBlock{b}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if !seen[b] && b != not {
			seen[b] = true
			work = append(work, b.Succs...)
		}
	}
	return seen
}
