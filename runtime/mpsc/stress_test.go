package mpsc_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

// totals are what the senders of a stress test had accepted.
type totals struct{ n, sum atomic.Int64 }

func (a *totals) add(v int, err error) {
	if err == nil {
		a.n.Add(1)
		a.sum.Add(int64(v))
	}
}

// sendRandomly sends in all the ways there are, some of them cancelled, and
// returns when the channel is closed.
func sendRandomly(ctx context.Context, tx *mpsc.Sender[int], random *rand.Rand, n int, accepted *totals) {
	for range n {
		v := random.IntN(1000)
		ctx, cancel := context.WithCancel(ctx)
		if random.IntN(4) == 0 {
			go cancel()
		}
		var err error
		switch random.IntN(6) {
		case 0:
			err = tx.TrySend(v)
			accepted.add(v, err)
		case 1:
			err = tx.SendTimeout(time.Duration(random.IntN(50))*time.Microsecond, v)
			accepted.add(v, err)
		case 2:
			var p mpsc.Permit[int]
			p, err = tx.ReserveN(ctx, 2)
			if err == nil {
				p.Send(v)
				accepted.add(v, nil)
			}
			p.Release()
		case 3:
			s := tx.Clone()
			go s.Close()
			err = s.Send(ctx, v)
			accepted.add(v, err)
			err = nil // ErrClosed here may be that of s
		default:
			err = tx.Send(ctx, v)
			accepted.add(v, err)
		}
		cancel()
		if errors.Is(err, mpsc.ErrClosed) {
			return
		}
	}
}

// receiveRandomly receives in all the ways there are, until the end. After
// about limit values it closes the channel.
func receiveRandomly(ctx context.Context, rx *mpsc.Receiver[int], random *rand.Rand, limit int) (n, sum int) {
	for {
		var batch []int
		var err error
		switch random.IntN(4) {
		case 0:
			<-rx.Ready()
			var v int
			v, err = rx.TryRecv()
			batch = []int{v}
		case 1:
			batch, err = rx.RecvMany(ctx, nil, 3)
		case 2:
			ctx, cancel := context.WithCancel(ctx)
			go cancel()
			var v int
			v, err = rx.Recv(ctx)
			batch = []int{v}
		default:
			var v int
			v, err = rx.Recv(ctx)
			batch = []int{v}
		}
		switch {
		case errors.Is(err, mpsc.ErrClosed):
			return n, sum
		case err != nil:
			continue // cancelled
		}
		for _, v := range batch {
			n++
			sum += v
		}
		if n >= limit {
			rx.Close()
		}
		if random.IntN(8) == 0 {
			runtime.Gosched()
		}
	}
}

// Whatever is accepted is received, exactly once, and all room comes back.
func TestStressSums(t *testing.T) {
	const senders, each = 4, 300
	for seed := range uint64(6) {
		for _, capacity := range []int{2, 7} {
			tx, rx := mpsc.New[int](capacity)
			var accepted totals
			var wg sync.WaitGroup
			for id := range uint64(senders) {
				s := tx.Clone()
				wg.Go(func() {
					defer s.Close()
					sendRandomly(t.Context(), s, rand.New(rand.NewPCG(seed, id)), each, &accepted)
				})
			}
			tx.Close()
			limit := senders * each // never reached
			if seed%2 == 1 {
				limit = 100
			}
			n, sum := receiveRandomly(t.Context(), rx, rand.New(rand.NewPCG(seed, 99)), limit)
			wg.Wait()
			if int64(n) != accepted.n.Load() || int64(sum) != accepted.sum.Load() {
				t.Errorf("seed %d, capacity %d: received %d values with sum %d, want %d with %d",
					seed, capacity, n, sum, accepted.n.Load(), accepted.sum.Load())
			}
			s := rx.Stats()
			if free := tx.Free(); free != capacity || s.Sent != uint64(n) || s.Received != uint64(n) {
				t.Errorf("seed %d, capacity %d: Free = %d, Sent = %d, Received = %d at the end, want %d, %d, %d",
					seed, capacity, free, s.Sent, s.Received, capacity, n, n)
			}
		}
	}
}

// The receiver sleeps and is woken as often as can be.
func TestStressWakeups(t *testing.T) {
	const n = 20_000
	ping, pinged := mpsc.New[int](1)
	pong, ponged := mpsc.New[int](1)
	go func() {
		defer pong.Close()
		for v := range pinged.All(t.Context()) {
			if pong.Send(t.Context(), v) != nil {
				return
			}
		}
	}()
	for i := range n {
		if err := ping.Send(t.Context(), i); err != nil {
			t.Fatal(err)
		}
		<-ponged.Ready()
		if got, err := ponged.TryRecv(); got != i || err != nil {
			t.Fatalf("TryRecv after Ready = %d, %v, want %d, nil", got, err, i)
		}
	}
	ping.Close()
	if _, err := ponged.Recv(t.Context()); !errors.Is(err, mpsc.ErrClosed) {
		t.Errorf("Recv at the end = %v, want ErrClosed", err)
	}
}

// Several receivers share the handle, some by Recv and some by Ready.
func TestStressSharedReceiver(t *testing.T) {
	const n = 20_000
	tx, rx := mpsc.New[int](3)
	var received atomic.Int64
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for range rx.All(t.Context()) {
				received.Add(1)
			}
		})
		wg.Go(func() {
			for {
				<-rx.Ready()
				_, err := rx.TryRecv()
				switch {
				case err == nil:
					received.Add(1)
				case errors.Is(err, mpsc.ErrClosed):
					return
				}
			}
		})
	}
	for i := range n {
		tx.Send(t.Context(), i)
	}
	tx.Close()
	wg.Wait()
	if got := received.Load(); got != n {
		t.Errorf("received %d values, want %d", got, n)
	}
}
