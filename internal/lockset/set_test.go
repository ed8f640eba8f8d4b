package lockset

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
	"pgregory.net/rapid"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// material is a function with as many locks as a state remembers if they are
// the caller's and released. With more, which it remembers depends on the
// order of the merges: the laws hold up to there.
const material = `package a

import "sync"

func f(a, b, c, d, e, f sync.Locker) {
	a.Lock()
	b.Lock()
	c.Lock()
	d.Lock()
	e.Lock()
	f.Lock()
	defer a.Unlock()
	defer b.Unlock()
	defer c.Unlock()
	defer d.Unlock()
}
`

// A fixture is what random states are made of.
type fixture struct {
	fn            *ssa.Function
	locks, defers []*conc.Op
}

func newFixture(t *testing.T) fixture {
	t.Helper()
	f := load(t, "a.go", material).Funcs[0]
	fix := fixture{fn: f.SSA}
	for op := range f.Ops {
		switch op.Kind {
		case conc.Lock:
			fix.locks = append(fix.locks, op)
		case conc.Defer:
			fix.defers = append(fix.defers, op)
		}
	}
	if len(fix.locks) != mostFreed || len(fix.defers) != 4 {
		t.Fatalf("got %d locks and %d deferred calls, want %d and 4", len(fix.locks), len(fix.defers), mostFreed)
	}
	return fix
}

// states generates the states that the laws are tried on.
func (fix fixture) states() *rapid.Generator[Set] {
	return rapid.Custom(func(t *rapid.T) Set {
		s := Set{reached: rapid.IntRange(0, 9).Draw(t, "reached") > 0}
		if !s.reached {
			return s
		}
		for _, op := range fix.locks {
			switch rapid.IntRange(0, 2).Draw(t, op.Place.String()) {
			case 1:
				s.held = append(s.held, drawHeld(t, fix.locks, op.Place))
			case 2:
				s = s.free(op.Place)
			}
		}
		sortHeld(s.held)
		for _, op := range fix.defers {
			if rapid.Bool().Draw(t, "deferred") {
				s = s.push(op)
			}
		}
		return s
	})
}

// drawHeld draws how the lock at pl is held; what took it may be any
// operation, as a call may take several.
func drawHeld(t *rapid.T, ops []*conc.Op, pl place.Place) Held {
	return Held{
		Lock: pl,
		Mode: rapid.SampledFrom([]Mode{Write, Read}).Draw(t, "mode"),
		Op:   rapid.SampledFrom(ops).Draw(t, "op"),
		Must: rapid.Bool().Draw(t, "must"),
	}
}

// describe renders s in full.
func describe(s Set) string {
	if !s.reached {
		return "not reached"
	}
	var defers []string
	for _, op := range s.defers {
		defers = append(defers, fmt.Sprint(op.Pos()))
	}
	var ops []string
	for _, h := range s.held {
		ops = append(ops, fmt.Sprint(h.Pos()))
	}
	return fmt.Sprintf("%s, taken at %s, deferred %s", stateText(s), strings.Join(ops, " "), strings.Join(defers, " "))
}

// TestLaws tries the laws of semilattices.
func TestLaws(t *testing.T) {
	gen := newFixture(t).states()
	l := lattice{}
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := gen.Draw(t, "a"), gen.Draw(t, "b"), gen.Draw(t, "c")
		same := func(law string, x, y Set) {
			t.Helper()
			if !l.Equals(x, y) || !l.Equals(y, x) {
				t.Fatalf("%s\n%s\n%s\nof\n%s\n%s\n%s", law, describe(x), describe(y), describe(a), describe(b), describe(c))
			}
		}
		same("merging is not idempotent:", l.Merge(a, a), a)
		same("merging is not commutative:", l.Merge(a, b), l.Merge(b, a))
		same("merging is not associative:", l.Merge(l.Merge(a, b), c), l.Merge(a, l.Merge(b, c)))
		same("what is not reached is not neutral:", l.Merge(a, l.Ident()), a)
		same("what is not reached is not neutral:", l.Merge(l.Ident(), a), a)
	})
}

// TestMergeKeeps checks what a merged state says of each side: it holds what
// either holds, as must only if both must.
func TestMergeKeeps(t *testing.T) {
	gen := newFixture(t).states()
	rapid.Check(t, func(t *rapid.T) {
		a, b := gen.Draw(t, "a"), gen.Draw(t, "b")
		a.reached, b.reached = true, true
		m := lattice{}.Merge(a, b)
		for _, h := range slices.Concat(a.held, b.held) {
			got, ok := m.Lookup(h.Lock)
			inA, _ := a.Lookup(h.Lock)
			inB, _ := b.Lookup(h.Lock)
			if want := inA.Must && inB.Must; !ok || got.Must != want {
				t.Fatalf("%s, held by one side, is held %v and must be %v, want must be %v", h.Lock, ok, got.Must, want)
			}
		}
		if len(m.held) > len(a.held)+len(b.held) {
			t.Fatalf("%d locks of %d and %d", len(m.held), len(a.held), len(b.held))
		}
		for _, op := range slices.Concat(a.defers, b.defers) {
			if !slices.Contains(m.defers, op) {
				t.Fatalf("the call deferred at %v is lost", op.Pos())
			}
		}
	})
}

// TestImmutable checks that the functions that derive a state from another
// leave it as it was.
func TestImmutable(t *testing.T) {
	fix := newFixture(t)
	gen := fix.states()
	rapid.Check(t, func(t *rapid.T) {
		a, b := gen.Draw(t, "a"), gen.Draw(t, "b")
		before, beforeB := describe(a), describe(b)
		for _, op := range fix.locks {
			a.acquire(op.Place, Write, op)
			a.release(op.Place, fix.fn)
			a.free(op.Place)
		}
		for _, op := range fix.defers {
			a.push(op)
		}
		lattice{}.Merge(a, b)
		if got := describe(a); got != before {
			t.Fatalf("a changed from\n%s to\n%s", before, got)
		}
		if got := describe(b); got != beforeB {
			t.Fatalf("b changed from\n%s to\n%s", beforeB, got)
		}
	})
}

// TestTakeAndRelease checks that releasing what was taken leaves nothing held,
// and that taking back what was the caller's leaves nothing released.
func TestTakeAndRelease(t *testing.T) {
	fix := newFixture(t)
	for _, op := range fix.locks {
		empty := Set{reached: true}
		taken := empty.acquire(op.Place, Read, op)
		if h, ok := taken.Lookup(op.Place); !ok || !h.Must || h.Mode != Read || h.Pos() != op.Pos() {
			t.Errorf("after taking %s it is held %v: %+v", op.Place, ok, h)
		}
		if s := taken.release(op.Place, fix.fn); !(lattice{}).Equals(s, empty) {
			t.Errorf("after taking and releasing %s: %s", op.Place, describe(s))
		}
		freed := empty.release(op.Place, fix.fn)
		if !slices.Equal(freed.Freed(), []place.Place{op.Place}) {
			t.Errorf("after releasing %s only: %s", op.Place, describe(freed))
		}
		if s := freed.acquire(op.Place, Write, op); !(lattice{}).Equals(s, empty) {
			t.Errorf("after releasing and taking back %s: %s", op.Place, describe(s))
		}
	}
}
