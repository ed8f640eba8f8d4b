package mpsc_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

func TestMP13_ReceiverClose(t *testing.T) {
	tx, rx := mpsc.New[int](3)
	tx.TrySend(1)
	tx.TrySend(2)
	rx.Close()
	wantErr(t, "TrySend", tx.TrySend(3), mpsc.ErrClosed)
	wantErr(t, "Send", tx.Send(t.Context(), 3), mpsc.ErrClosed)
	_, err := tx.TryReserve()
	wantErr(t, "TryReserve", err, mpsc.ErrClosed)
	wantRecv(t, rx, 1, nil)
	wantRecv(t, rx, 2, nil)
	wantRecv(t, rx, 0, mpsc.ErrClosed)
	_, err = rx.Recv(t.Context())
	wantErr(t, "Recv", err, mpsc.ErrClosed)
}

func TestMP14_CloseWakesBlockedSenders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](1)
		fill(t, tx)
		var calls []*call
		for i := range 4 {
			calls = append(calls,
				start(func() error { return tx.Send(t.Context(), i) }),
				start(func() error { _, err := tx.Reserve(t.Context()); return err }))
		}
		rx.Close()
		for _, c := range calls {
			c.returns(t, "blocked send", mpsc.ErrClosed)
		}
		wantRecv(t, rx, 0, nil)
		wantRecv(t, rx, 0, mpsc.ErrClosed)
	})
}

// Sends that wait on a handle end when that handle is closed; others go on.
func TestSenderCloseWakesItsOwnSends(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](2)
		other := tx.Clone()
		defer other.Close()
		tx.TrySend(0)
		mine := start(func() error { _, err := tx.ReserveN(t.Context(), 2); return err })
		theirs := start(func() error { return other.Send(t.Context(), 1) })
		theirs.blocks(t, "Send behind ReserveN")
		tx.Close()
		mine.returns(t, "ReserveN on the closed handle", mpsc.ErrClosed)
		theirs.returns(t, "Send on the other handle", nil)
		wantErr(t, "Send on the closed handle", tx.Send(t.Context(), 2), mpsc.ErrClosed)
		wantErr(t, "TrySend on the closed handle", tx.TrySend(2), mpsc.ErrClosed)
		wantRecv(t, rx, 0, nil)
		wantRecv(t, rx, 1, nil)
		wantRecv(t, rx, 0, mpsc.ErrEmpty)
	})
}

func TestMP31_Closed(t *testing.T) {
	check := func(what string, rx *mpsc.Receiver[int], want bool) {
		t.Helper()
		if got := rx.Closed(); got != want {
			t.Errorf("%s: Closed = %t, want %t", what, got, want)
		}
	}
	tx, rx := mpsc.New[int](2)
	check("fresh", rx, false)
	tx.TrySend(1)
	rx.Close()
	check("own Close, a value queued", rx, true)

	tx, rx = mpsc.New[int](2)
	tx.TrySend(1)
	clone, weak := tx.Clone(), tx.Weak()
	tx.Close()
	check("one of two senders closed", rx, false)
	p := reserve(t, clone, 1)
	clone.Close()
	check("a permit is left", rx, false)
	p.Release()
	check("a weak sender is left, a value queued", rx, true)
	if _, ok := weak.Upgrade(); ok {
		t.Error("Upgrade succeeded on a closed channel")
	}
}

func TestMP32_Done(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](1)
		defer tx.Close()
		wait := start(func() error { <-tx.Done(); return nil })
		wait.blocks(t, "Done with an open receiver")
		rx.Close()
		wait.returns(t, "Done after Close", nil)

		tx, rx = mpsc.New[int](1)
		rx.Close()
		wait = start(func() error { <-tx.Done(); return nil })
		wait.returns(t, "Done asked for after Close", nil)
	})
}

// A hookCounter counts what package context has registered with it.
type hookCounter struct {
	context.Context
	open atomic.Int32
}

// Value hides the context within, with which package context would register.
func (c *hookCounter) Value(any) any { return nil }

func (c *hookCounter) AfterFunc(f func()) (stop func() bool) {
	c.open.Add(1)
	inner := context.AfterFunc(c.Context, f)
	return func() bool {
		c.open.Add(-1)
		return inner()
	}
}

func (c *hookCounter) wantOpen(t *testing.T, when string, want int32) {
	t.Helper()
	if got := c.open.Load(); got != want {
		t.Errorf("%d registrations with the context %s, want %d", got, when, want)
	}
}

// TestMain checks that no goroutine is left; here no registration may be, but
// for one while a receiver may wait again with the same context.
func TestMP43_NothingIsLeftBehind(t *testing.T) {
	for _, end := range []struct {
		name string
		end  func(tx *mpsc.Sender[int], rx *mpsc.Receiver[int], ctx context.Context)
	}{
		{"after Close of the receiver", func(_ *mpsc.Sender[int], rx *mpsc.Receiver[int], _ context.Context) {
			rx.Close()
		}},
		{"at the end of the values", func(tx *mpsc.Sender[int], rx *mpsc.Receiver[int], ctx context.Context) {
			tx.Close()
			for range rx.All(ctx) {
			}
		}},
		{"after a wait with another context", func(tx *mpsc.Sender[int], rx *mpsc.Receiver[int], ctx context.Context) {
			rx.Drain()(func(int) bool { return true })
			other, cancel := context.WithCancel(context.WithoutCancel(ctx))
			defer cancel()
			recv := start(func() error { _, err := rx.Recv(other); return err })
			tx.TrySend(0)
			<-recv.returned
		}},
	} {
		synctest.Test(t, func(t *testing.T) {
			tx, rx := mpsc.New[int](1)
			ctx := &hookCounter{Context: t.Context()}
			for range 3 {
				recv := start(func() error { _, err := rx.Recv(ctx); return err })
				recv.blocks(t, "Recv from an empty channel")
				tx.TrySend(0)
				recv.returns(t, "Recv", nil)
			}
			ctx.wantOpen(t, "after three waits", 1)
			fill(t, tx)
			send, cancel := context.WithCancel(ctx)
			blocked := start(func() error { return tx.Send(send, 1) })
			reserve := start(func() error { _, err := tx.Reserve(send); return err })
			blocked.blocks(t, "Send on a full channel")
			cancel()
			blocked.returns(t, "Send", context.Canceled)
			reserve.returns(t, "Reserve", context.Canceled)
			end.end(tx, rx, ctx)
			ctx.wantOpen(t, end.name, 0)
		})
	}
}

func TestMP46_CloseDuringSends(t *testing.T) {
	for range 200 {
		tx, rx := mpsc.New[int](2)
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				for i := 0; ; i++ {
					if err := tx.Send(t.Context(), i); err != nil {
						wantErr(t, "Send during Close", err, mpsc.ErrClosed)
						return
					}
				}
			})
		}
		wg.Go(func() {
			rx.TryRecv()
			rx.TryRecv()
		})
		wg.Go(func() { rx.Close() })
		wg.Go(func() { tx.Close() })
		wg.Go(func() { tx.Close() })
		wg.Wait()
	}
}

func TestCloseIsIdempotent(t *testing.T) {
	tx, rx := mpsc.New[int](1)
	clone := tx.Clone()
	for range 3 {
		wantErr(t, "Sender.Close", tx.Close(), nil)
	}
	if rx.Closed() {
		t.Error("closing one handle three times closed the other")
	}
	wantErr(t, "TrySend on the clone", clone.TrySend(1), nil)
	for range 3 {
		wantErr(t, "Receiver.Close", rx.Close(), nil)
	}
	wantErr(t, "Clone of a closed handle", tx.Clone().TrySend(1), mpsc.ErrClosed)
	clone.Close()
	tx.Clone().Close()
	if got := rx.Stats().Senders; got != 0 {
		t.Errorf("Stats.Senders = %d, want 0", got)
	}
}

func TestNilHandles(t *testing.T) {
	var tx *mpsc.Sender[int]
	var rx *mpsc.Receiver[int]
	const noSender = "mpsc: nil or zero Sender; make one with New"
	const noReceiver = "mpsc: nil or zero Receiver; make one with New"
	ctx := t.Context()
	for name, f := range map[string]func(){
		"Send":        func() { tx.Send(ctx, 1) },
		"TrySend":     func() { tx.TrySend(1) },
		"SendTimeout": func() { tx.SendTimeout(0, 1) },
		"ReserveN":    func() { tx.ReserveN(ctx, 1) },
		"TryReserveN": func() { tx.TryReserveN(1) },
		"Clone":       func() { tx.Clone() },
		"Close":       func() { tx.Close() },
		"Done":        func() { tx.Done() },
		"Weak":        func() { tx.Weak() },
		"zero Send":   func() { new(mpsc.Sender[int]).Send(ctx, 1) },
	} {
		wantPanic(t, "Sender: "+name, noSender, f)
	}
	for name, f := range map[string]func(){
		"Recv":      func() { rx.Recv(ctx) },
		"TryRecv":   func() { rx.TryRecv() },
		"RecvMany":  func() { rx.RecvMany(ctx, nil, 1) },
		"All":       func() { rx.All(ctx) },
		"Drain":     func() { rx.Drain() },
		"Ready":     func() { rx.Ready() },
		"Close":     func() { rx.Close() },
		"Stats":     func() { rx.Stats() },
		"zero Recv": func() { new(mpsc.Receiver[int]).Recv(ctx) },
	} {
		wantPanic(t, "Receiver: "+name, noReceiver, f)
	}
}
