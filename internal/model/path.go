package model

import (
	"fmt"
	"go/constant"
	"go/token"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A path is a point in a function together with what matters of the way there.
// Paths are immutable.
type path struct {
	block, next int             // the next operation of the block
	facts       map[string]fact // how questions were answered
	rounds      map[int]int     // of the loops that count, by head
	defers      []*pending      // deferred calls, the last one runs first
}

// nowhere stands for the path after a deferred call.
var nowhere = path{block: -1}

// A fact is the answer to a question, 1 for yes and 0 for no, or another small
// number; and the blocks in which what it is about was computed.
type fact struct {
	val    int
	blocks []int
}

// key is the same for equal paths.
func (p path) key() string {
	var b strings.Builder
	fmt.Fprint(&b, p.block, " ", p.next)
	for _, q := range slices.Sorted(maps.Keys(p.facts)) {
		fmt.Fprint(&b, "\n", q, " ", p.facts[q].val)
	}
	for _, head := range slices.Sorted(maps.Keys(p.rounds)) {
		fmt.Fprint(&b, "\n", head, " ", p.rounds[head])
	}
	for _, d := range p.defers {
		fmt.Fprintf(&b, "\n%p", d)
	}
	return b.String()
}

// at is p before operation next of its block.
func (p path) at(next int) path {
	p.next = next
	return p
}

// with is p with one more fact.
func (p path) with(question string, val int, blocks ...int) path {
	p.facts = maps.Clone(p.facts)
	if p.facts == nil {
		p.facts = make(map[string]fact)
	}
	p.facts[question] = fact{val, blocks}
	return p
}

// round is p in round n of a loop; 0 ends the loop.
func (p path) round(head, n int) path {
	p.rounds = maps.Clone(p.rounds)
	if p.rounds == nil {
		p.rounds = make(map[int]int)
	}
	p.rounds[head] = n
	if n == 0 {
		delete(p.rounds, head)
	}
	return p
}

// enter is p after the edge from its block to the next.
func (g *graph) enter(p path, from, to *ssa.BasicBlock) path {
	known := p.facts
	p.block, p.next = to.Index, 0
	p.facts = maps.Clone(p.facts)
	loop := map[int]bool{}
	if to.Dominates(from) {
		loop = g.loops[to.Index] // computed anew in each round
	}
	maps.DeleteFunc(p.facts, func(_ string, f fact) bool {
		return slices.ContainsFunc(f.blocks, func(b int) bool {
			return loop[b] || !g.fn.Blocks[b].Dominates(to)
		})
	})
	p.rounds = maps.Clone(p.rounds)
	maps.DeleteFunc(p.rounds, func(head, _ int) bool { return !g.loops[head][to.Index] })
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		p = g.chosen(p, phi, phi.Edges[slices.Index(to.Preds, from)], known)
	}
	return p
}

// isNil ends the question whether something is nil.
const isNil = "==nil"

// chosen is p with what is known of phi, which now has the value v.
func (g *graph) chosen(p path, phi *ssa.Phi, v ssa.Value, known map[string]fact) path {
	for _, suffix := range []string{"", isNil} {
		key := phi.Name() + suffix
		if g.asked[key] == 0 && !g.feeds[key] {
			continue
		}
		if f, ok := known[v.Name()+suffix]; ok {
			p = p.with(key, f.val, phi.Block().Index)
		} else if val, ok := plain(v, suffix); ok {
			p = p.with(key, val, phi.Block().Index)
		}
	}
	return p
}

// plain answers whether v is true or, with the suffix, nil, if that is
// plain.
func plain(v ssa.Value, suffix string) (val int, ok bool) {
	switch v := v.(type) {
	case *ssa.Const:
		if suffix != "" {
			return truth(v.IsNil()), true
		}
		if v.Value == nil || v.Value.Kind() != constant.Bool {
			return 0, false
		}
		return truth(constant.BoolVal(v.Value)), true
	case *ssa.MakeInterface, *ssa.Alloc, *ssa.MakeClosure:
		return 0, suffix != ""
	}
	return 0, false
}

// asked is what a condition asks, without negations.
func asked(cond ssa.Value) ssa.Value {
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		return asked(not.X)
	}
	return cond
}

// negations is how often a condition is negated.
func negations(cond ssa.Value) int {
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		return 1 + negations(not.X)
	}
	return 0
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// question names what a condition asks, so that equal names ask the same, and
// says whether it asks for the contrary.
func question(cond ssa.Value) (key string, negated bool) {
	switch v := cond.(type) {
	case *ssa.UnOp:
		if v.Op == token.NOT {
			key, negated = question(v.X)
			return key, !negated
		}
	case *ssa.BinOp:
		x, y := describe(v.X, 4), describe(v.Y, 4)
		switch v.Op {
		case token.EQL, token.NEQ:
			return x + "==" + y, v.Op == token.NEQ
		case token.LSS, token.GEQ:
			return x + "<" + y, v.Op == token.GEQ
		case token.GTR, token.LEQ:
			return y + "<" + x, v.Op == token.LEQ
		}
	}
	return describe(cond, 4), false
}

// answered is p where cond is true, and where it is not.
func (g *graph) answered(p path, cond ssa.Value) (yes, no path) {
	key, negated := question(cond)
	if g.asked[key] <= 1 {
		return p, p
	}
	blocks := madeIn(cond, 4, nil)
	return p.with(key, 1-truth(negated), blocks...), p.with(key, truth(negated), blocks...)
}

// describe names a value: equal names are equal values unless memory has
// changed between.
func describe(v ssa.Value, depth int) string {
	if depth == 0 {
		return v.Name()
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.IsNil() {
			return "nil"
		}
	case *ssa.UnOp:
		if _, ok := v.X.(*ssa.FieldAddr); ok && v.Op == token.MUL {
			return describe(v.X, depth-1)
		}
	case *ssa.FieldAddr:
		return fmt.Sprintf("%s.%d", describe(v.X, depth-1), v.Field)
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" {
			return "len " + describe(v.Call.Args[0], depth-1)
		}
	}
	return v.Name()
}

// madeIn adds the blocks in which cond and what it is made of are computed.
func madeIn(cond ssa.Value, depth int, blocks []int) []int {
	instr, ok := cond.(ssa.Instruction)
	if !ok || depth == 0 {
		return blocks
	}
	blocks = append(blocks, instr.Block().Index)
	switch instr.(type) {
	case *ssa.Phi, *ssa.Call, *ssa.Select:
		return blocks
	}
	for _, op := range instr.Operands(nil) {
		if *op != nil {
			blocks = madeIn(*op, depth-1, blocks)
		}
	}
	return blocks
}
