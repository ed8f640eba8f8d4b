package mpmc

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"
)

// TestGate compares with a plain count. A sequence of calls is all there is to
// it as long as each of them takes effect in its one atomic step on a counter.
func TestGate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var g gate
		var inside int
		var isShut, over bool
		moment := func() bool {
			now := isShut && inside == 0 && !over
			over = over || now
			return now
		}
		t.Repeat(map[string]func(*rapid.T){
			"enter": func(t *rapid.T) {
				if got := g.enter(); got == isShut {
					t.Fatalf("enter() = %t, want %t", got, !isShut)
				}
				inside++
			},
			"leave": func(t *rapid.T) {
				if inside == 0 {
					return
				}
				inside--
				if got, want := g.leave(), moment(); got != want {
					t.Fatalf("leave() = %t, want %t", got, want)
				}
			},
			"shut": func(t *rapid.T) {
				if rapid.IntRange(0, 4).Draw(t, "seldom") > 0 {
					return
				}
				isShut = true
				if got, want := g.shut(), moment(); got != want {
					t.Fatalf("shut() = %t, want %t", got, want)
				}
			},
			"": func(t *rapid.T) {
				if got := g.isShut(); got != isShut {
					t.Fatalf("isShut() = %t, want %t", got, isShut)
				}
			},
		})
	})
}

// TestGateConcurrent checks that the moment comes exactly once, and that nobody
// who was let in is inside then.
func TestGateConcurrent(t *testing.T) {
	for range 2000 {
		var g gate
		var inside, moments atomic.Int32
		check := func(last bool) {
			if !last {
				return
			}
			moments.Add(1)
			if got := inside.Load(); got != 0 {
				t.Errorf("%d inside at the moment", got)
			}
		}
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				for range 5 {
					open := g.enter()
					if open {
						inside.Add(1)
						runtime.Gosched()
						inside.Add(-1)
					}
					check(g.leave())
				}
			})
		}
		for range 2 {
			wg.Go(func() { check(g.shut()) })
		}
		wg.Wait()
		if got := moments.Load(); got != 1 {
			t.Fatalf("the moment came %d times, want once", got)
		}
	}
}

// TestStatsWhileSendIsRefused reads stats at the moment when a send that is
// refused is counted as such, but is still inside the gate.
func TestStatsWhileSendIsRefused(t *testing.T) {
	tx, rx := New[int](1)
	defer tx.Close()
	defer rx.Close()
	if err := tx.TrySend(1); err != nil {
		t.Fatal(err)
	}
	want := tx.Stats().Sent
	q := tx.q
	q.gate.enter()
	q.refused.Add(1)
	if got := tx.Stats().Sent; got != want {
		t.Errorf("Sent = %d, want %d as before", got, want)
	}
	q.gate.leave()
	if got := tx.Stats().Sent; got != want {
		t.Errorf("Sent = %d afterwards, want %d", got, want)
	}
}
