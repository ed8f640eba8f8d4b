package watch_test

import (
	"context"
	"runtime"
	"testing"
	"time"
	"weak"

	"github.com/chanlint/chanlint/runtime/chans"
	"github.com/chanlint/chanlint/runtime/watch"
)

// A big is a value whose release can be seen.
type big [128]byte

func TestReplacedValueIsReleased(t *testing.T) {
	v := new(big)
	p := weak.Make(v)
	tx, rx := watch.New(v)
	v = nil
	runtime.GC()
	if p.Value() == nil {
		t.Fatal("the present value is gone")
	}
	tx.Send(nil)
	runtime.GC()
	if p.Value() != nil {
		t.Error("the value is kept after it was replaced")
	}
	runtime.KeepAlive(rx)
	rx.Close()
	tx.Close()
}

// awaitLeak collects garbage until a leaked handle is reported.
func awaitLeak(t *testing.T, leaks <-chan string) string {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		runtime.GC()
		select {
		case leak := <-leaks:
			return leak
		case <-deadline:
			t.Fatal("no leaked handle was reported")
		default:
			runtime.Gosched()
		}
	}
}

// onLeak returns an option that reports leaks to the channel.
func onLeak() (chans.Option, <-chan string) {
	leaks := make(chan string, 10)
	return chans.OnLeak(func(handle, name string) { leaks <- handle + " " + name }), leaks
}

func TestForgottenReceiverIsClosedAndCounted(t *testing.T) {
	option, leaks := onLeak()
	tx, _ := watch.New(0, option, chans.Named("level"), chans.In(new(chans.Registry)))
	if got, want := awaitLeak(t, leaks), "watch.Receiver level"; got != want {
		t.Errorf("OnLeak was told %q, want %q", got, want)
	}
	if !fired(tx.Idle()) {
		t.Error("Idle did not fire for a forgotten receiver")
	}
	if s := tx.Stats(); s.LeakedHandles != 1 || s.Receivers != 0 {
		t.Errorf("Stats() = %v, want 1 leaked handle, 0 receivers", s)
	}
	tx.Close()
}

func TestForgottenSenderClosesTheWatch(t *testing.T) {
	option, leaks := onLeak()
	_, rx := watch.New(1, option)
	if got, want := awaitLeak(t, leaks), "watch.Sender "; got != want {
		t.Errorf("OnLeak was told %q, want %q", got, want)
	}
	if _, err := rx.Next(context.Background()); err != watch.ErrClosed {
		t.Errorf("Next: %v, want ErrClosed", err)
	}
	rx.Close()
}

func TestClosedHandlesAreNotReported(t *testing.T) {
	option, leaks := onLeak()
	tx, rx := watch.New(0, option)
	tx.Close()
	tx.Close()
	rx.Close()
	again, forgotten := watch.New(0, option, chans.Named("other"), chans.In(new(chans.Registry)))
	runtime.KeepAlive(forgotten)
	again.Close()
	if got, want := awaitLeak(t, leaks), "watch.Receiver other"; got != want {
		t.Errorf("the first leak is %q, want %q", got, want)
	}
	if s := rx.Stats(); s.LeakedHandles != 0 {
		t.Errorf("Stats() = %v, want no leaked handles", s)
	}
}

// TestWaitingReceiverIsInUse has a call wait on a receiver that nothing else
// refers to, and sees the clean-up of another one come and go.
func TestWaitingReceiverIsInUse(t *testing.T) {
	option, leaks := onLeak()
	tx, first := watch.New(0, option)
	first.Close()
	started := make(chan struct{})
	got := later(func() (int, error) {
		rx := tx.Subscribe()
		close(started)
		return rx.Next(context.Background())
	})
	<-started
	for range 3 {
		tx.Subscribe()
		awaitLeak(t, leaks)
	}
	wantWaiting(t, "Next", got)
	if n := tx.Receivers(); n != 1 {
		t.Errorf("Receivers() = %d, want 1", n)
	}
	tx.Send(7)
	<-got.Done()
	wantResult(t, "Next", got, 7, nil)
	tx.Close()
}

func TestRegistered(t *testing.T) {
	registry := new(chans.Registry)
	tx, rx := watch.New(0, chans.Named("config"), chans.In(registry))
	tx.Send(1)
	got := registry.Snapshot()
	if len(got) != 1 || got[0] != tx.Stats() || got[0] != rx.Stats() {
		t.Fatalf("Snapshot() = %v, want %v", got, tx.Stats())
	}
	want := chans.Stats{Name: "config", Kind: "watch", Senders: 1, Receivers: 1, Sent: 1}
	if got[0] != want {
		t.Errorf("Snapshot() = %v, want %v", got[0], want)
	}
	tx.Close()
	rx.Close()
	if got := tx.Stats(); !got.Closed || got.Senders != 0 || got.Receivers != 0 {
		t.Errorf("Stats() after Close = %v", got)
	}
}

func TestUnnamedIsNotListed(t *testing.T) {
	tx, rx := watch.New(0)
	for _, s := range chans.Default.Snapshot() {
		if s.Kind == "watch" {
			t.Errorf("a watch without a name is listed as %v", s)
		}
	}
	tx.Close()
	rx.Close()
}

// TestAllocs holds what the package comment promises.
func TestAllocs(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	tx, rx := watch.New(0)
	defer tx.Close()
	defer rx.Close()
	read := make(chan struct{})
	reader := tx.Subscribe()
	go func() {
		defer reader.Close()
		for range reader.Changes(ctx) {
			read <- struct{}{}
		}
	}()
	send := func() {
		tx.Send(1)
		<-read
	}
	for range 10 {
		send() // reaches the steady state
	}
	for _, tt := range []struct {
		name string
		want float64
		f    func()
	}{
		{"reading", 0, func() { rx.Get(); rx.GetAndMark(); rx.HasChanged(); rx.TryNext(); tx.Get() }},
		{"Send, and Next of one who waits", 1, send},
		{"Changed, nothing new", 0, func() { rx.MarkSeen(); rx.Changed() }},
		{"Changed, and a Send that fires it", 2, func() { rx.MarkSeen(); rx.Changed(); send() }},
		{"Changed, something new", 0, func() { rx.MarkChanged(); rx.Changed() }},
	} {
		if got := testing.AllocsPerRun(100, tt.f); got > tt.want {
			t.Errorf("%s: %v allocations, want at most %v", tt.name, got, tt.want)
		}
	}
}
