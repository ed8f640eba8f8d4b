package watch_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chanlint/chanlint/runtime/watch"
)

// A quad shows if it was read torn.
type quad [4]int

func (q quad) torn() bool { return q[0] != q[1] || q[1] != q[2] || q[2] != q[3] }

// TestWA17_VersionsNeverGoBack has writers count upwards together, and readers
// of every kind. Each must see growing numbers, and the last one.
func TestWA17_VersionsNeverGoBack(t *testing.T) {
	const writers, each = 2, 3000
	tx, first := watch.New(quad{})
	first.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var readers sync.WaitGroup
	for name, read := range map[string]func(*watch.Receiver[quad], func(quad)){
		"Next":     readNext(ctx),
		"Next, bg": readNext(context.Background()),
		"timeouts": readTimeouts,
		"Changed":  readChanged,
		"WaitFor":  readWaitFor(ctx),
		"Values":   readValues(ctx),
	} {
		rx := tx.Subscribe()
		readers.Go(func() {
			defer rx.Close()
			last := 0
			read(rx, func(q quad) {
				if q.torn() {
					t.Errorf("%s: torn value %v", name, q)
				}
				if q[0] < last || q[0] == last && last > 0 {
					t.Errorf("%s: %d after %d", name, q[0], last)
				}
				last = q[0]
			})
			if last != writers*each {
				t.Errorf("%s: the last value is %d, want %d", name, last, writers*each)
			}
		})
	}
	var senders sync.WaitGroup
	for range writers {
		tx := tx.Clone()
		senders.Go(func() {
			defer tx.Close()
			for range each {
				tx.Update(func(q *quad) bool { n := q[0] + 1; *q = quad{n, n, n, n}; return true })
			}
		})
	}
	tx.Close()
	senders.Wait()
	readers.Wait()
}

func readNext(ctx context.Context) func(*watch.Receiver[quad], func(quad)) {
	return func(rx *watch.Receiver[quad], got func(quad)) {
		for {
			q, err := rx.Next(ctx)
			if err != nil {
				return
			}
			got(q)
		}
	}
}

// readTimeouts gives up often, with a context of its own for every other wait.
func readTimeouts(rx *watch.Receiver[quad], got func(quad)) {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Microsecond)
		for range 2 {
			q, err := rx.Next(ctx)
			if err == watch.ErrClosed {
				cancel()
				return
			}
			if err == nil {
				got(q)
			}
		}
		cancel()
	}
}

func readChanged(rx *watch.Receiver[quad], got func(quad)) {
	for {
		<-rx.Changed()
		q, err := rx.TryNext()
		if err != nil {
			return
		}
		got(q)
	}
}

func readWaitFor(ctx context.Context) func(*watch.Receiver[quad], func(quad)) {
	return func(rx *watch.Receiver[quad], got func(quad)) {
		last := 0
		for {
			q, err := rx.WaitFor(ctx, func(q quad) bool { return q[0] > last })
			if err != nil {
				return
			}
			last = q[0]
			got(q)
		}
	}
}

func readValues(ctx context.Context) func(*watch.Receiver[quad], func(quad)) {
	return func(rx *watch.Receiver[quad], got func(quad)) {
		for q := range rx.Values(ctx) {
			got(q)
		}
	}
}

// TestStressSharedReceiver has goroutines share a receiver, and come and go,
// while values are sent. No value is given twice, and all end.
func TestStressSharedReceiver(t *testing.T) {
	for range 100 {
		tx, rx := watch.New(0)
		ctx, cancel := context.WithCancel(context.Background())
		var mu sync.Mutex
		given := make(map[int]bool)
		var wg sync.WaitGroup
		for i := range 4 {
			ctx := ctx
			if i%2 == 0 {
				ctx = context.Background()
			}
			wg.Go(func() {
				for v := range rx.Changes(ctx) {
					mu.Lock()
					if given[v] {
						t.Errorf("%d was given twice", v)
					}
					given[v] = true
					mu.Unlock()
				}
			})
		}
		for v := 1; v <= 50; v++ {
			tx.Send(v)
			if v == 25 {
				cancel()
			}
		}
		tx.Close()
		wg.Wait()
		cancel()
		if !given[50] {
			t.Error("the last value was not given to anybody")
		}
		rx.Close()
	}
}

// TestStressTryNext has goroutines race for each value of one receiver.
func TestStressTryNext(t *testing.T) {
	const values = 20000
	tx, rx := watch.New(0)
	var given [values + 1]atomic.Int32
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				v, err := rx.TryNext()
				switch err {
				case nil:
					given[v].Add(1)
				case watch.ErrClosed:
					return
				}
			}
		})
	}
	for v := 1; v <= values; v++ {
		tx.Send(v)
	}
	tx.Close()
	wg.Wait()
	rx.Close()
	for v := range given {
		if n := given[v].Load(); n > 1 {
			t.Errorf("%d was given %d times", v, n)
		}
	}
	if given[values].Load() != 1 {
		t.Error("the last value was not given")
	}
}

// TestStressHandles has receivers come, wait and go during sends.
func TestStressHandles(t *testing.T) {
	tx, rx := watch.New(0)
	rx.Close()
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 300 {
				rx := tx.Subscribe()
				var waits sync.WaitGroup
				waits.Go(func() { rx.Next(ctx); rx.Next(ctx) })
				waits.Go(func() { <-rx.Changed() })
				rx.Close()
				waits.Wait()
			}
		})
	}
	wg.Go(func() {
		for v := range 1000 {
			tx.Send(v)
		}
	})
	wg.Wait()
	cancel()
	<-tx.Idle()
	if s := tx.Stats(); s.Receivers != 0 || s.Sent != 1000 {
		t.Errorf("Stats() = %v, want no receivers and 1000 sent", s)
	}
	tx.Close()
}
