package oneshot_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chanlint/chanlint/runtime/oneshot"
)

// TestStressPair has two senders, two receivers and a closer at each pair. At
// most one Send succeeds, at most one receive, and nobody is left waiting.
func TestStressPair(t *testing.T) {
	for range 2000 {
		tx, rx := oneshot.New[[4]int]()
		var sends, receives atomic.Int32
		var wg sync.WaitGroup
		for id := range 2 {
			wg.Go(func() {
				if tx.Send([4]int{id, id, id, id}) {
					sends.Add(1)
				}
			})
		}
		check := func(v [4]int) {
			receives.Add(1)
			if v[0] != v[1] || v[1] != v[2] || v[2] != v[3] {
				t.Errorf("torn value %v", v)
			}
		}
		wg.Go(func() {
			if v, err := rx.Recv(context.Background()); err == nil {
				check(v)
			}
		})
		wg.Go(func() {
			if v, ok := <-rx.C(); ok {
				check(v)
			}
		})
		wg.Go(rx.Close)
		wg.Go(func() { <-tx.Done() })
		wg.Wait()
		if s, r := sends.Load(), receives.Load(); s != r || s > 1 {
			t.Fatalf("%d sends succeeded and %d receives, want equal numbers, 0 or 1", s, r)
		}
	}
}

func TestStressValue(t *testing.T) {
	for range 2000 {
		var val oneshot.Value[[4]int]
		var wg sync.WaitGroup
		var sets atomic.Int32
		seen := make([][4]int, 4)
		for id := range 2 {
			wg.Go(func() {
				if val.Set([4]int{id, id, id, id}) {
					sets.Add(1)
				}
			})
		}
		for i := range seen {
			wg.Go(func() { seen[i], _ = val.Wait(context.Background()) })
		}
		wg.Wait()
		if n := sets.Load(); n != 1 {
			t.Fatalf("%d calls of Set succeeded, want 1", n)
		}
		want, _ := val.Get()
		for i, got := range seen {
			if got != want {
				t.Fatalf("waiter %d got %v, want %v", i, got, want)
			}
		}
	}
}
