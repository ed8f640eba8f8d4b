package broadcast_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// TestBC31_CancelledRecvLosesNothing cancels waits in all their forms: the
// first of a context, which selects, and later ones, which rely on a hook.
func TestBC31_CancelledRecvLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 4)
		for waits := range 4 {
			ctx, cancel := context.WithCancel(t.Context())
			var got []int
			var last error
			go func() {
				for {
					v, err := rx.Recv(ctx)
					if err != nil {
						last = err
						return
					}
					got = append(got, v)
				}
			}()
			var want []int
			for i := range waits {
				synctest.Wait()
				send(t, tx, i)
				want = append(want, i)
			}
			synctest.Wait()
			if last != nil {
				t.Fatalf("Recv() = %v before the cancellation", last)
			}
			cancel()
			synctest.Wait()
			if !errors.Is(last, context.Canceled) || !slices.Equal(got, want) {
				t.Errorf("after %d waits: received %v, %v, want %v, %v", waits, got, last, want, context.Canceled)
			}
			send(t, tx, 100)
			wantValues(t, rx, 100)
		}
		if got := rx.Stats().Cancelled; got != 4 {
			t.Errorf("Stats().Cancelled = %d, want 4", got)
		}
	})
}

func TestEndedContextComesFirst(t *testing.T) {
	tx, rx := newInts(t, 4)
	send(t, tx, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := rx.Recv(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Recv() = %v, want %v", err, context.Canceled)
	}
	if dst, err := rx.RecvMany(ctx, nil, 4); len(dst) != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("RecvMany() = %v, %v, want nothing, %v", dst, err, context.Canceled)
	}
	wantValues(t, rx, 1)
}

func TestRecvDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, rx := newInts(t, 4)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		_, err := rx.Recv(ctx)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Minute {
			t.Errorf("Recv() = %v after %v, want %v after 1m", err, time.Since(start), context.DeadlineExceeded)
		}
	})
}

// TestRecvWithAlternatingContexts has one receiver used with contexts that
// come back, at the same time and in turn.
func TestRecvWithAlternatingContexts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 4)
		a, cancelA := context.WithCancel(t.Context())
		b, cancelB := context.WithCancel(t.Context())
		defer cancelB()
		recv := func(ctx context.Context) <-chan error {
			done := make(chan error, 1)
			go func() {
				_, err := rx.Recv(ctx)
				done <- err
			}()
			synctest.Wait()
			return done
		}
		for _, ctx := range []context.Context{a, a, a, b, a, b, b, b, t.Context(), a, a} {
			done := recv(ctx)
			send(t, tx, 1)
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		}
		onA, onB, onA2 := recv(a), recv(b), recv(a)
		cancelA()
		for _, done := range []<-chan error{onA, onA2} {
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("Recv(a) = %v, want %v", err, context.Canceled)
			}
		}
		synctest.Wait()
		if len(onB) != 0 {
			t.Fatal("Recv(b) ended with a")
		}
		send(t, tx, 2)
		if err := <-onB; err != nil {
			t.Error(err)
		}
	})
}

// A countingContext counts the functions that wait for its end.
type countingContext struct {
	context.Context
	set, stopped int
}

func (c *countingContext) AfterFunc(f func()) func() bool {
	c.set++
	stop := context.AfterFunc(c.Context, f)
	return func() bool {
		c.stopped++
		return stop()
	}
}

// Value hides the context inside, to which context.AfterFunc would go directly.
func (c *countingContext) Value(any) any { return nil }

// TestNothingStaysWithContext checks that a receiver which is closed, or used
// with another context, leaves nothing behind in a context.
func TestNothingStaysWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 4)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		a, b := &countingContext{Context: ctx}, &countingContext{Context: t.Context()}
		for _, ctx := range []context.Context{a, a, a, a, b, b, b} {
			go func() {
				synctest.Wait()
				send(t, tx, 1)
			}()
			if _, err := rx.Recv(ctx); err != nil {
				t.Fatal(err)
			}
		}
		rx.Close()
		for name, c := range map[string]*countingContext{"a": a, "b": b} {
			if c.set != 1 || c.stopped != 1 {
				t.Errorf("%s: %d functions set, %d stopped, want 1, 1", name, c.set, c.stopped)
			}
		}
	})
}

func TestRecvMany(t *testing.T) {
	tx, rx := newInts(t, 3)
	for start := range 5 { // at each offset in the ring
		send(t, tx, start, start+1, start+2)
		buf := make([]int, 1, 8)
		buf[0] = -1
		dst, err := rx.RecvMany(t.Context(), buf, 2)
		if want := []int{-1, start, start + 1}; err != nil || !slices.Equal(dst, want) {
			t.Errorf("RecvMany() = %v, %v, want %v, nil", dst, err, want)
		}
		if &dst[0] != &buf[0] {
			t.Error("RecvMany grew a slice that had room")
		}
		dst, err = rx.RecvMany(t.Context(), nil, 10)
		if want := []int{start + 2}; err != nil || !slices.Equal(dst, want) {
			t.Errorf("RecvMany() = %v, %v, want %v, nil", dst, err, want)
		}
		send(t, tx, 0) // shifts the next round
		wantValues(t, rx, 0)
	}
	if dst, err := rx.RecvMany(t.Context(), nil, 0); dst != nil || err != nil {
		t.Errorf("RecvMany(limit 0) = %v, %v, want nil, nil", dst, err)
	}
	send(t, tx, 1)
	tx.Close()
	if dst, err := rx.RecvMany(t.Context(), nil, 5); err != nil || !slices.Equal(dst, []int{1}) {
		t.Errorf("RecvMany() = %v, %v, want [1], nil", dst, err)
	}
	if dst, err := rx.RecvMany(t.Context(), []int{9}, 5); !errors.Is(err, broadcast.ErrClosed) || !slices.Equal(dst, []int{9}) {
		t.Errorf("RecvMany() = %v, %v, want [9], %v", dst, err, broadcast.ErrClosed)
	}
}

func TestRecvManyWaitsForOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 3)
		var got []int
		go func() { got, _ = rx.RecvMany(t.Context(), nil, 3) }()
		synctest.Wait()
		if got != nil {
			t.Fatal("RecvMany did not wait")
		}
		send(t, tx, 5)
		synctest.Wait()
		if !slices.Equal(got, []int{5}) {
			t.Errorf("RecvMany() = %v, want [5]", got)
		}
	})
}

func TestBC33_All(t *testing.T) {
	tx, rx := newInts(t, 2)
	send(t, tx, 0, 1, 2, 3)
	tx.Close()
	var values []int
	var missed uint64
	for v, err := range rx.All(t.Context()) {
		var lag *broadcast.LaggedError
		if errors.As(err, &lag) {
			missed += lag.Missed
			continue
		}
		if err != nil {
			t.Fatalf("All yields %v, want only lags", err)
		}
		values = append(values, v)
	}
	if !slices.Equal(values, []int{2, 3}) || missed != 2 {
		t.Errorf("received %v and missed %d, want [2 3] and 2", values, missed)
	}
}

func TestBC33_AllEndsWithContextAndBreak(t *testing.T) {
	tx, rx := newInts(t, 4)
	send(t, tx, 1, 2, 3)
	for range rx.All(t.Context()) {
		break
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for v, err := range rx.All(ctx) {
		if v != 2 || err != nil {
			t.Fatalf("All yields %d, %v, want 2, nil", v, err)
		}
		cancel() // although 3 is there
	}
	wantValues(t, rx, 3)
}

func TestBC34_ReadyInSelect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 2)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		var got []int
		var ticks, missed int
		done := make(chan struct{})
		go func() {
			defer close(done)
			for {
				select {
				case <-rx.Ready():
					v, err := rx.TryRecv()
					switch {
					case errors.Is(err, broadcast.ErrLagged):
						missed++
					case errors.Is(err, broadcast.ErrClosed):
						return
					case err != nil:
						t.Errorf("TryRecv() after Ready = %v", err)
					default:
						got = append(got, v)
					}
				case <-tick.C:
					ticks++
				}
			}
		}()
		send(t, tx, 1)
		synctest.Wait()
		time.Sleep(2500 * time.Millisecond) // of the bubble
		send(t, tx, 2, 3, 4)
		synctest.Wait()
		tx.Close()
		<-done
		if !slices.Equal(got, []int{1, 3, 4}) || ticks != 2 || missed != 1 {
			t.Errorf("received %v, %d ticks, %d lags, want [1 3 4], 2, 1", got, ticks, missed)
		}
	})
}

func TestBC34_ReadyIsLevelTriggered(t *testing.T) {
	tx, rx := newInts(t, 2)
	before := rx.Ready()
	if isClosed(before) || rx.Ready() != before {
		t.Error("Ready() of an empty channel is closed, or new each time")
	}
	send(t, tx, 1, 2)
	if !isClosed(before) || !isClosed(rx.Ready()) || !isClosed(rx.Ready()) {
		t.Error("Ready() is not closed with values to read")
	}
	wantValues(t, rx, 1)
	if !isClosed(rx.Ready()) {
		t.Error("Ready() is not closed with a value left")
	}
	wantValues(t, rx, 2)
	if isClosed(rx.Ready()) {
		t.Error("Ready() is closed with nothing to read")
	}
	rx.Close()
	if !isClosed(rx.Ready()) {
		t.Error("Ready() of a closed receiver is not closed")
	}
}
