package mpmc_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"
	"weak"

	"github.com/chanlint/chanlint/runtime/chans"
	"github.com/chanlint/chanlint/runtime/mpmc"
)

func TestXB03_LastReceiverFailsSenders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 1)
		second := rx.Clone()
		send(t, tx, 1)
		errs := make(chan error, 3)
		for i := range cap(errs) {
			go func() { errs <- tx.Send(t.Context(), i) }()
		}
		synctest.Wait()
		rx.Close()
		rx.Close() // counts once
		synctest.Wait()
		if len(errs) != 0 {
			t.Fatal("the first of two receivers ended the queue")
		}
		select {
		case <-tx.Done():
			t.Error("Done is closed while a receiver is open")
		default:
		}
		second.Close()
		for range cap(errs) {
			wantError(t, "Send() that waited", <-errs, mpmc.ErrClosed)
		}
		<-tx.Done()
		wantError(t, "Send()", tx.Send(t.Context(), 9), mpmc.ErrClosed)
		wantError(t, "TrySend()", tx.TrySend(9), mpmc.ErrClosed)
		wantEnd(t, second)
		if got := tx.Stats(); !got.Closed || got.Receivers != 0 || got.Senders != 1 || got.Len != 0 || got.Received != 0 {
			t.Errorf("Stats() = %+v, want closed, 0 receivers, 1 sender, nothing queued or received", got)
		}
	})
}

func TestXB04_QueuedValuesThenEnd(t *testing.T) {
	tx, rx := newInts(t, 4)
	clone := tx.Clone()
	send(t, tx, 1, 2)
	tx.Close()
	tx.Close() // counts once
	send(t, clone, 3)
	clone.Close()
	wantValues(t, rx, 1, 2, 3)
	wantEnd(t, rx)
}

func TestXB04_LastSenderWakesReceivers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 4)
		clone := tx.Clone()
		errs := make(chan error, 3)
		for range cap(errs) {
			go func() {
				_, err := rx.Recv(t.Context())
				errs <- err
			}()
		}
		synctest.Wait()
		tx.Close()
		synctest.Wait()
		if len(errs) != 0 {
			t.Fatal("the first of two senders ended the queue")
		}
		clone.Close()
		for range cap(errs) {
			wantError(t, "Recv()", <-errs, mpmc.ErrClosed)
		}
	})
}

// TestCloseWhileSending has the last sender closed while sends on it wait: they
// fail, what is queued stays, and the channel ends after it.
func TestCloseWhileSending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 1)
		send(t, tx, 1)
		errs := make(chan error, 2)
		for range cap(errs) {
			go func() { errs <- tx.Send(t.Context(), 2) }()
		}
		synctest.Wait()
		tx.Close()
		for range cap(errs) {
			wantError(t, "Send() that waited", <-errs, mpmc.ErrClosed)
		}
		wantValues(t, rx, 1)
		wantEnd(t, rx)
	})
}

func TestXB12_WeakSender(t *testing.T) {
	tx, rx := newInts(t, 4)
	weak := tx.Weak()
	if got := tx.Stats().Senders; got != 1 {
		t.Errorf("Senders = %d, want 1: weak ones do not count", got)
	}
	up, ok := weak.Upgrade()
	if !ok {
		t.Fatal("Upgrade failed on an open queue")
	}
	tx.Close()
	send(t, up, 1)
	up.Close()
	if tx, ok := weak.Upgrade(); ok || tx != nil {
		t.Errorf("Upgrade() of a closed queue = %v, %t, want nil, false", tx, ok)
	}
	wantValues(t, rx, 1)
	wantEnd(t, rx)
	var zero mpmc.WeakSender[int]
	if tx, ok := zero.Upgrade(); ok || tx != nil {
		t.Errorf("Upgrade() of the zero value = %v, %t, want nil, false", tx, ok)
	}
}

func TestClosedHandles(t *testing.T) {
	tx, rx := newInts(t, 4)
	tx2, rx2 := tx.Clone(), rx.Clone()
	defer tx2.Close()
	defer rx2.Close()
	tx.Close()
	rx.Close()
	wantError(t, "Send() of a closed sender", tx.Send(t.Context(), 1), mpmc.ErrClosed)
	wantError(t, "TrySend() of a closed sender", tx.TrySend(1), mpmc.ErrClosed)
	dead := tx.Clone()
	wantError(t, "TrySend() of its clone", dead.TrySend(1), mpmc.ErrClosed)
	dead.Close() // takes no sender away

	send(t, tx2, 2)
	wantEnd(t, rx)
	deadRx := rx.Clone()
	wantEnd(t, deadRx)
	deadRx.Close() // takes no receiver away
	for v := range rx.Drain() {
		t.Errorf("Drain() of a closed receiver yields %d", v)
	}
	wantValues(t, rx2, 2)
	if got := tx.Stats(); got.Senders != 1 || got.Receivers != 1 || got.Closed || got.Sent != 1 {
		t.Errorf("Stats() = %+v, want an open queue, 1 sender, 1 receiver, 1 sent", got)
	}
}

func TestCapacityOutOfRangePanics(t *testing.T) {
	for _, capacity := range []int{-1, 1<<30 + 1} {
		wantPanic(t, fmt.Sprintf("mpmc: New with capacity %d,", capacity), func() { mpmc.New[struct{}](capacity) })
	}
	tx, _ := newInts(t, 3)
	if got := tx.Capacity(); got != 3 {
		t.Errorf("Capacity() = %d, want 3", got)
	}
}

func TestHandlesNotMadeByNewPanic(t *testing.T) {
	for _, tx := range []*mpmc.Sender[int]{nil, {}} {
		for name, f := range map[string]func(){
			"Send":    func() { tx.Send(t.Context(), 1) },
			"TrySend": func() { tx.TrySend(1) },
			"Close":   func() { tx.Close() },
		} {
			wantPanic(t, "mpmc: "+name+" of a Sender that New did not make", f)
		}
	}
	for _, rx := range []*mpmc.Receiver[int]{nil, {}} {
		for name, f := range map[string]func(){
			"C":     func() { rx.C() },
			"Recv":  func() { rx.Recv(t.Context()) },
			"Close": func() { rx.Close() },
		} {
			wantPanic(t, "mpmc: "+name+" of a Receiver that New did not make", f)
		}
	}
}

// A payload is large enough not to share its allocation with others.
type payload [64]byte

//go:noinline
func sendPayload(t *testing.T, tx *mpmc.Sender[*payload]) weak.Pointer[payload] {
	p := new(payload)
	if err := tx.TrySend(p); err != nil {
		t.Fatal(err)
	}
	return weak.Make(p)
}

func TestValuesAreReleased(t *testing.T) {
	tx, rx := mpmc.New[*payload](4)
	defer tx.Close()
	c := rx.C()
	read, queued := sendPayload(t, tx), sendPayload(t, tx)
	if _, err := rx.TryRecv(); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	if read.Value() != nil || queued.Value() == nil {
		t.Errorf("released: read %t, queued %t, want true, false", read.Value() == nil, queued.Value() == nil)
	}
	rx.Close()
	runtime.GC()
	if queued.Value() != nil {
		t.Error("the queue keeps a value although nobody is left to receive it")
	}
	if v, ok := <-c; ok {
		t.Errorf("C() yields %v after the last Close, want the end", v)
	}
	runtime.KeepAlive(tx)
}

func TestValuesAreReleasedAfterBothSidesClosed(t *testing.T) {
	tx, rx := mpmc.New[*payload](4)
	p := sendPayload(t, tx)
	tx.Close()
	rx.Close()
	runtime.GC()
	if p.Value() != nil {
		t.Error("the queue keeps a value although both sides are closed")
	}
	runtime.KeepAlive(tx)
}

func TestAllocations(t *testing.T) {
	tx, rx := newInts(t, 4)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for name, f := range map[string]func(){
		"Send+Recv":       func() { tx.Send(ctx, 1); rx.Recv(ctx) },
		"TrySend+TryRecv": func() { tx.TrySend(1); rx.TryRecv() },
		"Send+C":          func() { tx.Send(ctx, 1); <-rx.C() },
	} {
		if got := testing.AllocsPerRun(100, f); got != 0 {
			t.Errorf("%s: %v allocations, want 0", name, got)
		}
	}
}

// TestLeakedSender drops the only sender without Close, once one that a call of
// Send holds for a while, and waits for the garbage collector to end the queue.
func TestLeakedSender(t *testing.T) {
	leaks := make(chan string, 2)
	reg := new(chans.Registry)
	onLeak := chans.OnLeak(func(handle, name string) { leaks <- handle + " " + name })
	tx, rx := mpmc.New[int](1, chans.Named("jobs"), chans.In(reg), onLeak)
	send(t, tx, 1)
	go func(tx *mpmc.Sender[int]) {
		if err := tx.Send(context.Background(), 2); err != nil {
			t.Errorf("Send() = %v, want nil", err)
		}
	}(tx)
	tx = nil
	for rx.Stats().Blocked == 0 {
		runtime.Gosched()
	}
	for range 5 {
		runtime.GC()
		runtime.Gosched()
	}
	if len(leaks) != 0 {
		t.Fatalf("%s closed while it was in use", <-leaks)
	}
	wantValues(t, rx, 1)
	if v, err := rx.Recv(t.Context()); v != 2 || err != nil {
		t.Errorf("Recv() = %d, %v, want 2, nil", v, err)
	}
	for len(leaks) == 0 { // the goroutine may not have returned yet
		runtime.GC()
	}
	if got, want := <-leaks, "mpmc.Sender jobs"; got != want {
		t.Errorf("leak reported: %q, want %q", got, want)
	}
	wantEnd(t, rx)
	got := reg.Snapshot()
	if len(got) != 1 || got[0].LeakedHandles != 1 || got[0].Kind != "mpmc" {
		t.Errorf("Snapshot() = %+v, want an mpmc with 1 leaked handle", got)
	}
	rx.Close()
}
