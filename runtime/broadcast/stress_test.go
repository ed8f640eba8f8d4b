package broadcast_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// tally reads rx to its end, and returns how many values it received and missed.
// Values of one sender must come in order.
func tally(t *testing.T, rx *broadcast.Receiver[[2]int]) (received, missed uint64) {
	last := make(map[int]int)
	for v, err := range rx.All(context.Background()) {
		var lag *broadcast.LaggedError
		if errors.As(err, &lag) {
			missed += lag.Missed
			continue
		}
		received++
		sender, seq := v[0], v[1]
		if prev, ok := last[sender]; ok && seq <= prev {
			t.Errorf("sender %d: %d came after %d", sender, seq, prev)
		}
		last[sender] = seq
	}
	return received, missed
}

func TestBC32_ReceivedAndMissedAddUpToSent(t *testing.T) {
	for range 300 {
		sumLaw(t, 2, 2, 3, 1)
	}
	for _, receivers := range []int{1, 4} {
		for _, capacity := range []int{1, 3, 64} {
			sumLaw(t, capacity, 4, 2000, receivers)
		}
	}
}

func sumLaw(t *testing.T, capacity, senders, each, receivers int) {
	t.Helper()
	tx, first := broadcast.New[[2]int](capacity)
	first.Close()
	var wg sync.WaitGroup
	for range receivers {
		rx := tx.Subscribe()
		wg.Go(func() {
			defer rx.Close()
			received, missed := tally(t, rx)
			if want := uint64(senders * each); received+missed != want {
				t.Errorf("%d received + %d missed = %d, want %d", received, missed, received+missed, want)
			}
		})
	}
	for id := range senders {
		clone := tx.Clone()
		wg.Go(func() {
			defer clone.Close()
			for i := range each {
				if _, err := clone.Send([2]int{id, i}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	tx.Close()
	wg.Wait()
	got := tx.Stats()
	if want := uint64(senders * each); got.Sent != want || got.Received+got.Missed != want*uint64(receivers) {
		t.Errorf("Stats() = %+v, want %d sent, received and missed together %d times that", got, want, receivers)
	}
}

// TestCancelStress has receivers wait under contexts that are cancelled all the
// time, three goroutines per handle. No wake-up may be lost: each value must
// reach every handle before the next is sent.
func TestCancelStress(t *testing.T) {
	const handles, goroutines, values = 3, 3, 5000
	tx, first := broadcast.New[int](4)
	first.Close()
	var wg sync.WaitGroup
	acks := make(chan struct{}, handles)
	var cancels [handles * goroutines]atomic.Pointer[context.CancelFunc]
	for h := range handles {
		rx := tx.Subscribe()
		for g := range goroutines {
			current := &cancels[h*goroutines+g]
			wg.Go(func() {
				defer rx.Close()
				readUnderCancellation(t, rx, current, func() { acks <- struct{}{} })
			})
		}
	}
	stop := make(chan struct{})
	var storm sync.WaitGroup
	storm.Go(func() {
		for i := 0; !isClosed(stop); i++ {
			if cancel := cancels[i%len(cancels)].Load(); cancel != nil {
				(*cancel)()
			}
			runtime.Gosched()
		}
	})
	var sent uint64
	for ; sent < values || tx.Stats().Cancelled < 50; sent++ {
		if _, err := tx.Send(0); err != nil {
			t.Fatal(err)
		}
		for range handles {
			<-acks // hangs if a wake-up is lost
		}
	}
	tx.Close()
	wg.Wait()
	close(stop)
	storm.Wait()
	got := tx.Stats()
	if got.Received != handles*sent || got.Missed != 0 {
		t.Errorf("Stats() = %+v, want %d received, 0 missed", got, handles*sent)
	}
}

// readUnderCancellation reads rx to its end, with a new context each time that
// somebody cancels the current one.
func readUnderCancellation(t *testing.T, rx *broadcast.Receiver[int], current *atomic.Pointer[context.CancelFunc], got func()) {
	for {
		ctx, cancel := context.WithCancel(context.Background())
		current.Store(&cancel)
		var err error
		for err == nil {
			if _, err = rx.Recv(ctx); err == nil {
				got()
			}
		}
		cancel()
		if errors.Is(err, broadcast.ErrClosed) {
			return
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Recv() = %v, want %v", err, context.Canceled)
		}
	}
}

// TestCloseStress closes and resubscribes receivers, and clones and closes
// senders, while values are sent; the end must reach everybody.
func TestCloseStress(t *testing.T) {
	tx, rx := broadcast.New[int](4)
	var wg sync.WaitGroup
	for range 4 {
		own := rx.Resubscribe()
		wg.Go(func() {
			for {
				_, err := own.Recv(context.Background())
				if errors.Is(err, broadcast.ErrClosed) {
					own.Close()
					return
				}
				next := own.Resubscribe()
				own.Close()
				own = next
			}
		})
		clone := tx.Clone()
		wg.Go(func() {
			for i := range 2000 {
				clone.Send(i)
				next := clone.Clone()
				clone.Close()
				clone = next
			}
			clone.Close()
		})
	}
	rx.Close()
	tx.Close()
	wg.Wait()
	if got := tx.Stats(); got.Senders != 0 || got.Receivers != 0 || !got.Closed || got.LeakedHandles != 0 {
		t.Errorf("Stats() = %+v, want no handle left, and none leaked", got)
	}
}
