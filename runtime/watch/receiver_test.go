package watch_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/chans"
	"github.com/chanlint/chanlint/runtime/watch"
)

func TestWA01_InitialValueIsNotChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(1)
		defer tx.Close()
		defer rx.Close()
		if got := rx.Get(); got != 1 {
			t.Errorf("Get() = %d, want 1", got)
		}
		if fired(rx.Changed()) {
			t.Error("Changed fired without a send")
		}
		wantChanged(t, rx, false, nil)
		wantTryNext(t, rx, 0, watch.ErrEmpty)
		got := goNext(t.Context(), rx)
		synctest.Wait()
		wantWaiting(t, "Next of the initial value", got)
		tx.Send(2)
		synctest.Wait()
		wantResult(t, "Next after Send(2)", got, 2, nil)
	})
}

func TestWA02_SendsCoalesceToTheNewest(t *testing.T) {
	tx, rx1 := watch.New(0)
	rx2 := tx.Subscribe()
	before := rx1.Changed()
	for v := range 4 {
		tx.Send(v)
	}
	for i, rx := range []*watch.Receiver[int]{rx1, rx2} {
		if !fired(rx.Changed()) {
			t.Errorf("receiver %d: Changed did not fire after three sends", i)
		}
		if !fired(rx.Changed()) {
			t.Errorf("receiver %d: Changed fired once only, want it until the value is taken", i)
		}
		wantTryNext(t, rx, 3, nil)
		wantTryNext(t, rx, 0, watch.ErrEmpty)
		if fired(rx.Changed()) {
			t.Errorf("receiver %d: Changed fires with everything seen", i)
		}
	}
	if !fired(before) {
		t.Error("the channel of Changed asked for before the sends did not fire")
	}
	tx.Close()
	rx1.Close()
	rx2.Close()
}

func TestWA02_SendWakesEveryReceiver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx1 := watch.New(0)
		rx2 := tx.Subscribe()
		for v := 1; v <= 3; v++ { // waits with one context several times
			got1, got2 := goNext(t.Context(), rx1), goNext(context.Background(), rx2)
			synctest.Wait()
			wantWaiting(t, "Next", got1)
			wantWaiting(t, "Next", got2)
			tx.Send(v)
			synctest.Wait()
			wantResult(t, "Next", got1, v, nil)
			wantResult(t, "Next", got2, v, nil)
		}
		rx1.Close()
		rx2.Close()
	})
}

func TestWA03_EachReceiverHasSeenItsOwn(t *testing.T) {
	tx, rx1 := watch.New(0)
	rx2 := rx1.Clone()
	tx.Send(1)
	wantTryNext(t, rx1, 1, nil)
	wantChanged(t, rx2, true, nil)
	rx3 := rx2.Clone() // has not seen 1
	rx4 := rx1.Clone() // has
	rx5 := tx.Subscribe()
	wantTryNext(t, rx2, 1, nil)
	wantTryNext(t, rx3, 1, nil)
	wantTryNext(t, rx4, 0, watch.ErrEmpty)
	wantTryNext(t, rx5, 0, watch.ErrEmpty)
	tx.Send(2)
	for _, rx := range []*watch.Receiver[int]{rx1, rx2, rx3, rx4, rx5} {
		wantTryNext(t, rx, 2, nil)
		rx.Close()
	}
	tx.Close()
}

func TestWA04_GetDoesNotMark(t *testing.T) {
	tx, rx := watch.New(0)
	tx.Send(1)
	for range 2 {
		if got := rx.Get(); got != 1 {
			t.Errorf("Get() = %d, want 1", got)
		}
		wantChanged(t, rx, true, nil)
	}
	if got := rx.GetAndMark(); got != 1 {
		t.Errorf("GetAndMark() = %d, want 1", got)
	}
	wantChanged(t, rx, false, nil)
	tx.Close()
	rx.Close()
}

func TestWA05_HasChanged(t *testing.T) {
	tx, rx := watch.New(0)
	wantChanged(t, rx, false, nil)
	tx.Send(1)
	wantChanged(t, rx, true, nil)
	tx.Close()
	wantChanged(t, rx, true, watch.ErrClosed)
	wantTryNext(t, rx, 1, nil)
	wantChanged(t, rx, false, watch.ErrClosed)
	rx.Close()
	if !errors.Is(watch.ErrClosed, chans.ErrClosed) || !errors.Is(watch.ErrEmpty, chans.ErrEmpty) {
		t.Error("the errors are not those of package chans")
	}
}

func TestWA06_FinalValueThenClosed(t *testing.T) {
	tx, rx := watch.New(0)
	tx.Send(1)
	tx.Close()
	if !fired(rx.Changed()) {
		t.Error("Changed did not fire for the final value")
	}
	for _, want := range []result{{1, nil}, {0, watch.ErrClosed}, {0, watch.ErrClosed}} {
		v, err := rx.Next(context.Background())
		if got := (result{v, err}); got != want {
			t.Errorf("Next() = %v, want %v", got, want)
		}
	}
	wantTryNext(t, rx, 0, watch.ErrClosed)
	rx.Close()
}

func TestWA07_ClosedWithEverythingSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(1)
		got := goNext(t.Context(), rx)
		changed := rx.Changed()
		synctest.Wait()
		wantWaiting(t, "Next", got)
		tx.Close()
		synctest.Wait()
		wantResult(t, "Next while closing", got, 0, watch.ErrClosed)
		if !fired(changed) || !fired(rx.Changed()) {
			t.Error("Changed did not fire on close")
		}
		if got := rx.Get(); got != 1 {
			t.Errorf("Get() after close = %d, want 1", got)
		}
		rx.Close()
	})
}

func TestWA08_MarkChangedAndMarkSeen(t *testing.T) {
	tx, rx := watch.New(1)
	for range 3 { // also for the first version: there is none before it
		rx.MarkChanged()
	}
	if !fired(rx.Changed()) {
		t.Error("Changed did not fire after MarkChanged")
	}
	wantTryNext(t, rx, 1, nil)
	wantTryNext(t, rx, 0, watch.ErrEmpty)
	tx.Send(2)
	rx.MarkSeen()
	wantChanged(t, rx, false, nil)
	tx.Send(3)
	wantTryNext(t, rx, 3, nil)
	tx.Close()
	rx.Close()
}

func TestWA08_MarkChangedWakesThisReceiverOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(1)
		other := rx.Clone()
		got, gotOther := goNext(t.Context(), rx), goNext(t.Context(), other)
		synctest.Wait()
		changed, changedOther := rx.Changed(), other.Changed()
		rx.MarkChanged()
		synctest.Wait()
		wantResult(t, "Next after MarkChanged", got, 1, nil)
		wantWaiting(t, "Next of another receiver", gotOther)
		if !fired(changed) || fired(changedOther) {
			t.Errorf("Changed fired: %t, of another receiver: %t; want true, false", fired(changed), fired(changedOther))
		}
		tx.Close()
		rx.Close()
		other.Close()
	})
}

func TestWA13_WaitForThePresentValue(t *testing.T) {
	tx, rx := watch.New(4)
	even := func(v int) bool { return v%2 == 0 }
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	wantFour := func(when string) {
		t.Helper()
		if v, err := rx.WaitFor(ended, even); v != 4 || err != nil {
			t.Errorf("WaitFor(even) of 4 %s = %d, %v, want 4, nil", when, v, err)
		}
	}
	wantFour("that was seen")
	rx.MarkChanged()
	wantFour("that was not seen")
	wantChanged(t, rx, false, nil) // WaitFor marks
	tx.Close()
	wantFour("that is final")
	rx.Close()
	wantFour("after Close")
	if v, err := rx.WaitFor(context.Background(), func(int) bool { return false }); v != 0 || err != watch.ErrClosed {
		t.Errorf("WaitFor(never) on a closed watch = %d, %v, want 0, ErrClosed", v, err)
	}
}

func TestWA13_WaitForWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(1)
		var asked []int
		got := later(func() (int, error) {
			return rx.WaitFor(t.Context(), func(v int) bool { asked = append(asked, v); return v%2 == 0 })
		})
		for _, v := range []int{3, 5} {
			synctest.Wait()
			wantWaiting(t, "WaitFor(even)", got)
			tx.Send(v)
		}
		synctest.Wait()
		tx.Send(6)
		synctest.Wait()
		wantResult(t, "WaitFor(even)", got, 6, nil)
		if want := []int{1, 3, 5, 6}; !slices.Equal(asked, want) {
			t.Errorf("the predicate was asked of %v, want %v", asked, want)
		}
		wantChanged(t, rx, false, nil)

		got = later(func() (int, error) { return rx.WaitFor(t.Context(), func(v int) bool { return v > 6 }) })
		synctest.Wait()
		tx.Close()
		synctest.Wait()
		wantResult(t, "WaitFor while closing", got, 0, watch.ErrClosed)
		rx.Close()
	})
}

func TestWA13_PanicInThePredicate(t *testing.T) {
	tx, rx := watch.New(1)
	got := panicText(func() { rx.WaitFor(context.Background(), func(int) bool { panic("no") }) })
	if got != "no" {
		t.Errorf("WaitFor panicked with %q, want \"no\"", got)
	}
	tx.Send(2)
	wantTryNext(t, rx, 2, nil)
	tx.Close()
	rx.Close()
}

func TestWA19_ValuesStartsWithThePresent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(1)
		other := rx.Clone()
		var values, changes []int
		collect := func(to *[]int, seq func(func(int) bool)) {
			for v := range seq {
				*to = append(*to, v)
			}
		}
		go collect(&values, rx.Values(t.Context()))
		go collect(&changes, other.Changes(t.Context()))
		for v := 2; v <= 4; v++ {
			synctest.Wait()
			tx.Send(v)
		}
		tx.Close() // with 4 not yet seen
		synctest.Wait()
		if want := []int{1, 2, 3, 4}; !slices.Equal(values, want) {
			t.Errorf("Values gave %v, want %v", values, want)
		}
		if want := []int{2, 3, 4}; !slices.Equal(changes, want) {
			t.Errorf("Changes gave %v, want %v", changes, want)
		}
		rx.Close()
		other.Close()
	})
}

func TestWA19_BreakLeavesTheReceiverUsable(t *testing.T) {
	tx, rx := watch.New(1)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for v := range rx.Values(ctx) {
		if v == 3 {
			break
		}
		tx.Send(v + 1)
	}
	wantTryNext(t, rx, 0, watch.ErrEmpty) // 3 is not given twice
	tx.Send(4)
	var got []int
	for v := range rx.Changes(ctx) {
		got = append(got, v)
		cancel()
	}
	if !slices.Equal(got, []int{4}) {
		t.Errorf("Changes gave %v until its context ended, want [4]", got)
	}
	tx.Close()
	rx.Close()
	for v := range rx.Values(context.Background()) {
		t.Errorf("Values of a closed receiver gave %d, want nothing", v)
	}
}

func TestWA20_NativeSelect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := watch.New(0)
		ticks := make(chan int)
		var got []int
		go func() {
			for {
				select {
				case n := <-ticks:
					got = append(got, -n)
				case <-rx.Changed():
					v, err := rx.TryNext()
					if err != nil {
						got = append(got, 99)
						return
					}
					got = append(got, v)
				}
			}
		}()
		ticks <- 1
		tx.Send(1)
		synctest.Wait()
		ticks <- 2
		ticks <- 3
		tx.Send(2)
		synctest.Wait()
		tx.Close()
		synctest.Wait()
		if want := []int{-1, 1, -2, -3, 2, 99}; !slices.Equal(got, want) {
			t.Errorf("the loop saw %v, want %v", got, want)
		}
		rx.Close()
	})
}
