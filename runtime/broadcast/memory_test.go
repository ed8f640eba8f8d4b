package broadcast_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"weak"

	"github.com/chanlint/chanlint/runtime/broadcast"
	"github.com/chanlint/chanlint/runtime/chans"
)

// A payload is large enough not to share its allocation with others.
type payload [64]byte

// sendPayload sends a new payload, and keeps no reference to it.
//
//go:noinline
func sendPayload(t *testing.T, tx *broadcast.Sender[*payload]) weak.Pointer[payload] {
	p := new(payload)
	if _, err := tx.Send(p); err != nil {
		t.Fatal(err)
	}
	return weak.Make(p)
}

func wantReleased(t *testing.T, what string, p weak.Pointer[payload], want bool) {
	t.Helper()
	runtime.GC()
	if got := p.Value() == nil; got != want {
		t.Errorf("%s: released = %t, want %t", what, got, want)
	}
}

func TestBC22_ReleasedWhenOverwritten(t *testing.T) {
	tx, rx := broadcast.New[*payload](2)
	defer tx.Close()
	defer rx.Close()
	first := sendPayload(t, tx)
	if _, err := rx.TryRecv(); err != nil {
		t.Fatal(err)
	}
	wantReleased(t, "read, not overwritten", first, false)
	sendPayload(t, tx)
	sendPayload(t, tx)
	wantReleased(t, "overwritten", first, true)
}

func TestBC22_ReleasedWithTheLastReceiver(t *testing.T) {
	tx, rx := broadcast.New[*payload](4)
	defer tx.Close()
	second := tx.Subscribe()
	first, last := sendPayload(t, tx), sendPayload(t, tx)
	rx.Close()
	wantReleased(t, "a receiver is left", first, false)
	second.Close()
	wantReleased(t, "first, no receiver left", first, true)
	wantReleased(t, "last, no receiver left", last, true)
	runtime.KeepAlive(tx)
}

func TestAllocations(t *testing.T) {
	tx, rx := newInts(t, 8)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	buf := make([]int, 0, 8)
	for _, tt := range []struct {
		name string
		want float64
		f    func()
	}{
		{"Send+Recv", 0, func() { tx.Send(1); rx.Recv(ctx) }},
		{"Send+TryRecv", 0, func() { tx.Send(1); rx.TryRecv() }},
		{"Send+RecvMany", 0, func() { tx.Send(1); tx.Send(2); rx.RecvMany(ctx, buf, 8) }},
		{"TryRecv, empty", 0, func() { rx.TryRecv() }},
		{"Ready, with a value", 0, func() { tx.Send(1); rx.Ready(); rx.TryRecv() }},
		{"lag", 1, func() {
			for range 9 {
				tx.Send(1)
			}
			rx.TryRecv()
			rx.RecvMany(ctx, buf, 8)
		}},
	} {
		if got := testing.AllocsPerRun(100, tt.f); got != tt.want {
			t.Errorf("%s: %v allocations, want %v", tt.name, got, tt.want)
		}
	}
}

// TestAllocationsWhileBlocking has the receiver wait for each value.
func TestAllocationsWhileBlocking(t *testing.T) {
	tx, rx := newInts(t, 8)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	acks := make(chan struct{})
	go func() {
		for range rx.All(ctx) {
			acks <- struct{}{}
		}
		close(acks)
	}()
	got := testing.AllocsPerRun(200, func() {
		tx.Send(1)
		<-acks
	})
	if got != 0 {
		t.Errorf("%v allocations per value, want 0", got)
	}
	cancel()
	<-acks
}

// TestLeaks drops handles without Close, and waits for the garbage collector to
// close them.
func TestLeaks(t *testing.T) {
	leaks := make(chan string, 2)
	onLeak := chans.OnLeak(func(handle, name string) { leaks <- handle + " " + name })
	reg := new(chans.Registry)
	tx, rx := broadcast.New[int](4, chans.Named("events"), chans.In(reg), onLeak)
	defer rx.Close()
	dropSender := func() { _ = tx.Clone() }
	dropSender()
	wantLeak(t, leaks, "broadcast.Sender events")

	dropReceiver := func() { _ = tx.Subscribe() }
	dropReceiver()
	wantLeak(t, leaks, "broadcast.Receiver events")

	got := reg.Snapshot()
	if len(got) != 1 || got[0].LeakedHandles != 2 || got[0].Senders != 1 || got[0].Receivers != 1 {
		t.Errorf("Snapshot() = %+v, want 2 leaked handles, 1 sender, 1 receiver", got)
	}
	tx.Close()
	rx.Close()
	tx, rx = nil, nil
	runtime.GC()
	if len(leaks) != 0 {
		t.Errorf("closed handle reported: %s", <-leaks)
	}
}

func wantLeak(t *testing.T, leaks <-chan string, want string) {
	t.Helper()
	runtime.GC() // queues the cleanup
	if got := <-leaks; got != want {
		t.Errorf("leak reported: %q, want %q", got, want)
	}
}

// TestLeakedSenderEndsReceiver has a receiver wait while the only sender is
// collected; and the receiver is used no more afterwards, but not a leak.
func TestLeakedSenderEndsReceiver(t *testing.T) {
	leaks := make(chan string, 2)
	rx := func() *broadcast.Receiver[int] {
		_, rx := broadcast.New[int](4, chans.OnLeak(func(handle, _ string) { leaks <- handle }))
		return rx
	}()
	done := make(chan error)
	go func() {
		_, err := rx.Recv(t.Context())
		done <- err
	}()
	wantLeak(t, leaks, "broadcast.Sender")
	if err := <-done; !errors.Is(err, broadcast.ErrClosed) {
		t.Errorf("Recv() = %v, want %v", err, broadcast.ErrClosed)
	}
	rx.Close()
}

// TestWaitingReceiverIsNoLeak has a goroutine hold nothing but a call of Recv:
// the garbage collector must not close the receiver under it.
func TestWaitingReceiverIsNoLeak(t *testing.T) {
	tx, first := broadcast.New[int](4)
	first.Close()
	defer tx.Close()
	reads := map[string]func(rx *broadcast.Receiver[int]) error{
		"Recv": func(rx *broadcast.Receiver[int]) error {
			_, err := rx.Recv(context.Background())
			return err
		},
		"RecvMany": func(rx *broadcast.Receiver[int]) error {
			_, err := rx.RecvMany(context.Background(), nil, 1)
			return err
		},
	}
	for name, read := range reads {
		done := make(chan error)
		go func() { done <- read(tx.Subscribe()) }()
		for tx.Receivers() == 0 {
			runtime.Gosched()
		}
		for range 5 {
			runtime.GC()
			runtime.Gosched()
		}
		if n, err := tx.Send(1); n != 1 || err != nil {
			t.Errorf("%s: Send() = %d, %v, want 1, nil", name, n, err)
		}
		if err := <-done; err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for tx.Receivers() > 0 { // now it is a leak
			runtime.GC()
		}
	}
}
