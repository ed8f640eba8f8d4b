package broadcast_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

func TestBC16_CapacityOutOfRangePanics(t *testing.T) {
	for _, capacity := range []int{0, -1, 1<<30 + 1} {
		want := fmt.Sprintf("broadcast: New with capacity %d,", capacity)
		wantPanic(t, want, func() { broadcast.New[struct{}](capacity) })
	}
}

// wantPanic checks that f panics with a message that starts with want.
func wantPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got, ok := recover().(string); !ok || !strings.HasPrefix(got, want) {
			t.Errorf("panic with %q, want %q", got, want)
		}
	}()
	f()
}

func TestBC19_BufferedValuesThenClosed(t *testing.T) {
	tx, rx := newInts(t, 2)
	send(t, tx, 1, 2)
	tx.Close()
	wantValues(t, rx, 1, 2)
	wantError(t, rx, broadcast.ErrClosed)
	wantError(t, rx, broadcast.ErrClosed)
}

func TestBC19_LagThenBufferedValuesThenClosed(t *testing.T) {
	for capacity := 1; capacity <= 4; capacity++ {
		tx, rx := newInts(t, capacity)
		for i := range capacity + 3 {
			send(t, tx, i)
		}
		tx.Close()
		wantLag(t, rx, 3)
		for i := range capacity {
			wantValues(t, rx, 3+i)
		}
		wantError(t, rx, broadcast.ErrClosed)
	}
}

func TestBC20_ClosingOverwritesNothing(t *testing.T) {
	tx, rx := newInts(t, 2)
	clone := tx.Clone()
	send(t, tx, 1, 2) // full
	tx.Close()
	clone.Close()
	if got := rx.Len(); got != 2 {
		t.Errorf("Len() = %d, want 2", got)
	}
	wantValues(t, rx, 1, 2)
	wantError(t, rx, broadcast.ErrClosed)
}

func TestBC21_OnlyTheLastSenderWakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 2)
		clone := tx.Clone()
		var err error
		go func() { _, err = rx.Recv(t.Context()) }()
		ready := rx.Ready()
		synctest.Wait()
		tx.Close()
		tx.Close() // counts once
		synctest.Wait()
		if err != nil || isClosed(ready) {
			t.Fatalf("the first of two senders woke the receiver: %v", err)
		}
		clone.Close()
		synctest.Wait()
		if !errors.Is(err, broadcast.ErrClosed) || !isClosed(ready) {
			t.Errorf("Recv() = %v, want %v", err, broadcast.ErrClosed)
		}
	})
}

func TestBC23_ResubscribeStartsAtTheTail(t *testing.T) {
	tx, rx := newInts(t, 2)
	send(t, tx, 1, 2)
	fresh := rx.Resubscribe()
	defer fresh.Close()
	wantError(t, fresh, broadcast.ErrEmpty)
	wantValues(t, rx, 1, 2)

	send(t, tx, 3, 4, 5) // rx and fresh lag
	late := rx.Resubscribe()
	defer late.Close()
	wantError(t, late, broadcast.ErrEmpty)
	wantLag(t, rx, 1)
	send(t, tx, 6)
	wantValues(t, late, 6)

	rx.Close()
	again := rx.Resubscribe()
	defer again.Close()
	send(t, tx, 7)
	wantValues(t, again, 7)
}

func TestBC24_ResubscribeToClosed(t *testing.T) {
	tx, rx := newInts(t, 2)
	send(t, tx, 1)
	tx.Close()
	for name, late := range map[string]*broadcast.Receiver[int]{
		"Resubscribe": rx.Resubscribe(),
		"Subscribe":   tx.Subscribe(),
	} {
		t.Run(name, func(t *testing.T) {
			defer late.Close()
			wantError(t, late, broadcast.ErrClosed)
			if !late.Closed() || !isClosed(late.Ready()) {
				t.Error("the new receiver is not closed")
			}
		})
	}
	wantValues(t, rx, 1)
}

func TestCloseReceiverEndsItsReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 2)
		other := tx.Subscribe()
		errs := make(chan error, 3)
		for range cap(errs) { // one handle, three goroutines
			go func() {
				_, err := rx.Recv(t.Context())
				errs <- err
			}()
		}
		var otherDone bool
		go func() {
			other.Recv(t.Context())
			otherDone = true
		}()
		ready, otherReady := rx.Ready(), other.Ready()
		synctest.Wait()
		rx.Close()
		rx.Close()
		synctest.Wait()
		if len(errs) != 3 || !isClosed(ready) {
			t.Fatalf("%d of 3 reads ended, Ready closed: %t", len(errs), isClosed(ready))
		}
		for range cap(errs) {
			if err := <-errs; !errors.Is(err, broadcast.ErrClosed) {
				t.Errorf("Recv() = %v, want %v", err, broadcast.ErrClosed)
			}
		}
		if otherDone || isClosed(otherReady) {
			t.Error("another receiver was disturbed")
		}
		send(t, tx, 1)
		synctest.Wait()
		if !otherDone || !isClosed(otherReady) {
			t.Error("the other receiver missed the value")
		}
		send(t, tx, 2)
		wantError(t, rx, broadcast.ErrClosed)
		if !rx.Closed() {
			t.Error("Closed() = false after Close")
		}
		other.Close()
	})
}

func TestClosedSender(t *testing.T) {
	tx, rx := newInts(t, 2)
	clone := tx.Clone()
	defer clone.Close()
	tx.Close()
	if n, err := tx.Send(1); n != 0 || !errors.Is(err, broadcast.ErrClosed) {
		t.Errorf("Send() = %d, %v, want 0, %v", n, err, broadcast.ErrClosed)
	}
	dead := tx.Clone()
	if _, err := dead.Send(1); !errors.Is(err, broadcast.ErrClosed) {
		t.Errorf("Send() of the clone of a closed sender = %v, want %v", err, broadcast.ErrClosed)
	}
	dead.Close() // takes no sender away
	if rx.Closed() {
		t.Error("closed although a sender is open")
	}
	send(t, clone, 2)
	wantValues(t, rx, 2)
}

func TestHandlesNotMadeByNewPanic(t *testing.T) {
	for _, tx := range []*broadcast.Sender[int]{nil, {}} {
		for name, f := range map[string]func(){
			"Send":      func() { tx.Send(1) },
			"Subscribe": func() { tx.Subscribe() },
			"Close":     func() { tx.Close() },
			"Idle":      func() { tx.Idle() },
		} {
			wantPanic(t, "broadcast: "+name+" of a Sender that New did not make", f)
		}
	}
	for _, rx := range []*broadcast.Receiver[int]{nil, {}} {
		for name, f := range map[string]func(){
			"Recv":    func() { rx.Recv(t.Context()) },
			"TryRecv": func() { rx.TryRecv() },
			"All":     func() { rx.All(t.Context()) },
			"Ready":   func() { rx.Ready() },
			"Close":   func() { rx.Close() },
		} {
			wantPanic(t, "broadcast: "+name+" of a Receiver that neither New nor Subscribe made", f)
		}
	}
}
