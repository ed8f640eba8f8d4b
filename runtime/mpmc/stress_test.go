package mpmc_test

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chanlint/chanlint/runtime/mpmc"
)

// An item says who sent it, and which of theirs it is.
type item struct{ sender, seq int }

// TestXB14_NothingLostOrReordered has many senders and receivers, some of them
// native, and checks that each value arrives once, in the order of its sender.
func TestXB14_NothingLostOrReordered(t *testing.T) {
	const senders, receivers, each = 4, 4, 20_000
	for _, capacity := range []int{0, 1, 64} {
		tx, rx := mpmc.New[item](capacity)
		var wg sync.WaitGroup
		arrived := arrivals{seen: make([]atomic.Bool, senders*each), each: each}
		for i := range receivers {
			all := rx.All(context.Background())
			if i%2 == 0 {
				all = native(rx.C())
			}
			wg.Go(func() { arrived.take(t, all) })
		}
		for id := range senders {
			clone := tx.Clone()
			wg.Go(func() {
				defer clone.Close()
				sendItems(t, clone, id, each)
			})
		}
		tx.Close()
		wg.Wait()
		rx.Close()
		if got := arrived.n.Load(); got != senders*each {
			t.Errorf("capacity %d: received %d values, want %d", capacity, got, senders*each)
		}
		if got := tx.Stats(); got.Sent != senders*each || got.Received != senders*each {
			t.Errorf("Stats() = %+v, want %d sent and received", got, senders*each)
		}
	}
}

func sendItems(t *testing.T, tx *mpmc.Sender[item], id, n int) {
	for seq := range n {
		if err := tx.Send(context.Background(), item{id, seq}); err != nil {
			t.Error(err)
		}
	}
}

// native returns what a range over c yields.
func native[T any](c <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range c {
			if !yield(v) {
				return
			}
		}
	}
}

// arrivals notes which items have arrived.
type arrivals struct {
	n    atomic.Int64
	seen []atomic.Bool // by sender, each of which has this many
	each int
}

// take takes all items there are, those of one sender in order.
func (a *arrivals) take(t *testing.T, all iter.Seq[item]) {
	next := make(map[int]int) // by sender
	for v := range all {
		a.n.Add(1)
		if a.seen[v.sender*a.each+v.seq].Swap(true) {
			t.Errorf("%v arrived twice", v)
		}
		if v.seq < next[v.sender] {
			t.Errorf("%v arrived when number %d was next", v, next[v.sender])
		}
		next[v.sender] = v.seq + 1
	}
}

// TestXB13_CancelledCallsLoseNothing cancels sends and receives all the time:
// what Send accepted is what arrives.
func TestXB13_CancelledCallsLoseNothing(t *testing.T) {
	const pairs = 3
	tx, rx := mpmc.New[int](1)
	var accepted, arrived atomic.Int64
	var senders, others sync.WaitGroup
	var s storm
	for range pairs {
		onSend, onRecv := s.add(), s.add()
		senders.Go(func() { sendInStorm(t, tx, onSend, &accepted) })
		others.Go(func() { recvInStorm(rx, onRecv, &arrived) })
	}
	stop := make(chan struct{})
	others.Go(func() { s.run(stop) })
	senders.Wait()
	tx.Close()
	close(stop)
	others.Wait()
	rx.Close()
	if got, want := arrived.Load(), accepted.Load(); got != want || want == 0 {
		t.Errorf("%d values arrived, %d were accepted", got, want)
	}
	if got := tx.Stats(); got.Sent != uint64(accepted.Load()) {
		t.Errorf("Stats() = %+v, want %d sent", got, accepted.Load())
	}
}

// sendInStorm sends until it has sent enough, and waits were cancelled.
func sendInStorm(t *testing.T, tx *mpmc.Sender[int], s *stormContext, accepted *atomic.Int64) {
	ctx := s.renew()
	defer s.end()
	for v := 0; v < 2000 || tx.Stats().Cancelled < 50; v++ {
		switch err := tx.Send(ctx, v); {
		case err == nil:
			accepted.Add(1)
		case errors.Is(err, context.Canceled):
			ctx = s.renew()
		default:
			t.Error(err)
		}
	}
}

// recvInStorm receives until the queue ends.
func recvInStorm(rx *mpmc.Receiver[int], s *stormContext, arrived *atomic.Int64) {
	ctx := s.renew()
	defer s.end()
	for {
		_, err := rx.Recv(ctx)
		switch {
		case err == nil:
			arrived.Add(1)
		case errors.Is(err, mpmc.ErrClosed):
			return
		default:
			ctx = s.renew()
		}
	}
}

// A storm cancels contexts all the time.
type storm []*stormContext

type stormContext struct {
	cancel atomic.Pointer[context.CancelFunc]
}

func (s *storm) add() *stormContext {
	*s = append(*s, new(stormContext))
	return (*s)[len(*s)-1]
}

func (s storm) run(stop <-chan struct{}) {
	for {
		for _, c := range s {
			select {
			case <-stop:
				return
			default:
			}
			c.end()
			runtime.Gosched()
		}
	}
}

// renew returns a new context, soon to be cancelled.
func (c *stormContext) renew() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	c.cancel.Store(&cancel)
	return ctx
}

func (c *stormContext) end() {
	if cancel := c.cancel.Load(); cancel != nil {
		(*cancel)()
	}
}

// TestCloseDuringSends closes either side, or both, while others send and
// receive: nothing panics, everybody ends, and what was accepted and not taken
// by a receiver was dropped with the last one.
func TestCloseDuringSends(t *testing.T) {
	for round := range 120 {
		tx, rx := mpmc.New[int](round % 3)
		c := rx.C()
		var wg sync.WaitGroup
		var accepted, arrived atomic.Int64
		for range 3 {
			wg.Go(func() { sendUntilClosed(tx, &accepted) })
		}
		wg.Go(func() {
			for range c {
				arrived.Add(1)
			}
		})
		for range round % 7 {
			runtime.Gosched()
		}
		if round%3 != 0 {
			wg.Go(func() { tx.Close() })
		}
		if round%3 != 1 {
			wg.Go(func() { rx.Close() })
		}
		wg.Wait()
		tx.Close()
		rx.Close()
		if round%3 == 1 && arrived.Load() != accepted.Load() {
			t.Fatalf("%d values arrived, %d were accepted", arrived.Load(), accepted.Load())
		}
		if n := len(c); n != 0 {
			t.Fatalf("%d values are left in a queue that is closed on both sides", n)
		}
	}
}

// sendUntilClosed sends, and waits for room every other time.
func sendUntilClosed(tx *mpmc.Sender[int], accepted *atomic.Int64) {
	for i := 0; ; i++ {
		err := tx.TrySend(i)
		if i%2 == 0 {
			if err == nil {
				accepted.Add(1)
			}
			err = tx.Send(context.Background(), i)
		}
		if errors.Is(err, mpmc.ErrClosed) {
			return
		}
		if err == nil {
			accepted.Add(1)
		}
	}
}

// TestStatsNeverFall reads stats while values pass.
func TestStatsNeverFall(t *testing.T) {
	tx, rx := mpmc.New[int](2)
	var wg sync.WaitGroup
	for range 2 {
		clone := tx.Clone()
		wg.Go(func() {
			defer clone.Close()
			for i := range 3000 {
				clone.TrySend(i)
			}
		})
		wg.Go(func() {
			for range rx.C() {
			}
		})
	}
	tx.Close()
	var last [2]uint64
	for {
		got := rx.Stats()
		if got.Sent < last[0] || got.Received < last[1] || got.Received > got.Sent {
			t.Fatalf("Stats() = %+v after %d sent, %d received", got, last[0], last[1])
		}
		last = [2]uint64{got.Sent, got.Received}
		if got.Closed {
			break
		}
		runtime.Gosched()
	}
	wg.Wait()
	rx.Close()
}
