package mpsc_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

func TestMP01_OrderPerSender(t *testing.T) {
	const senders, each = 4, 1000
	tx, rx := mpsc.New[[2]int](7)
	var wg sync.WaitGroup
	for id := range senders {
		s := tx.Clone()
		wg.Go(func() {
			defer s.Close()
			for i := range each {
				wantErr(t, "Send", s.Send(t.Context(), [2]int{id, i}), nil)
			}
		})
	}
	tx.Close()
	var next [senders]int
	for v := range rx.All(t.Context()) {
		if want := next[v[0]]; v[1] != want {
			t.Fatalf("sender %d: received %d, want %d", v[0], v[1], want)
		}
		next[v[0]]++
	}
	wg.Wait()
	for id, got := range next {
		if got != each {
			t.Errorf("sender %d: received %d values, want %d", id, got, each)
		}
	}
}

func TestMP02_CapacityZeroPanics(t *testing.T) {
	const want = "mpsc: New called with a capacity less than 1"
	wantPanic(t, "New(0)", want, func() { mpsc.New[int](0) })
	wantPanic(t, "New(-1)", want, func() { mpsc.New[int](-1) })
}

func TestMP03_SendWaitsWhileFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](2)
		defer tx.Close()
		fill(t, tx)
		a := start(func() error { return tx.Send(t.Context(), 2) })
		b := start(func() error { return tx.Send(t.Context(), 3) })
		a.blocks(t, "Send on a full channel")

		wantRecv(t, rx, 0, nil)
		a.returns(t, "first Send after one Recv", nil)
		b.blocks(t, "second Send after one Recv")
		wantRecv(t, rx, 1, nil)
		b.returns(t, "second Send after two Recv", nil)
	})
}

func TestMP04_WaitersAreServedInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](1)
		defer tx.Close()
		fill(t, tx)
		for i := 1; i <= 8; i++ {
			start(func() error { return tx.Send(t.Context(), i) })
		}
		for i := range 9 {
			wantRecv(t, rx, i, nil)
			synctest.Wait()
		}
	})
}

// The waiter here cannot run before TrySend does: nothing waits for it.
func TestMP05_NoBarging(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](1)
		defer tx.Close()
		fill(t, tx)
		a := start(func() error { return tx.Send(t.Context(), 1) })
		b := start(func() error { return tx.Send(t.Context(), 2) })

		wantRecv(t, rx, 0, nil)
		wantErr(t, "TrySend while the room is promised", tx.TrySend(9), mpsc.ErrFull)
		c := start(func() error { return tx.Send(t.Context(), 3) })
		a.returns(t, "the Send that waited first", nil)
		b.blocks(t, "the Send that waited second")
		c.blocks(t, "the Send that came last")
		for i := 1; i <= 3; i++ {
			wantRecv(t, rx, i, nil)
		}
	})
}

func TestMP06_CancelledWaiterGivesItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](1)
		defer tx.Close()
		fill(t, tx)
		ctx, cancel := context.WithCancel(t.Context())
		a := start(func() error { return tx.Send(ctx, 1) })
		b := start(func() error { return tx.Send(t.Context(), 2) })
		cancel()
		a.returns(t, "cancelled Send", context.Canceled)
		b.blocks(t, "Send behind the cancelled one")

		wantRecv(t, rx, 0, nil)
		b.returns(t, "Send behind the cancelled one", nil)
		wantRecv(t, rx, 2, nil)
		wantRecv(t, rx, 0, mpsc.ErrEmpty)
	})
}

// A cancelled Reserve of much may have kept others from reserving little.
func TestMP06_CancelledReserveLetsSmallerOnesPass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](3)
		defer tx.Close()
		wantErr(t, "TrySend", tx.TrySend(0), nil)
		ctx, cancel := context.WithCancel(t.Context())
		large := start(func() error { _, err := tx.ReserveN(ctx, 3); return err })
		small := start(func() error { return tx.Send(t.Context(), 1) })
		large.blocks(t, "ReserveN(3) with room for 2")
		small.blocks(t, "Send behind ReserveN")
		cancel()
		large.returns(t, "cancelled ReserveN", context.Canceled)
		small.returns(t, "Send behind the cancelled ReserveN", nil)
		wantRecv(t, rx, 0, nil)
		wantRecv(t, rx, 1, nil)
	})
}

func TestMP07_TrySendFull(t *testing.T) {
	tx, rx := mpsc.New[int](2)
	fill(t, tx)
	wantErr(t, "TrySend on a full channel", tx.TrySend(2), mpsc.ErrFull)
	wantRecv(t, rx, 0, nil)
	wantErr(t, "TrySend after a receive", tx.TrySend(2), nil)
	wantRecv(t, rx, 1, nil)
	wantRecv(t, rx, 2, nil)
	if got := tx.Stats().Full; got != 1 {
		t.Errorf("Stats.Full = %d, want 1", got)
	}
}

func TestMP08_SendAfterReceiverClosed(t *testing.T) {
	tx, rx := mpsc.New[int](1)
	rx.Close()
	wantErr(t, "TrySend", tx.TrySend(1), mpsc.ErrClosed)
	wantErr(t, "Send", tx.Send(t.Context(), 1), mpsc.ErrClosed)
	wantErr(t, "SendTimeout", tx.SendTimeout(time.Second, 1), mpsc.ErrClosed)
	_, err := tx.Reserve(t.Context())
	wantErr(t, "Reserve", err, mpsc.ErrClosed)
	wantRecv(t, rx, 0, mpsc.ErrClosed)
}

func TestMP09_SendTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](1)
		defer tx.Close()
		wantErr(t, "SendTimeout with room", tx.SendTimeout(time.Second, 0), nil)
		wantErr(t, "SendTimeout(0) on a full channel", tx.SendTimeout(0, 1), mpsc.ErrTimeout)
		if got := tx.Stats().Blocked; got != 0 {
			t.Errorf("SendTimeout(0) waited")
		}

		begin := time.Now()
		err := tx.SendTimeout(time.Second, 1)
		wantErr(t, "SendTimeout on a full channel", err, mpsc.ErrTimeout)
		wantErr(t, "the same error", err, context.DeadlineExceeded)
		if got := time.Since(begin); got != time.Second {
			t.Errorf("SendTimeout gave up after %v, want 1s", got)
		}

		c := start(func() error { return tx.SendTimeout(time.Second, 1) })
		wantRecv(t, rx, 0, nil)
		c.returns(t, "SendTimeout after a receive", nil)

		c = start(func() error { return tx.SendTimeout(time.Second, 2) })
		rx.Close()
		c.returns(t, "SendTimeout after Close", mpsc.ErrClosed)
		wantErr(t, "SendTimeout(0) after Close", tx.SendTimeout(0, 1), mpsc.ErrClosed)
		wantRecv(t, rx, 1, nil)
	})
}

func TestMP40_Unbounded(t *testing.T) {
	const n = 10_000
	tx, rx := mpsc.NewUnbounded[int]()
	for i := range n {
		wantErr(t, "Send", tx.Send(t.Context(), i), nil)
	}
	if got := rx.Len(); got != n {
		t.Errorf("Len = %d, want %d", got, n)
	}
	if got := rx.Cap(); got != 0 {
		t.Errorf("Cap = %d, want 0", got)
	}
	p, err := tx.ReserveN(t.Context(), n)
	wantErr(t, "ReserveN", err, nil)
	p.Send(n)
	p.Release()
	tx.Close()
	for i := range n + 1 {
		wantRecv(t, rx, i, nil)
	}
	wantRecv(t, rx, 0, mpsc.ErrClosed)
}

// The ring of an unbounded channel moves its values when it grows or shrinks.
func TestUnboundedKeepsOrderWhileResizing(t *testing.T) {
	tx, rx := mpsc.NewUnbounded[int]()
	sent, received := 0, 0
	for _, size := range []int{10, 3, 40, 0, 1000, 999, 5, 100, 0, 17} {
		for rx.Len() < size {
			tx.TrySend(sent)
			sent++
		}
		for rx.Len() > size {
			wantRecv(t, rx, received, nil)
			received++
		}
	}
	many, err := rx.RecvMany(t.Context(), nil, 100)
	wantErr(t, "RecvMany", err, nil)
	for _, v := range many {
		if v != received {
			t.Fatalf("RecvMany: got %d, want %d", v, received)
		}
		received++
	}
	if sent != received {
		t.Errorf("received %d values, want %d", received, sent)
	}
}

func TestEndedContextSendsAndReceivesNothing(t *testing.T) {
	tx, rx := mpsc.New[int](2)
	wantErr(t, "TrySend", tx.TrySend(7), nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantErr(t, "Send", tx.Send(ctx, 1), context.Canceled)
	_, err := tx.Reserve(ctx)
	wantErr(t, "Reserve", err, context.Canceled)
	_, err = rx.Recv(ctx)
	wantErr(t, "Recv", err, context.Canceled)
	if got := rx.Len(); got != 1 {
		t.Errorf("Len = %d, want 1", got)
	}
	wantRecv(t, rx, 7, nil)
}
