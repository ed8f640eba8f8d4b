package oneshot_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/chans"
	"github.com/chanlint/chanlint/runtime/oneshot"
)

// A result is what a receive returned.
type result struct {
	v   int
	err error
}

// goRecv starts a Recv and returns where its result will be.
func goRecv(ctx context.Context, rx oneshot.Receiver[int]) *oneshot.Value[result] {
	got := new(oneshot.Value[result])
	go func() {
		v, err := rx.Recv(ctx)
		got.Set(result{v, err})
	}()
	return got
}

func wantTryRecv(t *testing.T, rx oneshot.Receiver[int], v int, err error) {
	t.Helper()
	if gotV, gotErr := rx.TryRecv(); gotV != v || gotErr != err {
		t.Errorf("TryRecv() = %d, %v, want %d, %v", gotV, gotErr, v, err)
	}
}

func TestOS01_SendWakesTheWaitingReceiver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		for _, ctx := range []context.Context{context.Background(), ctx} {
			tx, rx := oneshot.New[int]()
			got := goRecv(ctx, rx)
			synctest.Wait()
			if r, ok := got.Get(); ok {
				t.Fatalf("Recv returned %v before Send", r)
			}
			if !tx.Send(7) {
				t.Error("Send(7) = false, want true")
			}
			synctest.Wait()
			if r, ok := got.Get(); !ok || r != (result{7, nil}) {
				t.Errorf("after Send(7), Recv returned %v, %t; want {7 nil}, true", r, ok)
			}
		}
	})
}

func TestOS02_ValueSentFirstIsKept(t *testing.T) {
	tx, rx := oneshot.New[int]()
	tx.Send(7)
	v, err := rx.Recv(context.Background())
	if v != 7 || err != nil {
		t.Errorf("Recv() = %d, %v, want 7, nil", v, err)
	}
}

func TestOS02_ValueIsPreferredToAnEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	tx, rx := oneshot.New[int]()
	if _, err := rx.Recv(ctx); err != context.Canceled {
		t.Errorf("Recv of nothing with an ended context: error %v, want %v", err, context.Canceled)
	}
	tx.Send(7)
	if v, err := rx.Recv(ctx); v != 7 || err != nil {
		t.Errorf("Recv of 7 with an ended context = %d, %v, want 7, nil", v, err)
	}
}

func TestOS03_SenderCloseWakesTheReceiver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := oneshot.New[int]()
		got := goRecv(t.Context(), rx)
		synctest.Wait()
		tx.Close()
		synctest.Wait()
		if r, ok := got.Get(); !ok || r.err != oneshot.ErrClosed {
			t.Errorf("after Close, Recv returned %v, %t; want ErrClosed, true", r, ok)
		}
		if tx.Send(1) {
			t.Error("Send after Close = true, want false")
		}
		tx.Close()
	})
	if !errors.Is(oneshot.ErrClosed, chans.ErrClosed) || !errors.Is(oneshot.ErrEmpty, chans.ErrEmpty) {
		t.Error("the errors are not those of package chans")
	}
}

func TestOS04_SendFailsWhenTheReceiverIsGone(t *testing.T) {
	tx, rx := oneshot.New[int]()
	rx.Close()
	if tx.Send(7) {
		t.Error("Send after the receiver closed = true, want false")
	}
	wantTryRecv(t, rx, 0, oneshot.ErrClosed)
}

func TestOS05_SenderLearnsThatTheReceiverIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := oneshot.New[int]()
		var gone oneshot.Value[bool]
		go func() {
			<-tx.Done()
			gone.Set(tx.Closed())
		}()
		synctest.Wait()
		if _, ok := gone.Get(); ok || tx.Closed() {
			t.Fatalf("before Close: Done fired %t, Closed() = %t, want false, false", ok, tx.Closed())
		}
		rx.Close()
		synctest.Wait()
		if closed, ok := gone.Get(); !ok || !closed {
			t.Errorf("after Close: Done fired %t, Closed() = %t, want true, true", ok, closed)
		}
	})
}

func TestOS05_DoneFiresAfterSendSoThatNoWatcherStays(t *testing.T) {
	tx, _ := oneshot.New[int]()
	before := tx.Done()
	tx.Send(1)
	if !isClosed(before) || !isClosed(tx.Done()) {
		t.Errorf("after Send, Done asked for before and after is closed: %t, %t; want true, true",
			isClosed(before), isClosed(tx.Done()))
	}
}

func TestOS06_CloseAfterSendKeepsTheValue(t *testing.T) {
	for _, recv := range []string{"Recv", "TryRecv", "C"} {
		tx, rx := oneshot.New[int]()
		tx.Send(7)
		rx.Close()
		tx.Close()
		var v int
		var err error
		switch recv {
		case "Recv":
			v, err = rx.Recv(context.Background())
		case "TryRecv":
			v, err = rx.TryRecv()
		case "C":
			v = <-rx.C()
		}
		if v != 7 || err != nil {
			t.Errorf("%s after Send(7) and Close = %d, %v, want 7, nil", recv, v, err)
		}
	}
}

func TestOS07_CloseBeforeSend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := oneshot.New[int]()
		done, out := tx.Done(), rx.C()
		got := goRecv(context.Background(), rx)
		synctest.Wait()
		rx.Close()
		rx.Close()
		synctest.Wait()
		if r, ok := got.Get(); !ok || r.err != oneshot.ErrClosed {
			t.Errorf("Recv while closing returned %v, %t; want ErrClosed, true", r, ok)
		}
		if _, err := rx.Recv(context.Background()); err != oneshot.ErrClosed {
			t.Errorf("Recv after Close: error %v, want ErrClosed", err)
		}
		wantTryRecv(t, rx, 0, oneshot.ErrClosed)
		if !isClosed(done) {
			t.Error("Done is open after the receiver closed")
		}
		if v, ok := <-out; ok {
			t.Errorf("C delivered %d after Close, want none", v)
		}
		if tx.Send(1) {
			t.Error("Send after Close = true, want false")
		}
	})
}

func TestOS08_TryRecvEmptyValueClosed(t *testing.T) {
	tx, rx := oneshot.New[int]()
	wantTryRecv(t, rx, 0, oneshot.ErrEmpty)
	tx.Send(7)
	wantTryRecv(t, rx, 7, nil)
	wantTryRecv(t, rx, 0, oneshot.ErrClosed)
}

func TestOS09_RecvAfterTheValueWasTaken(t *testing.T) {
	tx, rx := oneshot.New[int]()
	tx.Send(7)
	rx.TryRecv()
	for range 2 {
		if v, err := rx.Recv(context.Background()); v != 0 || err != oneshot.ErrClosed {
			t.Errorf("Recv after the value was taken = %d, %v, want 0, ErrClosed", v, err)
		}
	}
}

func TestOS10_EmptyAndFinished(t *testing.T) {
	type end = struct {
		oneshot.Sender[int]
		oneshot.Receiver[int]
	}
	steps := map[string]func(e end){
		"send":   func(e end) { e.Send(7) },
		"closeT": func(e end) { e.Sender.Close() },
		"closeR": func(e end) { e.Receiver.Close() },
		"take":   func(e end) { e.TryRecv() },
		"recv":   func(e end) { e.Recv(context.Background()) },
		"C":      func(e end) { e.C() },
		"takeC":  func(e end) { <-e.C() },
	}
	for _, tt := range []struct {
		path            string
		empty, finished bool
	}{
		{"", true, false},
		{"C", true, false},
		{"send", false, false},
		{"send closeR", false, false},
		{"send closeT", false, false},
		{"send C", false, false},
		{"C send", false, false},
		{"send take", true, true},
		{"send recv", true, true},
		{"send takeC", true, true},
		{"C send takeC", true, true},
		{"C send take", true, true},
		{"send closeR take", true, true},
		{"closeT", true, true},
		{"closeR", true, true},
		{"closeR send", true, true},
		{"C closeT", true, true},
	} {
		tx, rx := oneshot.New[int]()
		for _, step := range strings.Fields(tt.path) {
			steps[step](end{tx, rx})
		}
		if e, f := rx.Empty(), rx.Finished(); e != tt.empty || f != tt.finished {
			t.Errorf("after %q: Empty() = %t, Finished() = %t, want %t, %t", tt.path, e, f, tt.empty, tt.finished)
		}
	}
}

// TestOS11 lets a Send, the end of a context and a Close meet. The value is
// returned or still there, and Send knows which.
func TestOS11_CancelledRecvAgreesWithSend(t *testing.T) {
	var delivered, late, refused int
	for range 3000 {
		tx, rx := oneshot.New[int]()
		ctx, cancel := context.WithCancel(context.Background())
		var wg sync.WaitGroup
		var ok bool
		wg.Go(func() { ok = tx.Send(7) })
		wg.Go(cancel)
		v, err := rx.Recv(ctx)
		if err == nil {
			delivered++
		} else {
			if err != context.Canceled {
				t.Fatalf("Recv: error %v, want %v", err, context.Canceled)
			}
			rx.Close()
			if v, err = rx.TryRecv(); err == nil {
				late++
			} else {
				refused++
			}
		}
		wg.Wait()
		if ok != (err == nil) || ok != (v == 7) {
			t.Fatalf("Send(7) = %t, but the receiver has %d, %v", ok, v, err)
		}
	}
	t.Logf("%d delivered, %d found after Close, %d refused", delivered, late, refused)
}

func TestOS12_SecondSendReturnsFalse(t *testing.T) {
	tx, rx := oneshot.New[int]()
	if first, second := tx.Send(1), tx.Send(2); !first || second {
		t.Errorf("Send twice = %t, %t, want true, false", first, second)
	}
	wantTryRecv(t, rx, 1, nil)
	if tx.Send(3) {
		t.Error("Send after the value was taken = true, want false")
	}
	wantTryRecv(t, rx, 0, oneshot.ErrClosed)
}

func TestOS15_NativeSelect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := oneshot.New[int]()
		quit := make(chan struct{})
		var got oneshot.Value[result]
		go func() {
			select {
			case v, ok := <-rx.C():
				if !ok {
					got.Set(result{0, oneshot.ErrClosed})
					return
				}
				got.Set(result{v, nil})
			case <-quit:
			}
		}()
		synctest.Wait()
		tx.Send(7)
		synctest.Wait()
		if r, ok := got.Get(); !ok || r != (result{7, nil}) {
			t.Errorf("select on C got %v, %t; want {7 nil}, true", r, ok)
		}
		if v, ok := <-rx.C(); ok {
			t.Errorf("C delivered a second value, %d", v)
		}
		wantTryRecv(t, rx, 0, oneshot.ErrClosed)
	})
}

func TestOS15_RecvAndCShareTheValue(t *testing.T) {
	tx, rx := oneshot.New[int]()
	out := rx.C()
	tx.Send(7)
	wantTryRecv(t, rx, 7, nil)
	if v, ok := <-out; ok {
		t.Errorf("C delivered %d after TryRecv took the value", v)
	}
}

func TestZeroHandlesPanicWithTheConstructor(t *testing.T) {
	var tx oneshot.Sender[int]
	var rx oneshot.Receiver[int]
	for name, f := range map[string]func(){
		"Send":     func() { tx.Send(1) },
		"Close":    tx.Close,
		"Done":     func() { tx.Done() },
		"Closed":   func() { tx.Closed() },
		"Recv":     func() { rx.Recv(context.Background()) },
		"TryRecv":  func() { rx.TryRecv() },
		"C":        func() { rx.C() },
		"Empty":    func() { rx.Empty() },
		"Finished": func() { rx.Finished() },
	} {
		got := panicText(f)
		if !strings.HasPrefix(got, "oneshot: "+name+" called on a zero ") || !strings.HasSuffix(got, "make it with New") {
			t.Errorf("%s on a zero handle panicked with %q", name, got)
		}
	}
	if got := panicText(rx.Close); !strings.Contains(got, "zero Receiver") {
		t.Errorf("Close on a zero Receiver panicked with %q", got)
	}
}
