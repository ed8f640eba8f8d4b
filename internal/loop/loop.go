// Package loop says what happens in loops round by round: where control goes
// after a receive, or a case of a select, was taken; whether it comes back to
// the same operation, what it did on the way, and whether anything is different
// then; which channels are closed while the loop runs; and which timers are
// made anew in each round.
//
// Method. From the operation, the paths through the function's blocks are
// followed forward until they come back to it, leave the loop, or end. What is
// known of values is carried along: the case that was taken, and, if the
// channel is taken to be closed, that ok is false and that the value is zero.
// A branch on what is known goes one way, as does a branch in front of the
// operation on what the round did not change; any other goes both ways. What a
// called function does to the variables of the loop is not followed, except
// that it may replace the channel. So a way out that is not seen loses a
// report, and a way that cannot be taken, out of the loop, loses one too.
package loop

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// Default is the case number that stands for the default case of a select.
const Default = -2

// A Package answers questions about the loops of one package.
type Package struct {
	*effect.Result
	stores map[*conc.Func]map[place.Join]bool // what a function, with all it calls, assigns to
	loops  map[*conc.Op][]bool
	rounds map[question]Round
}

// New returns the loops of the package that r is the effects of.
func New(r *effect.Result) *Package {
	return &Package{
		Result: r,
		stores: make(map[*conc.Func]map[place.Join]bool),
		loops:  make(map[*conc.Op][]bool),
		rounds: make(map[question]Round),
	}
}

// A Round is what may happen from an operation until control comes back to it.
type Round struct {
	Back    bool // some way comes back
	Leaves  bool // some way does not, or was not followed to its end
	Renewed bool // some way comes back to another channel, or to none
	Idle    bool // some way comes back, and neither did nor changed anything
	Noted   bool // some way comes back with a variable set to a constant
	Nil     bool // some way uses what a nil pointer or interface would lead to

	// Ops are the operations on the ways that were followed, in no
	// particular order.
	Ops []*conc.Op

	blocks []int // that were entered, apart from the operation's own
}

// Stays reports whether all ways come back to the same channel.
func (r Round) Stays() bool { return r.Back && !r.Leaves && !r.Renewed }

// After follows u, which is taken, and closed if the channel is taken to be so.
// The zero Round is returned for an operation that is not in a loop.
func (p *Package) After(u conc.Use, closed bool) Round {
	within := p.within(u.Op)
	if within == nil {
		return Round{}
	}
	q := question{u, closed}
	if r, ok := p.rounds[q]; ok {
		return r
	}
	w := &walk{p: p, use: u, closed: closed, within: within, seen: make(map[string]bool)}
	st := state{vals: make(map[ssa.Value]value), mem: make(map[*ssa.Alloc]value)}
	w.begin(st)
	p.rounds[q] = w.round
	return w.round
}

// Nested reports whether there is a loop on the ways from u back to it, of which
// it is not known how often it turns: not at all, for who follows the ways.
func (p *Package) Nested(u conc.Use) bool {
	around := func(e conc.Edge) bool { return e.To == u.Op.Block }
	return slices.ContainsFunc(p.After(u, false).blocks, func(b int) bool {
		return b != u.Op.Block && u.Op.Fn.Reaches(b, b, around)
	})
}

// question is what After was asked.
type question struct {
	use    conc.Use
	closed bool
}

// within marks the blocks from which op can be reached, and that op can reach;
// nil if op is not in a loop.
func (p *Package) within(op *conc.Op) []bool {
	if l, ok := p.loops[op]; ok {
		return l
	}
	f := op.Fn
	next := flood(op.Block, func(i int) []int { return f.Blocks[i].Succs })
	prev := flood(op.Block, func(i int) []int { return f.Blocks[i].Preds })
	var both []bool
	if next[op.Block] {
		both = make([]bool, len(f.Blocks))
		for i := range both {
			both[i] = next[i] && prev[i]
		}
	}
	p.loops[op] = both
	return both
}

// flood marks what edges lead to, in one step or more.
func flood(from int, edges func(int) []int) map[int]bool {
	seen := make(map[int]bool)
	work := slices.Clone(edges(from))
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if !seen[b] {
			seen[b] = true
			work = append(work, edges(b)...)
		}
	}
	return seen
}

// InSameRound reports whether op is in the loop that u is in.
func (p *Package) InSameRound(u, op *conc.Op) bool {
	within := p.within(u)
	return within != nil && op.Fn == u.Fn && within[op.Block]
}

// channel is the SSA value of the channel that is used.
func channel(u conc.Use) ssa.Value {
	switch instr := u.Op.Instr.(type) {
	case *ssa.Select:
		if u.Case >= 0 {
			return instr.States[u.Case].Chan
		}
	case *ssa.UnOp:
		return instr.X
	case *ssa.Send:
		return instr.Chan
	}
	return nil
}

// Dominates reports whether every way to b passes a, both in one function.
func Dominates(a, b *conc.Op) bool {
	return a.Fn == b.Fn && a.Block != b.Block && a.Instr.Block().Dominates(b.Instr.Block())
}
