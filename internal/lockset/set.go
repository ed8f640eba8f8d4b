// Package lockset finds which locks are held before each operation of a
// function.
//
// Method. A forward dataflow over the blocks of internal/conc. The state is
// the set of locks taken since the function was entered, each held on every
// path (must) or on some (may), the set of locks released that the function
// itself had not taken (so its caller had), and the stack of deferred calls.
// Two states merge by keeping a lock of either, as must only if it is must in
// both. Deferred operations run in last-in-first-out order where the function
// returns. What a called function does to locks is given by the caller of
// Solve, in terms of the calling function. What a goroutine releases is handed
// over to it when it is started, and what a Once runs is released by then; what
// they take is not held here.
//
// A condition that is tested twice is not seen to go the same way twice: a
// lock taken and released under the same condition is a may lock in between.
// Panics are ignored. An unlock of what is not held by that name, but by its
// field, releases every lock of that field. All of this loses findings and
// invents none.
package lockset

import (
	"cmp"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// Mode is how a lock is held.
type Mode uint8

const (
	Write Mode = iota
	Read       // RLock
	Once       // inside the function that Once.Do calls
)

// A Held is a lock that is held.
type Held struct {
	Lock place.Place
	Mode Mode
	Op   *conc.Op // what took it: Lock, RLock, TryLock or a call
	Must bool     // on every path
}

// Pos is where the lock was taken.
func (h Held) Pos() token.Pos { return h.Op.Pos() }

// mostFreed bounds the locks of the caller that a state remembers as released.
const mostFreed = 6

// A Set is the state before an operation. It is immutable.
type Set struct {
	held    []Held        // sorted by where they were taken
	freed   []place.Place // locks of the caller that were released
	defers  []*conc.Op    // deferred operations, the last to run first
	reached bool
}

// Held are the locks taken by the function and held on some path or on all.
func (s Set) Held() []Held { return s.held }

// Freed are the locks that the function released without having taken them.
func (s Set) Freed() []place.Place { return s.freed }

// Lookup finds the lock at pl.
func (s Set) Lookup(pl place.Place) (Held, bool) {
	for _, h := range s.held {
		if h.Lock == pl {
			return h, true
		}
	}
	return Held{}, false
}

// acquire is s with the lock at pl taken by op.
func (s Set) acquire(pl place.Place, mode Mode, op *conc.Op) Set {
	if pl.IsZero() {
		return s
	}
	if i := slices.Index(s.freed, pl); i >= 0 {
		// Taken back: the caller's lock is as it was on entry.
		s.freed = slices.Delete(slices.Clone(s.freed), i, i+1)
		return s
	}
	if h, ok := s.Lookup(pl); ok && h.Must {
		return s
	}
	s.held = slices.DeleteFunc(slices.Clone(s.held), func(h Held) bool { return h.Lock == pl })
	s.held = append(s.held, Held{Lock: pl, Mode: mode, Op: op, Must: true})
	sortHeld(s.held)
	return s
}

// release is s with the lock at pl released by an operation of fn.
func (s Set) release(pl place.Place, fn *ssa.Function) Set {
	kept := slices.DeleteFunc(slices.Clone(s.held), func(h Held) bool { return h.Lock == pl })
	if len(kept) == len(s.held) && !pl.Join().IsZero() {
		kept = slices.DeleteFunc(kept, func(h Held) bool { return h.Lock.Join() == pl.Join() })
	}
	if len(kept) == len(s.held) {
		// A lock that cannot be followed may be any that is held as a whole
		// object.
		kept = slices.DeleteFunc(kept, func(h Held) bool { return unknown(pl) || unknown(h.Lock) })
	}
	if len(kept) < len(s.held) {
		s.held = kept
		return s
	}
	if !outlives(pl, fn) {
		return s
	}
	return s.free(pl)
}

// free is s with pl, a lock of the caller, released.
func (s Set) free(pl place.Place) Set {
	if !slices.Contains(s.freed, pl) && len(s.freed) < mostFreed {
		s.freed = append(slices.Clone(s.freed), pl)
	}
	return s
}

// outlives reports whether pl means something to those who call fn: it is
// reached from a parameter or a global, or is a variable that fn, a literal,
// shares with the function around it.
func outlives(pl place.Place, fn *ssa.Function) bool {
	switch pl.Kind() {
	case place.None:
		return false
	case place.Param, place.Global:
		return !pl.Elem()
	}
	return pl.Root().Parent() != fn
}

// unknown reports whether pl is a value that came from somewhere: the result
// of a call, an interface that holds a lock.
func unknown(pl place.Place) bool {
	return pl.IsZero() || pl.Kind() == place.Value && pl.IsRoot()
}

// push is s with op deferred.
func (s Set) push(op *conc.Op) Set {
	if !slices.Contains(s.defers, op) {
		s.defers = append(slices.Clip(slices.Clone([]*conc.Op{op})), s.defers...)
	}
	return s
}

func sortHeld(held []Held) {
	slices.SortStableFunc(held, func(a, b Held) int {
		if c := cmp.Compare(a.Pos(), b.Pos()); c != 0 {
			return c
		}
		return strings.Compare(a.Lock.String(), b.Lock.String())
	})
}

// lattice is the semilattice of states. Its identity is the state of what is
// not reached.
type lattice struct{}

// Ident returns the state of unreachable code.
func (lattice) Ident() Set { return Set{} }

// Equals reports whether two states are the same.
func (lattice) Equals(a, b Set) bool {
	return a.reached == b.reached && slices.Equal(a.held, b.held) &&
		slices.Equal(a.defers, b.defers) && sameFreed(a.freed, b.freed)
}

// sameFreed compares as sets.
func sameFreed(a, b []place.Place) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(pl place.Place) bool { return !slices.Contains(b, pl) })
}

// Merge joins the states of two paths.
func (lattice) Merge(a, b Set) Set {
	switch {
	case !a.reached:
		return b
	case !b.reached:
		return a
	}
	out := Set{reached: true, held: mergeHeld(a.held, b.held)}
	out.freed = a.freed
	for _, pl := range b.freed {
		out = out.free(pl)
	}
	out.defers = mergeDefers(a.defers, b.defers)
	return out
}

// mergeHeld keeps the locks of both sides, as must if both must hold them.
// Where the modes or the places where they were taken differ, the weaker mode
// and the first place are kept.
func mergeHeld(a, b []Held) []Held {
	var out []Held
	for _, h := range a {
		i := slices.IndexFunc(b, func(g Held) bool { return g.Lock == h.Lock })
		if i < 0 {
			h.Must = false
			out = append(out, h)
			continue
		}
		g := b[i]
		if g.Pos() < h.Pos() {
			h, g = g, h
		}
		h.Must = h.Must && g.Must
		h.Mode = max(h.Mode, g.Mode)
		out = append(out, h)
	}
	for _, g := range b {
		if !slices.ContainsFunc(a, func(h Held) bool { return h.Lock == g.Lock }) {
			g.Must = false
			out = append(out, g)
		}
	}
	sortHeld(out)
	return out
}

// mergeDefers is every operation deferred on either path, the later in the
// source to run first.
func mergeDefers(a, b []*conc.Op) []*conc.Op {
	if slices.Equal(a, b) {
		return a
	}
	out := slices.Clone(a)
	for _, op := range b {
		if !slices.Contains(out, op) {
			out = append(out, op)
		}
	}
	slices.SortStableFunc(out, func(x, y *conc.Op) int { return cmp.Compare(y.Pos(), x.Pos()) })
	return out
}
