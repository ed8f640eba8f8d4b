package explore

import (
	"iter"
	"math/bits"
	"slices"
)

// leaves computes for each instruction whether it is an operation or can be
// followed by one, the end included: backwards, to a fixed point. That a
// condition may be decided against it is ignored; ways notices.
func leaves(code []Instr) []bool {
	out := make([]bool, len(code))
	for changed := true; changed; {
		changed = false
		for pc := len(code) - 1; pc >= 0; pc-- {
			in := &code[pc]
			l := in.Op != Jump && in.Op != Branch && in.Op != Forget
			for t := range in.Targets() {
				l = l || out[t]
			}
			changed = changed || l != out[pc]
			out[pc] = l
		}
	}
	return out
}

// liveConds computes for each instruction the conditions that may be asked
// before they are forgotten: backwards, a may-analysis, to a fixed point.
func liveConds(code []Instr) []uint64 {
	live := make([]uint64, len(code))
	for changed := true; changed; {
		changed = false
		for pc := len(code) - 1; pc >= 0; pc-- {
			in, l := &code[pc], uint64(0)
			for t := range in.Targets() {
				l |= live[t]
			}
			if in.Cond > 0 && in.Op == Forget {
				l &^= 1 << (in.Cond - 1)
			}
			if in.Cond > 0 && in.Op == Branch {
				l |= 1 << (in.Cond - 1)
			}
			changed = changed || l != live[pc]
			live[pc] = l
		}
	}
	return live
}

// An access is what an operation does to objects, as two sets: it may change the
// ones, and only depends on the others. An object is in a set by its number
// modulo 64; that two share a bit only makes operations look more alike.
type access struct{ writes, reads uint64 }

func (a access) union(b access) access { return access{a.writes | b.writes, a.reads | b.reads} }

// conflicts reports whether the order of two operations may matter.
func (a access) conflicts(b access) bool {
	return a.writes&(b.writes|b.reads)|a.reads&b.writes != 0
}

// touches returns the access of one instruction.
func (p *Program) touches(in *Instr) access {
	bit := uint64(1) << (in.Obj % 64)
	switch in.Op {
	case Jump, Branch, Forget, Return, Panic, Go:
		return access{}
	case Send, Recv, Select:
		var a access
		for _, c := range in.Offers() {
			a = a.union(p.touchesCase(c, in.Default))
		}
		return a
	case Wait:
		return access{reads: bit}
	case CondWait:
		return access{writes: bit | 1<<(p.Objects[in.Obj].Lock%64)}
	case Test:
		if p.Objects[in.Obj].Kind == Flag {
			return access{reads: bit}
		}
	}
	return access{writes: bit}
}

// touchesCase returns the access of a case. To see that a context is done does
// not hinder others in seeing it, but it does hinder those that look whether it
// is not yet done.
func (p *Program) touchesCase(c Case, hasDefault bool) access {
	bit := uint64(1) << (c.Obj % 64)
	switch o := &p.Objects[c.Obj]; {
	case o.Nil:
		return access{}
	case o.Kind == Context && !hasDefault, o.Kind == Timer && o.Repeat:
		return access{reads: bit}
	}
	return access{writes: bit}
}

// futures computes, for each proc and pc, the access of all that a goroutine
// there may still do, and the goroutines it may start: to a fixed point.
func (p *Program) futures() [][]access {
	all := make([][]access, len(p.Procs))
	for i, proc := range p.Procs {
		all[i] = make([]access, len(proc.Code))
	}
	for changed := true; changed; {
		changed = false
		for i, proc := range p.Procs {
			for pc := len(proc.Code) - 1; pc >= 0; pc-- {
				in := &proc.Code[pc]
				a := p.touches(in)
				if in.Op == Go {
					a = a.union(all[in.N][0])
				}
				for t := range in.Targets() {
					a = a.union(all[i][t])
				}
				changed = changed || a != all[i][pc]
				all[i][pc] = a
			}
		}
	}
	return all
}

// crews yields sets of slots whose moves may go first, smaller ones first.
//
// A crew is closed: nobody outside of it will ever touch, in conflict, what
// those in it are about to touch. Whatever the others do, the crew's next moves
// stay possible and lead to the same; so any schedule that has one of them can
// have it first, and any that has none can have one before it. Only, a crew
// must not keep the others waiting for ever: search sees to that.
func (m *machine) crews(s state) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		var all uint64
		for i := range m.running(s) {
			all |= 1 << i
		}
		var crews []uint64
		for i := range m.running(s) {
			if crew := m.crew(s, i); crew != all && !slices.Contains(crews, crew) {
				crews = append(crews, crew)
			}
		}
		slices.SortStableFunc(crews, func(a, b uint64) int { return bits.OnesCount64(a) - bits.OnesCount64(b) })
		for _, crew := range crews {
			if !yield(crew) {
				return
			}
		}
	}
}

// crew returns the smallest crew that slot i is in.
func (m *machine) crew(s state, i int) uint64 {
	crew, now := uint64(1)<<i, m.next(s, i)
	for grown := true; grown; {
		grown = false
		for j := range m.running(s) {
			if crew&(1<<j) == 0 && now.conflicts(m.future(s, j)) {
				crew |= 1 << j
				now = now.union(m.next(s, j))
				grown = true
			}
		}
	}
	return crew
}

// next returns what slot i is about to touch. A start touches nothing as long
// as there is room for it.
func (m *machine) next(s state, i int) access {
	in := m.at(s, i)
	switch {
	case in == nil:
		return access{}
	case in.Op == Go && m.free(s, in.N) < 0:
		return access{writes: everybody}
	}
	return m.touched[m.slots[i].proc][m.pc(s, i)]
}

// future returns what slot i may ever touch.
func (m *machine) future(s state, i int) access {
	if m.at(s, i) == nil {
		return access{}
	}
	return m.touching[m.slots[i].proc][m.pc(s, i)]
}
