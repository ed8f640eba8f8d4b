package model

import (
	"slices"

	"github.com/chanlint/chanlint/internal/explore"
)

// simplify removes jumps, and branches that make no difference: one way leads
// to all that the others lead to.
func simplify(code []explore.Instr) []explore.Instr {
	s := simplifier{code: code, land: make([]int, len(code))}
	for i := range code {
		s.land[i] = i
	}
	for i := range code {
		if code[i].Op == explore.Jump && s.follow(code[i].Next) != i {
			s.land[i] = code[i].Next
		}
	}
	for changed := true; changed; {
		changed = false
		for i := range code {
			if code[i].Op == explore.Branch && s.land[i] == i && s.skip(i) {
				changed = true
			}
		}
	}
	return compact(code, s.follow)
}

// simplifier knows where execution really goes on.
type simplifier struct {
	code []explore.Instr
	land []int // the instruction to go to instead, or the same one
}

// follow is where execution goes on that is to go on at i.
func (s *simplifier) follow(i int) int {
	for s.land[i] != i {
		i = s.land[i]
	}
	return i
}

// skip leaves the branch at i out if one way leads to all that it leads to.
func (s *simplifier) skip(i int) bool {
	all := s.frontier(i, -1)
	if len(all) == 1 {
		s.land[i] = all[0]
		return true
	}
	for _, t := range s.code[i].To {
		if t = s.follow(t); t != i && slices.Equal(s.frontier(t, i), all) {
			s.land[i] = t
			return true
		}
	}
	return false
}

// frontier are the first instructions that do something, from i on and not by
// way of not, in order.
func (s *simplifier) frontier(i, not int) []int {
	var out []int
	seen := map[int]bool{not: true}
	for work := []int{i}; len(work) > 0; {
		n := s.follow(work[len(work)-1])
		work = work[:len(work)-1]
		if seen[n] {
			continue
		}
		seen[n] = true
		switch s.code[n].Op {
		case explore.Jump: // to itself
		case explore.Branch:
			work = append(work, s.code[n].To...)
		default:
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// compact keeps what can be reached from the first instruction, with the jumps
// followed.
func compact(code []explore.Instr, follow func(int) int) []explore.Instr {
	var out []explore.Instr
	moved := make(map[int]int)
	var move func(i int) int
	move = func(i int) int {
		i = follow(i)
		if to, ok := moved[i]; ok {
			return to
		}
		to := len(out)
		moved[i] = to
		in := code[i]
		in.To, in.Cases = slices.Clone(in.To), slices.Clone(in.Cases)
		out = append(out, in)
		switch in.Op {
		case explore.Return, explore.Panic:
			return to
		case explore.Branch:
			for k, t := range in.To {
				in.To[k] = move(t)
			}
			out[to] = in
			return to
		}
		for k, c := range in.Cases {
			in.Cases[k].Next, in.Cases[k].Else = move(c.Next), move(c.Else)
		}
		in.Next = move(in.Next)
		switch in.Op {
		case explore.Recv, explore.Test, explore.TryLock, explore.TryRLock:
			in.Else = move(in.Else)
		default:
			in.Else = in.Next
		}
		out[to] = in
		return to
	}
	move(0)
	return out
}
