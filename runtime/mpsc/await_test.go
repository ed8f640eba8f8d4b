package mpsc_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

// hooked returns a channel for one value on which a receiver has waited with ctx
// so often that it is registered with it.
func hooked(t *testing.T, ctx context.Context) (*mpsc.Sender[int], *mpsc.Receiver[int]) {
	t.Helper()
	tx, rx := mpsc.New[int](1)
	for i := range 3 {
		recv := start(func() error { _, err := rx.Recv(ctx); return err })
		recv.blocks(t, "Recv from an empty channel")
		tx.TrySend(i)
		recv.returns(t, "Recv", nil)
	}
	return tx, rx
}

func recv(rx *mpsc.Receiver[int], ctx context.Context) *call {
	return start(func() error { _, err := rx.Recv(ctx); return err })
}

func TestCancelAfterManyWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		tx, rx := hooked(t, ctx)
		first := recv(rx, ctx)
		second := recv(rx, ctx) // which has to wait in another way
		other := recv(rx, t.Context())
		first.blocks(t, "Recv")
		cancel()
		first.returns(t, "Recv", context.Canceled)
		second.returns(t, "a second Recv", context.Canceled)
		other.blocks(t, "Recv with another context")
		recv(rx, ctx).returns(t, "Recv after the end of its context", context.Canceled)

		tx.TrySend(1)
		other.returns(t, "Recv with another context", nil)
		again := recv(rx, t.Context())
		again.blocks(t, "Recv after the end of another context")
		tx.TrySend(2)
		again.returns(t, "Recv", nil)
		if got := rx.Stats().Cancelled; got != 2 {
			t.Errorf("%d cancelled, want 2", got)
		}
	})
}

// What ends a context while nobody waits must not wake a later wait for good.
func TestEndOfAnEarlierContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		tx, rx := hooked(t, ctx)
		cancel()
		synctest.Wait()
		later, cancelLater := context.WithCancel(t.Context())
		for range 3 {
			got := recv(rx, later)
			got.blocks(t, "Recv with a context that is alive")
			tx.TrySend(1)
			got.returns(t, "Recv", nil)
		}
		last := recv(rx, later)
		cancelLater()
		last.returns(t, "Recv", context.Canceled)
	})
}

func TestCloseAfterManyWaits(t *testing.T) {
	for name, end := range map[string]func(*mpsc.Sender[int], *mpsc.Receiver[int]){
		"sender":   func(tx *mpsc.Sender[int], _ *mpsc.Receiver[int]) { tx.Close() },
		"receiver": func(_ *mpsc.Sender[int], rx *mpsc.Receiver[int]) { rx.Close() },
	} {
		synctest.Test(t, func(t *testing.T) {
			tx, rx := hooked(t, t.Context())
			first, second := recv(rx, t.Context()), recv(rx, t.Context())
			first.blocks(t, "Recv")
			end(tx, rx)
			first.returns(t, "Recv after Close of the "+name, mpsc.ErrClosed)
			second.returns(t, "a second Recv after Close of the "+name, mpsc.ErrClosed)
		})
	}
}

// Several who wait in different ways get one value each.
func TestEveryWaiterGetsAValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		tx, rx := hooked(t, ctx)
		calls := []*call{recv(rx, ctx), recv(rx, ctx), recv(rx, context.Background()), recv(rx, t.Context())}
		for i := range calls {
			if err := tx.Send(ctx, i); err != nil {
				t.Fatalf("Send = %v", err)
			}
		}
		for _, c := range calls {
			c.returns(t, "Recv", nil)
		}
	})
}

// A registration must not outlive the receiver it would wake.
func TestForgottenReceiverIsNotRegistered(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	counter := &hookCounter{Context: ctx}
	tx, rx := mpsc.New[int](1)
	eventually(t, "the receiver is registered", func() bool {
		go tx.Send(ctx, 1)
		rx.Recv(counter)
		return counter.open.Load() == 1
	})
	rx = nil
	eventually(t, "the registration is gone", func() bool { return counter.open.Load() == 0 })
}

// A value that was announced to a receiver whose context ends in the same
// moment is for the next one.
func TestAnnouncedToOneWhoGivesUp(t *testing.T) {
	for range 100 {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			tx, rx := mpsc.New[int](1)
			first, second := recv(rx, ctx), recv(rx, t.Context())
			tx.TrySend(1)
			cancel()
			<-first.returned
			if first.err == nil {
				tx.TrySend(2)
			}
			second.returns(t, "Recv after another has given up", nil)
		})
	}
}
