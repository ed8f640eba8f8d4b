package main

import (
	"fmt"
	"maps"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func Example() {
	main()
	// Output:
	// quick: 10 changes seen, 0 missed
	// slow:  4 changes seen, 6 missed
	// same prices in the end: true
}

// However far they fall behind, followers end with the prices of the market,
// and account for every change.
func TestFollow(t *testing.T) {
	const changes = 20_000
	tx, rx := broadcast.New[price](2)
	m := &market{prices: make(map[string]int), tx: tx}
	followers := make([]follower, 4)
	var wg sync.WaitGroup
	for i := range followers {
		f, rx := &followers[i], tx.Subscribe()
		f.prices = make(map[string]int)
		wg.Go(func() {
			if err := f.follow(t.Context(), m, rx); err != nil {
				t.Errorf("follow = %v, want nil", err)
			}
		})
	}
	rx.Close()
	for i := range changes {
		m.set(price{fmt.Sprint(i % 7), i})
	}
	tx.Close()
	wg.Wait()
	for i, f := range followers {
		if got := uint64(f.changes) + f.missed; got != changes {
			t.Errorf("follower %d: %d seen and %d missed, %d in all, want %d", i, f.changes, f.missed, got, changes)
		}
		if want := m.snapshot(); !maps.Equal(f.prices, want) {
			t.Errorf("follower %d: prices %v, want %v", i, f.prices, want)
		}
	}
}
