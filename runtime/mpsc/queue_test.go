package mpsc

import (
	"context"
	"testing"
	"testing/synctest"
)

func TestUnboundedRingShrinks(t *testing.T) {
	tx, rx := NewUnbounded[int]()
	drains := map[string]func(){
		"TryRecv": func() {
			for rx.Len() > 0 {
				rx.TryRecv()
			}
		},
		"RecvMany": func() { rx.RecvMany(t.Context(), make([]int, 0, 5000), 5000) },
	}
	for name, drain := range drains {
		for range 5000 {
			tx.TrySend(1)
		}
		if got := len(tx.q.ring); got < 5000 || got >= 10_000 {
			t.Errorf("the ring has room for %d when 5000 values are queued", got)
		}
		drain()
		if got := len(tx.q.ring); got > minRing {
			t.Errorf("the ring has room for %d after %s took everything, want %d", got, name, minRing)
		}
	}
}

func TestSpareWaitersAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := New[int](1)
		defer tx.Close()
		for i := range 3*maxSpare + 1 {
			go tx.Send(t.Context(), i)
		}
		synctest.Wait()
		rx.Close()
		synctest.Wait()
		n := 0
		for w := tx.q.spare; w != nil; w = w.next {
			n++
		}
		if n != maxSpare || tx.q.nspare != n {
			t.Errorf("%d waiters are kept, and %d counted, want %d", n, tx.q.nspare, maxSpare)
		}
	})
}

// A count that stays too high would make every receive slower for ever.
func TestListenersAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := New[int](1)
		defer tx.Close()
		ctx, cancel := context.WithCancel(t.Context())
		go rx.Recv(ctx)
		go rx.Recv(t.Context())
		synctest.Wait()
		if got := tx.q.listeners; got != 2 {
			t.Errorf("%d listeners, want 2", got)
		}
		cancel()
		tx.TrySend(1)
		synctest.Wait()
		if got := tx.q.listeners; got != 0 {
			t.Errorf("%d listeners after both returned, want 0", got)
		}
	})
}
