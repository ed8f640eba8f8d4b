package watch_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/oneshot"
	"github.com/chanlint/chanlint/runtime/watch"
)

func TestWA09_SendStoresWithoutReceivers(t *testing.T) {
	tx, rx := watch.New(0)
	if got := tx.Receivers(); got != 1 {
		t.Errorf("Receivers() = %d, want 1", got)
	}
	rx.Close()
	if got := tx.Receivers(); got != 0 {
		t.Errorf("Receivers() after Close = %d, want 0", got)
	}
	if err := tx.Send(1); err != nil {
		t.Errorf("Send without receivers: %v, want nil", err)
	}
	if got := tx.Get(); got != 1 {
		t.Errorf("Get() = %d, want 1", got)
	}
	late := tx.Subscribe()
	if got := late.Get(); got != 1 {
		t.Errorf("Get() of a later subscriber = %d, want 1", got)
	}
	wantTryNext(t, late, 0, watch.ErrEmpty)
	late.Close()
	tx.Close()
}

func TestWA10_SwapReturnsTheOldValue(t *testing.T) {
	tx, rx := watch.New(1)
	if old, err := tx.Swap(2); old != 1 || err != nil {
		t.Errorf("Swap(2) = %d, %v, want 1, nil", old, err)
	}
	wantTryNext(t, rx, 2, nil)
	rx.Close()
	if old, err := tx.Swap(3); old != 2 || err != nil {
		t.Errorf("Swap(3) without receivers = %d, %v, want 2, nil", old, err)
	}
	if got := tx.Get(); got != 3 {
		t.Errorf("Get() = %d, want 3", got)
	}
	tx.Close()
}

func TestWA11_UpdateNotifiesIfToldSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(1)
		got := goNext(t.Context(), rx)
		set := func(v int, ok bool) bool { return tx.Update(func(p *int) bool { *p += v; return ok }) }
		if set(10, false) {
			t.Error("Update = true though its function said false")
		}
		synctest.Wait()
		wantWaiting(t, "Next", got)
		if v := tx.Get(); v != 1 {
			t.Errorf("Get() = %d after an update that was not wanted, want 1", v)
		}
		if !set(10, true) {
			t.Error("Update = false, want true")
		}
		synctest.Wait()
		wantResult(t, "Next", got, 11, nil)
		tx.Close()
		rx.Close()
	})
}

func TestWA11_UpdateLeavesEarlierValuesAlone(t *testing.T) {
	type config struct{ level, limit int }
	tx, rx := watch.New(config{1, 10})
	before := rx.Get()
	tx.Update(func(c *config) bool { c.level = 2; return true })
	if before != (config{1, 10}) {
		t.Errorf("the value read before Update has become %v", before)
	}
	if got, want := rx.Get(), (config{2, 10}); got != want {
		t.Errorf("Get() = %v, want %v", got, want)
	}
	tx.Close()
	rx.Close()
}

func TestWA11_UpdateIsCalledAgainIfAnotherSenderWasFaster(t *testing.T) {
	tx, rx := watch.New(1)
	var saw []int
	ok := tx.Update(func(p *int) bool {
		if saw = append(saw, *p); len(saw) == 1 {
			tx.Send(100)
		}
		*p++
		return true
	})
	if !ok || len(saw) != 2 || saw[1] != 100 || rx.Get() != 101 {
		t.Errorf("Update = %t with calls for %v, value %d; want true, [1 100], 101", ok, saw, rx.Get())
	}
	ok = tx.Update(func(p *int) bool { tx.Close(); *p = 0; return true })
	if ok || rx.Get() != 101 {
		t.Errorf("Update that was overtaken by Close = %t, value %d; want false, 101", ok, rx.Get())
	}
	rx.Close()
}

func TestWA11_ConcurrentUpdatesAllCount(t *testing.T) {
	const goroutines, each = 4, 500
	tx, rx := watch.New(0)
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for range each {
				tx.Update(func(p *int) bool { *p++; return true })
			}
		})
	}
	wg.Wait()
	if got := rx.Get(); got != goroutines*each {
		t.Errorf("%d updates by one gave %d", goroutines*each, got)
	}
	tx.Close()
	rx.Close()
}

func TestWA12_PanicInUpdateLeavesTheValueWhole(t *testing.T) {
	type pair struct{ a, b int }
	tx, rx := watch.New(pair{1, 1})
	got := panicText(func() {
		tx.Update(func(p *pair) bool {
			p.a = 2
			panic("half way")
		})
	})
	if got != "half way" {
		t.Errorf("Update panicked with %q, want \"half way\"", got)
	}
	if got := rx.Get(); got != (pair{1, 1}) {
		t.Errorf("Get() = %v, want {1 1}", got)
	}
	if fired(rx.Changed()) {
		t.Error("Changed fired for an update that panicked")
	}
	if !tx.Update(func(p *pair) bool { *p = pair{3, 3}; return true }) || rx.Get() != (pair{3, 3}) {
		t.Errorf("a later Update gave %v, want {3 3}", rx.Get())
	}
	tx.Close()
	rx.Close()
}

func TestWA14_IdleAndReopen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(0)
		clone := rx.Clone()
		idle := tx.Idle()
		var left oneshot.Value[bool]
		go func() { <-idle; left.Set(true) }()
		rx.Close()
		rx.Close() // counts once
		synctest.Wait()
		if _, ok := left.Get(); ok {
			t.Error("Idle fired with a receiver open")
		}
		clone.Close()
		synctest.Wait()
		if _, ok := left.Get(); !ok || !fired(tx.Idle()) {
			t.Error("Idle did not fire when the last receiver closed")
		}
		again := tx.Subscribe()
		if fired(tx.Idle()) {
			t.Error("Idle fires though there is a new receiver")
		}
		tx.Send(1)
		wantTryNext(t, again, 1, nil)
		again.Close()
		if !fired(tx.Idle()) {
			t.Error("Idle does not fire a second time")
		}
		tx.Close()
	})
}

func TestWA15_LastSenderCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx1, rx := watch.New(0)
		tx2 := tx1.Clone()
		got := goNext(t.Context(), rx)
		tx1.Close()
		tx1.Close() // counts once
		synctest.Wait()
		wantWaiting(t, "Next with a sender open", got)
		wantChanged(t, rx, false, nil)
		if err := tx1.Send(1); err != watch.ErrClosed {
			t.Errorf("Send on the closed handle: %v, want ErrClosed", err)
		}
		if dead := tx1.Clone(); dead.Send(1) != watch.ErrClosed {
			t.Error("the clone of a closed sender is open")
		}
		if err := tx2.Send(2); err != nil {
			t.Errorf("Send on the open handle: %v, want nil", err)
		}
		synctest.Wait()
		wantResult(t, "Next", got, 2, nil)
		tx2.Close()
		wantTryNext(t, rx, 0, watch.ErrClosed)
		rx.Close()
	})
}

func TestWA16_ReaderBlocksNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(1)
		release := make(chan struct{})
		got := later(func() (int, error) {
			return rx.WaitFor(t.Context(), func(v int) bool { <-release; return true })
		})
		synctest.Wait() // the predicate is looking at 1
		tx.Send(2)
		if v := tx.Get(); v != 2 {
			t.Errorf("Get() = %d while a reader looks at 1, want 2", v)
		}
		close(release)
		synctest.Wait()
		wantResult(t, "WaitFor", got, 1, nil)
		wantTryNext(t, rx, 2, nil)
		tx.Close()
		rx.Close()
	})
}

func TestSenderAfterClose(t *testing.T) {
	tx, rx := watch.New(1)
	tx.Close()
	if err := tx.Send(2); err != watch.ErrClosed {
		t.Errorf("Send after Close: %v, want ErrClosed", err)
	}
	if v, err := tx.Swap(2); v != 1 || err != watch.ErrClosed {
		t.Errorf("Swap after Close = %d, %v, want 1, ErrClosed", v, err)
	}
	if tx.Update(func(*int) bool { t.Error("Update after Close called its function"); return true }) {
		t.Error("Update after Close = true, want false")
	}
	late := tx.Subscribe()
	if got := late.Get(); got != 1 {
		t.Errorf("Get() of a subscriber after Close = %d, want 1", got)
	}
	wantTryNext(t, late, 0, watch.ErrClosed)
	late.Close()
	rx.Close()
}

func TestUnmadeHandlesPanicWithTheConstructor(t *testing.T) {
	ctx := context.Background()
	for _, tx := range []*watch.Sender[int]{nil, {}} {
		for name, f := range map[string]func(){
			"Send": func() { tx.Send(1) }, "Swap": func() { tx.Swap(1) },
			"Update": func() { tx.Update(func(*int) bool { return true }) },
			"Get":    func() { tx.Get() }, "Subscribe": func() { tx.Subscribe() },
			"Idle": func() { tx.Idle() }, "Clone": func() { tx.Clone() },
			"Close": tx.Close, "Stats": func() { tx.Stats() },
		} {
			wantUnmade(t, name, "Sender", f)
		}
	}
	for _, rx := range []*watch.Receiver[int]{nil, {}} {
		for name, f := range map[string]func(){
			"Get": func() { rx.Get() }, "GetAndMark": func() { rx.GetAndMark() },
			"HasChanged": func() { rx.HasChanged() }, "Changed": func() { rx.Changed() },
			"TryNext": func() { rx.TryNext() }, "Next": func() { rx.Next(ctx) },
			"WaitFor": func() { rx.WaitFor(ctx, func(int) bool { return true }) },
			"Values":  func() { rx.Values(ctx) }, "Changes": func() { rx.Changes(ctx) },
			"MarkChanged": rx.MarkChanged, "MarkSeen": rx.MarkSeen,
			"Clone": func() { rx.Clone() }, "Close": rx.Close, "Stats": func() { rx.Stats() },
		} {
			wantUnmade(t, name, "Receiver", f)
		}
	}
}

func wantUnmade(t *testing.T, method, handle string, f func()) {
	t.Helper()
	got := panicText(f)
	want := "watch: " + method + " called on a nil or zero " + handle
	if !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "make it with New") {
		t.Errorf("%s on a %s that was not made panicked with %q", method, handle, got)
	}
}
