package mpsc_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"weak"

	"github.com/chanlint/chanlint/runtime/chans"
	"github.com/chanlint/chanlint/runtime/mpsc"
)

func TestMP34_WeakSender(t *testing.T) {
	tx, rx := mpsc.New[int](2)
	weak := tx.Weak()
	strong, ok := weak.Upgrade()
	if !ok {
		t.Fatal("Upgrade failed with an open sender")
	}
	tx.Close()
	wantErr(t, "TrySend on the upgraded handle", strong.TrySend(1), nil)
	p := reserve(t, strong, 1)
	strong.Close()
	if strong, ok = weak.Upgrade(); !ok {
		t.Fatal("Upgrade failed with a permit left")
	}
	p.Release()
	if rx.Closed() {
		t.Error("Closed = true with an upgraded handle open")
	}
	strong.Close()
	if s, ok := weak.Upgrade(); ok || s != nil {
		t.Errorf("Upgrade = %v, %t without senders, want nil, false", s, ok)
	}
	wantRecv(t, rx, 1, nil)
	wantRecv(t, rx, 0, mpsc.ErrClosed)
	if _, ok := (mpsc.WeakSender[int]{}).Upgrade(); ok {
		t.Error("Upgrade of the zero WeakSender succeeded")
	}
}

func TestMP35_SenderCount(t *testing.T) {
	tx, rx := mpsc.New[int](1)
	check := func(what string, want int) {
		t.Helper()
		if got := rx.Stats().Senders; got != want {
			t.Errorf("%s: Stats.Senders = %d, want %d", what, got, want)
		}
	}
	check("fresh", 1)
	clone := tx.Clone()
	check("cloned", 2)
	weak := clone.Weak()
	check("weak", 2)
	strong, _ := weak.Upgrade()
	check("upgraded", 3)
	clone.Close()
	clone.Close()
	check("closed twice", 2)
	strong.Close()
	tx.Close()
	check("all closed", 0)
}

func TestMP36_ActorWithAWeakSenderEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](4)
		self := tx.Weak()
		var got []int
		actor := start(func() error {
			for n := range rx.All(t.Context()) {
				got = append(got, n)
				if again, ok := self.Upgrade(); ok {
					again.TrySend(n - 1)
					again.Close()
				}
			}
			return nil
		})
		actor.blocks(t, "actor with a sender outside")
		tx.TrySend(2)
		tx.TrySend(7)
		tx.Close() // before the actor runs: it can send to itself no more
		actor.returns(t, "actor without a sender outside", nil)
		if got, want := fmt.Sprint(got), "[2 7]"; got != want {
			t.Errorf("received %s, want %s", got, want)
		}
	})
}

func TestMP37_Same(t *testing.T) {
	tx, _ := mpsc.New[int](1)
	other, _ := mpsc.New[int](1)
	if !tx.Same(tx.Clone()) {
		t.Error("Same = false for a clone")
	}
	if tx.Same(other) {
		t.Error("Same = true for another channel")
	}
}

// secret cannot be compared, and must not be printed.
type secret struct{ f func() }

func (secret) String() string { panic("a value was printed") }

func TestMP38_AnyTypeAndNoValuesInOutput(t *testing.T) {
	tx, rx := mpsc.New[secret](2, chans.Named("secrets"), chans.In(new(chans.Registry)))
	tx.TrySend(secret{})
	p, _ := tx.TryReserve()
	const want = "mpsc secrets: 1/2 queued, 1 sent, 0 received, 1 reserved"
	if got := fmt.Sprint(tx); got != want {
		t.Errorf("Sender prints %q, want %q", got, want)
	}
	if got := fmt.Sprintf("%+v", rx); got != want {
		t.Errorf("Receiver prints %q, want %q", got, want)
	}
	_ = fmt.Sprintf("%+v %+v", p, tx.Weak())
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "ch", tx.Stats())
	if got, want := log.String(), "ch.name=secrets ch.kind=mpsc ch.len=1 ch.cap=2"; !strings.Contains(got, want) {
		t.Errorf("log has %q, want it to contain %q", got, want)
	}
}

// eventually runs the garbage collector until f reports true.
func eventually(t *testing.T, what string, f func() bool) {
	t.Helper()
	for range 500 { // counted, not timed: the clock of a bubble stands still
		if f() {
			return
		}
		runtime.GC()
		runtime.Gosched()
	}
	t.Fatalf("not after 500 garbage collections: %s", what)
}

// newWeak returns a value and a weak pointer to it.
func newWeak() (*[16]int, weak.Pointer[[16]int]) {
	v := new([16]int)
	return v, weak.Make(v)
}

func TestMP33_ReceivedValuesAreReleased(t *testing.T) {
	tx, rx := mpsc.New[*[16]int](4)
	defer tx.Close()
	var values []weak.Pointer[[16]int]
	for range 4 {
		v, w := newWeak()
		tx.TrySend(v)
		values = append(values, w)
	}
	rx.TryRecv()
	rx.RecvMany(t.Context(), nil, 2)
	eventually(t, "received values are released", func() bool {
		return values[0].Value() == nil && values[1].Value() == nil && values[2].Value() == nil
	})
	if values[3].Value() == nil {
		t.Error("a queued value was released")
	}
	runtime.KeepAlive(rx)
}

func TestMP33_CloseAndForgetReleasesValues(t *testing.T) {
	tx, rx := mpsc.New[*[16]int](4)
	v, queued := newWeak()
	tx.TrySend(v)
	p, _ := tx.TryReserve()
	rx.Close()
	rx = nil
	v = nil
	eventually(t, "queued values are released", func() bool { return queued.Value() == nil })

	// By now the cleanup has run: what comes later is never stored.
	v, later := newWeak()
	p.Send(v)
	v = nil
	eventually(t, "the value of a permit is released", func() bool { return later.Value() == nil })
	if s := tx.Stats(); s.Len != 0 || s.Sent != 2 || s.Received != 0 || s.LeakedHandles != 0 {
		t.Errorf("Stats = %+v, want nothing queued, received or leaked", s)
	}
}

func TestMP33_WaitingSendersKeepNoValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[*[16]int](1)
		tx.TrySend(nil)
		v, w := newWeak()
		send := start(func() error { return tx.Send(t.Context(), v) })
		rx.Close()
		send.returns(t, "Send", mpsc.ErrClosed)
		v, send = nil, nil
		eventually(t, "the value of a refused Send is released", func() bool { return w.Value() == nil })
		tx.Close()
	})
}

// A leakLog records the arguments of OnLeak.
type leakLog chan string

func (l leakLog) option() chans.Option {
	return chans.OnLeak(func(handle, name string) { l <- handle + " " + name })
}

func TestLeakedSender(t *testing.T) {
	leaks := make(leakLog, 1)
	tx, rx := mpsc.New[int](1, leaks.option(), chans.Named("jobs"), chans.In(new(chans.Registry)))
	tx.TrySend(1)
	tx = nil
	end := make(chan error)
	go func() {
		for range rx.All(t.Context()) {
		}
		_, err := rx.Recv(t.Context())
		end <- err
	}()
	eventually(t, "the leak is reported", func() bool { return len(leaks) > 0 })
	wantErr(t, "Recv after the leak", <-end, mpsc.ErrClosed)
	if got, want := <-leaks, "mpsc.Sender jobs"; got != want {
		t.Errorf("OnLeak was told %q, want %q", got, want)
	}
	if got := rx.Stats().LeakedHandles; got != 1 {
		t.Errorf("Stats.LeakedHandles = %d, want 1", got)
	}
}

func TestLeakedReceiver(t *testing.T) {
	leaks := make(leakLog, 1)
	tx, rx := mpsc.New[int](1, leaks.option())
	rx.Ready()
	rx = nil
	fill(t, tx)
	end := make(chan error)
	go func() { end <- tx.Send(t.Context(), 1) }()
	eventually(t, "the leak is reported", func() bool { return len(leaks) > 0 })
	wantErr(t, "Send after the leak", <-end, mpsc.ErrClosed)
	<-tx.Done()
	if got, want := <-leaks, "mpsc.Receiver "; got != want {
		t.Errorf("OnLeak was told %q, want %q", got, want)
	}
}

// A handle that is only held by a blocked call is not garbage.
func TestBlockedCallsKeepTheirHandle(t *testing.T) {
	leaks := make(leakLog, 2)
	tx, rx := mpsc.New[int](1, leaks.option())
	got := make(chan int)
	go func(rx *mpsc.Receiver[int]) {
		v, _ := rx.Recv(t.Context())
		got <- v
	}(rx)
	rx = nil
	for range 5 {
		runtime.GC()
	}
	wantErr(t, "Send", tx.Send(t.Context(), 7), nil)
	if v := <-got; v != 7 {
		t.Errorf("Recv = %d, want 7", v)
	}
	if len(leaks) > 0 {
		t.Errorf("OnLeak was told %q", <-leaks)
	}
}

// Once the other side is gone, nobody waits for a handle: dropping it is fine.
func TestNoLeakWhenNobodyWaits(t *testing.T) {
	leaks := make(leakLog, 4)
	tx, rx := mpsc.New[int](1, leaks.option())
	tx.Close()
	wantRecv(t, rx, 0, mpsc.ErrClosed)
	other, gone := mpsc.New[int](1, leaks.option())
	gone.Close()
	wantErr(t, "TrySend", other.TrySend(1), mpsc.ErrClosed)
	wtx, wrx := weak.Make(other), weak.Make(rx)
	tx, rx, other = nil, nil, nil
	eventually(t, "the handles are gone", func() bool { return wtx.Value() == nil && wrx.Value() == nil })
	for range 3 {
		runtime.GC()
	}
	if len(leaks) > 0 {
		t.Errorf("OnLeak was told %q", <-leaks)
	}
	runtime.KeepAlive(gone)
}
