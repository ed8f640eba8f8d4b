package watch

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestListDoesNotGrow has receivers come, wait in vain and go, without a send
// that would empty the list.
func TestListDoesNotGrow(t *testing.T) {
	tx, rx := New(0)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 100 {
		clone := rx.Clone()
		clone.Changed()
		clone.c.enlist(&clone.c.own, 1) // as a Next that is cut short does
		clone.Next(ctx)
		clone.Close()
	}
	if n := len(tx.w.waiting.calls); n != 0 {
		t.Errorf("%d closed receivers are on the list, want 0", n)
	}
	rx.Changed()
	rx.Changed()
	if n := len(tx.w.waiting.calls); n != 1 {
		t.Errorf("one receiver is on the list %d times, want 1", n)
	}
	rx.Close()
	tx.Close()
}

// TestList compares the list with a set.
func TestList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bells := make([]*bell, 6)
		for i := range bells {
			bells[i] = &bell{ch: make(chan struct{}, 1)}
		}
		var list waitList
		on := make(map[*bell]bool)
		pick := func(t *rapid.T) *bell { return rapid.SampledFrom(bells).Draw(t, "bell") }
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) {
				b := pick(t)
				list.add(b)
				on[b] = true
			},
			"remove": func(t *rapid.T) {
				b := pick(t)
				if got := list.remove(b); got != on[b] {
					t.Fatalf("remove = %t, want %t", got, on[b])
				}
				delete(on, b)
			},
			"ring": func(t *rapid.T) {
				list.release()
				list.ring()
				for _, b := range bells {
					if got := len(b.ch) == 1; got != on[b] {
						t.Fatalf("rung: %t, want %t", got, on[b])
					}
					if on[b] {
						<-b.ch
					}
				}
				clear(on)
				for _, c := range list.calls[:cap(list.calls)] {
					if c != (call{}) {
						t.Fatal("an empty list holds on to a bell")
					}
				}
			},
			"": func(t *rapid.T) {
				if len(list.calls) != len(on) {
					t.Fatalf("%d on the list, want %d", len(list.calls), len(on))
				}
				for b := range on {
					if i := slices.IndexFunc(list.calls, func(c call) bool { return c.by == b }); i+1 != b.at || i < 0 {
						t.Fatalf("a bell at %d says it is at %d", i+1, b.at)
					}
				}
			},
		})
	})
}

func TestMarkNeverGoesBack(t *testing.T) {
	tx, rx := New(0)
	for _, version := range []uint64{5, 3, 5} {
		rx.c.mark(version)
		if got := rx.c.seen.Load(); got != 5 {
			t.Errorf("after mark(%d), version %d is seen, want 5", version, got)
		}
	}
	rx.Close()
	tx.Close()
}
