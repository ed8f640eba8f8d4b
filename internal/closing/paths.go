package closing

import (
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// mostPoints bounds how many points of paths are looked at in one function. Past
// that, all that was found stays.
const mostPoints = 2000

// Method. The dataflow joins paths that no run of the function takes: one on
// which a goroutine is started and a flag set, and one on which that flag is not
// set and the channel is closed. What it found is therefore looked for again, by
// the same transfer functions, path by path. What a path knows of the subjects
// that branches ask for, from the branches that it took and from constants that
// it assigned, decides where it goes on; of anything else it goes both ways. A
// variable in memory is taken to change by the assignments of the function, and
// of those that it calls, only.
//
// False negative: a flag that a goroutine sets in between.

// racesOnPaths are those of races that happen on a path that can be taken.
func (fl *flow) racesOnPaths(races []Race) []Race {
	if len(races) == 0 {
		return nil
	}
	p := &paths{flow: flow{r: fl.r, f: fl.f, events: fl.events, found: new(Findings)}, seen: make([][]point, len(fl.f.Blocks))}
	p.ask()
	if !p.search() {
		return races
	}
	return slices.DeleteFunc(races, func(g Race) bool {
		return !slices.ContainsFunc(p.found.Races, func(on Race) bool {
			return on.Chan == g.Chan && on.Sender.At == g.Sender.At && on.Close.At == g.Close.At
		})
	})
}

// paths is a search along the paths of one function.
type paths struct {
	flow
	asked map[subject]int // how many branches ask for it
	seen  [][]point       // by block
}

// A point is a path at the start of a block, after its phis.
type point struct {
	block int
	s     state
	known facts
}

// A subject is what a branch can ask for: a value, or what is in memory, by
// itself or compared with a constant.
type subject struct {
	v  ssa.Value
	at place.Place
	is string // the constant
}

// facts are what is known of subjects; of one that is compared, whether it is
// equal. They are copied before they change.
type facts map[subject]constant.Value

// subjectOf is what v tells of, or denies.
func (p *paths) subjectOf(v ssa.Value) (s subject, denied bool) {
	switch v := v.(type) {
	case *ssa.UnOp:
		switch v.Op {
		case token.NOT:
			s, denied = p.subjectOf(v.X)
			return s, !denied
		case token.MUL:
			if at := p.r.Places.Of(v.X); !at.IsZero() && !at.Elem() && p.stands(v, at) {
				return subject{at: at}, false
			}
		}
	case *ssa.BinOp:
		c, ok := v.Y.(*ssa.Const)
		if !ok || v.Op != token.EQL && v.Op != token.NEQ {
			break
		}
		if s, denied = p.subjectOf(v.X); !denied && s.is == "" {
			s.is = c.Name()
			return s, v.Op == token.NEQ
		}
	}
	return subject{v: v}, false
}

// stands reports whether load is what is in memory at pl wherever it is used.
func (p *paths) stands(load *ssa.UnOp, pl place.Place) bool {
	b := load.Block()
	for _, ref := range *load.Referrers() {
		if ref.Block() != b {
			return false
		}
	}
	after := b.Instrs[slices.Index(b.Instrs, ssa.Instruction(load)):]
	return !slices.ContainsFunc(after, func(instr ssa.Instruction) bool {
		st, ok := instr.(*ssa.Store)
		return ok && p.r.Overwrites(st, pl)
	})
}

// ask notes what the branches of the function ask for, and what that comes from.
func (p *paths) ask() {
	p.asked = make(map[subject]int)
	for _, b := range p.f.SSA.Blocks {
		if br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
			s, _ := p.subjectOf(br.Cond)
			p.asked[s]++
			s.is = ""
			p.feeds(s)
		}
	}
}

// feeds notes the phis that give s its value, and s.
func (p *paths) feeds(s subject) {
	if p.asked[s] > 1 {
		return
	}
	p.asked[s] = 2
	phi, ok := s.v.(*ssa.Phi)
	if !ok {
		return
	}
	for _, e := range phi.Edges {
		if from, _ := p.subjectOf(e); from.is == "" {
			p.feeds(from)
		}
	}
}

// search follows all paths; false if there are too many.
func (p *paths) search() bool {
	work := []point{{s: state{reached: true}}}
	for n := 0; len(work) > 0; n++ {
		if n == mostPoints {
			return false
		}
		at := work[len(work)-1]
		work = work[:len(work)-1]
		s, known := p.block(at.block, at.s), p.learn(at.block, at.known)
		for i, to := range p.f.SSA.Blocks[at.block].Succs {
			next, ok := p.take(at.block, i, known)
			if !ok {
				continue
			}
			pt := point{to.Index, p.edge(at.block, to.Index, s), next}
			if p.isNew(pt) {
				work = append(work, pt)
			}
		}
	}
	return true
}

func (p *paths) isNew(pt point) bool {
	for _, old := range p.seen[pt.block] {
		if (lattice{}).Equals(old.s, pt.s) && maps.Equal(old.known, pt.known) {
			return false
		}
	}
	p.seen[pt.block] = append(p.seen[pt.block], pt)
	return true
}

// take is what is known on edge i out of block b; false if no path that knows
// this goes there.
func (p *paths) take(b, i int, known facts) (facts, bool) {
	from := p.f.SSA.Blocks[b]
	to := from.Succs[i]
	if br, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If); ok {
		yes := constant.MakeBool(i == 0)
		if c := p.eval(br.Cond, known); c != nil && c != yes {
			return nil, false
		}
		s, denied := p.subjectOf(br.Cond)
		if denied {
			yes = constant.MakeBool(i != 0)
		}
		if p.asked[s] > 1 || s.v == nil {
			known = known.with(s, yes)
		}
	}
	edge := slices.Index(to.Preds, from)
	entered := known
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		entered = entered.without(func(s subject) bool { return s.dependsOn(phi) })
		if c := p.eval(phi.Edges[edge], known); c != nil && p.asked[subject{v: phi}] > 0 {
			entered = entered.with(subject{v: phi}, c)
		}
	}
	return entered, true
}

// eval is the constant that v is, nil if that is not known.
func (p *paths) eval(v ssa.Value, known facts) constant.Value {
	if c, ok := v.(*ssa.Const); ok {
		return c.Value
	}
	s, denied := p.subjectOf(v)
	c := known[s]
	if cmp, ok := v.(*ssa.BinOp); c == nil && ok {
		x, y := p.eval(cmp.X, known), p.eval(cmp.Y, known)
		if x == nil || y == nil || x.Kind() != y.Kind() || !ordered(cmp.Op, x.Kind()) {
			return nil
		}
		return constant.MakeBool(constant.Compare(x, cmp.Op, y))
	}
	if denied && c != nil {
		return constant.MakeBool(!constant.BoolVal(c))
	}
	return c
}

// ordered reports whether constants of a kind can be compared by op.
func ordered(op token.Token, kind constant.Kind) bool {
	switch op {
	case token.EQL, token.NEQ:
		return true
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		return kind != constant.Bool
	}
	return false
}

// learn is what is known at the end of block b.
func (p *paths) learn(b int, known facts) facts {
	ops := p.f.Blocks[b].Ops
	for _, instr := range p.f.SSA.Blocks[b].Instrs {
		if _, ok := instr.(*ssa.Phi); ok {
			continue
		}
		for len(ops) > 0 && ops[0].Instr == instr {
			known = p.after(ops[0], known)
			ops = ops[1:]
		}
		if st, ok := instr.(*ssa.Store); ok {
			c := p.eval(st.Val, known)
			known = known.without(func(s subject) bool { return s.v == nil && p.r.Overwrites(st, s.at) })
			if s := (subject{at: p.r.Places.Of(st.Addr)}); c != nil && p.asked[s] > 0 {
				known = known.with(s, c)
			}
		}
		if v, ok := instr.(ssa.Value); ok {
			known = known.without(func(s subject) bool { return s.dependsOn(v) })
		}
		if v, ok := instr.(*ssa.Alloc); ok && p.asked[subject{at: p.r.Places.Of(v)}] > 0 && isBool(v.Type().Underlying().(*types.Pointer).Elem()) {
			known = known.with(subject{at: p.r.Places.Of(v)}, constant.MakeBool(false))
		}
	}
	return known
}

// after is what is known when op has run: what it calls may assign to memory. A
// function of the package that has no operations is not followed, and may too,
// but not to a local variable.
func (p *paths) after(op *conc.Op, known facts) facts {
	if op.Call == nil || op.Kind == conc.Go || op.Kind == conc.Known {
		return known
	}
	value := len(op.Call.Targets) == 0 && op.Call.Obj == nil
	own := len(op.Call.Targets) == 0 && op.Call.Obj != nil && op.Call.Obj.Pkg() == p.r.Types
	return known.without(func(s subject) bool {
		if s.v != nil {
			return false
		}
		local := s.at.Kind() == place.Local && s.at.IsRoot()
		return value || own && !local || slices.ContainsFunc(op.Call.Targets, func(t conc.Target) bool { return p.assigns(t.Func, s.at) })
	})
}

// assigns reports whether f, itself, assigns to what is at pl.
func (p *paths) assigns(f *conc.Func, pl place.Place) bool {
	for instr := range f.Instrs {
		if st, ok := instr.(*ssa.Store); ok && p.r.Overwrites(st, pl) {
			return true
		}
	}
	return false
}

// dependsOn reports whether s is another one when v is computed again.
func (s subject) dependsOn(v ssa.Value) bool {
	if s.v != nil {
		return s.v == v
	}
	return s.at.DependsOn(v)
}

func (k facts) with(s subject, c constant.Value) facts {
	if k[s] == c {
		return k
	}
	k = maps.Clone(k)
	if k == nil {
		k = make(facts)
	}
	k[s] = c
	return k
}

func (k facts) without(gone func(subject) bool) facts {
	for s := range k {
		if gone(s) {
			k = maps.Clone(k)
			maps.DeleteFunc(k, func(s subject, _ constant.Value) bool { return gone(s) })
			return k
		}
	}
	return k
}
