package broadcast_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

func TestBC01_SendCountsReceiversAndNeverWaits(t *testing.T) {
	tx, rx := newInts(t, 2)
	second := tx.Subscribe()
	for i := range 10 { // far beyond the capacity, and nobody reads
		if got, err := tx.Send(i); got != 2 || err != nil {
			t.Fatalf("Send(%d) = %d, %v, want 2, nil", i, got, err)
		}
	}
	second.Close()
	if got, err := tx.Send(10); got != 1 || err != nil {
		t.Errorf("Send after a Close = %d, %v, want 1, nil", got, err)
	}
	rx.Close()
	if got, err := tx.Send(11); got != 0 || err == nil {
		t.Errorf("Send after both Closes = %d, %v, want 0 and an error", got, err)
	}
}

func TestBC02_EveryReceiverGetsEveryValueInOneOrder(t *testing.T) {
	tx, a := newInts(t, 8)
	b := tx.Subscribe()
	defer b.Close()
	other := tx.Clone()
	defer other.Close()
	send(t, tx, 1)
	send(t, other, 2)
	send(t, tx, 3)
	wantValues(t, a, 1, 2, 3)
	wantValues(t, b, 1, 2, 3)
	wantError(t, a, broadcast.ErrEmpty)
	wantError(t, b, broadcast.ErrEmpty)
}

func TestBC03_SendWithoutReceivers(t *testing.T) {
	tx, rx := newInts(t, 4)
	rx.Close()
	if _, err := tx.Send(1); !errors.Is(err, broadcast.ErrNoReceivers) {
		t.Errorf("Send() = %v, want %v", err, broadcast.ErrNoReceivers)
	}
	late := tx.Subscribe()
	defer late.Close()
	wantError(t, late, broadcast.ErrEmpty)
	send(t, tx, 2)
	wantValues(t, late, 2)
	if got := tx.Stats().Sent; got != 1 {
		t.Errorf("Stats().Sent = %d, want 1: the refused value does not count", got)
	}
}

func TestBC04_SubscriberSeesOnlyLaterValues(t *testing.T) {
	tx, _ := newInts(t, 4)
	send(t, tx, 1, 2)
	late := tx.Subscribe()
	defer late.Close()
	if got := late.Len(); got != 0 {
		t.Errorf("Len() = %d, want 0", got)
	}
	send(t, tx, 3)
	wantValues(t, late, 3)
}

func TestBC05_OneSendWakesAllWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, slow := newInts(t, 4)
		const waiting = 5
		got := make(chan int, waiting)
		for range waiting {
			rx := tx.Subscribe()
			go func() {
				defer rx.Close()
				v, err := rx.Recv(t.Context())
				if err != nil {
					t.Error(err)
				}
				got <- v
			}()
		}
		synctest.Wait()
		if len(got) != 0 {
			t.Fatalf("%d receivers did not wait for a value", len(got))
		}
		send(t, tx, 7)
		synctest.Wait()
		if len(got) != waiting {
			t.Fatalf("%d receivers were woken, want %d", len(got), waiting)
		}
		for range waiting {
			if v := <-got; v != 7 {
				t.Errorf("received %d, want 7", v)
			}
		}
		wantValues(t, slow, 7)
	})
}

func TestBC25_Idle(t *testing.T) {
	tx, rx := newInts(t, 4)
	idle := tx.Idle()
	if isClosed(idle) {
		t.Fatal("idle with a receiver")
	}
	if tx.Idle() != idle {
		t.Error("Idle() made another channel while nothing changed")
	}
	second := tx.Subscribe()
	rx.Close()
	if isClosed(idle) {
		t.Error("idle with a receiver left")
	}
	second.Close()
	if !isClosed(idle) || !isClosed(tx.Idle()) {
		t.Error("not idle without receivers")
	}
	third := tx.Subscribe()
	if isClosed(tx.Idle()) {
		t.Error("a new subscriber did not re-arm Idle")
	}
	third.Close()
	if !isClosed(tx.Idle()) {
		t.Error("not idle after the last receiver left again")
	}
}

func TestBC25_IdleWakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 4)
		var woken bool
		go func() {
			<-tx.Idle()
			woken = true
		}()
		synctest.Wait()
		if woken {
			t.Fatal("Idle did not wait")
		}
		rx.Close()
		synctest.Wait()
		if !woken {
			t.Error("Idle still waits after the last Close")
		}
	})
}

func TestBC26_WeakSender(t *testing.T) {
	tx, rx := newInts(t, 4)
	weak := tx.Weak()
	if got := tx.Stats().Senders; got != 1 {
		t.Errorf("Senders = %d, want 1: weak ones do not count", got)
	}
	up, ok := weak.Upgrade()
	if !ok {
		t.Fatal("Upgrade failed on an open channel")
	}
	if got := tx.Stats().Senders; got != 2 {
		t.Errorf("Senders after Upgrade = %d, want 2", got)
	}
	tx.Close()
	if rx.Closed() {
		t.Error("closed while the upgraded sender is open")
	}
	send(t, up, 1)
	up.Close()
	if !rx.Closed() {
		t.Error("not closed although only a weak sender is left")
	}
	if tx, ok := weak.Upgrade(); ok || tx != nil {
		t.Errorf("Upgrade() of a closed channel = %v, %t, want nil, false", tx, ok)
	}
	wantValues(t, rx, 1)
	var zero broadcast.WeakSender[int]
	if tx, ok := zero.Upgrade(); ok || tx != nil {
		t.Errorf("Upgrade() of the zero value = %v, %t, want nil, false", tx, ok)
	}
}

func TestBC27_CountsAndSame(t *testing.T) {
	tx, rx := newInts(t, 4)
	otherTx, otherRx := newInts(t, 4)
	clone := tx.Clone()
	second := rx.Resubscribe()
	if got := tx.Receivers(); got != 2 {
		t.Errorf("Receivers() = %d, want 2", got)
	}
	if got := rx.Stats(); got.Senders != 2 || got.Receivers != 2 || got.Cap != 4 || got.Kind != "broadcast" {
		t.Errorf("Stats() = %+v, want 2 senders, 2 receivers, capacity 4 of a broadcast", got)
	}
	if !tx.Same(clone) || tx.Same(otherTx) || !rx.Same(second) || rx.Same(otherRx) {
		t.Error("Same takes channels for others")
	}
	clone.Close()
	second.Close()
	if got := tx.Stats(); got.Senders != 1 || got.Receivers != 1 {
		t.Errorf("Stats() = %+v, want 1 sender, 1 receiver", got)
	}
}

// A sendingContext has ended but does not say so until the second time that it
// is asked, and then it runs onErr first.
type sendingContext struct {
	context.Context
	asked bool
	onErr func()
}

func (c *sendingContext) Err() error {
	if !c.asked {
		c.asked = true
		return nil
	}
	c.onErr()
	return context.Canceled
}

// TestBC29_SendFromCancellation sends from the code of a context, which runs
// while a receiver gives up: no lock is held then. The receiver is woken at a
// moment when it does not wait any more, and must not be confused by it.
func TestBC29_SendFromCancellation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 4)
		for i := range 50 {
			ended, cancel := context.WithCancel(t.Context())
			ended.Done() // or else all that have ended share one channel
			cancel()
			ctx := &sendingContext{Context: ended, onErr: func() { send(t, tx, i) }}
			if _, err := rx.Recv(ctx); !errors.Is(err, context.Canceled) {
				t.Fatalf("Recv() = %v, want %v", err, context.Canceled)
			}
			wantValues(t, rx, i)
		}
	})
}
