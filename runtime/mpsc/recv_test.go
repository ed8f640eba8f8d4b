package mpsc_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

func TestMP10_BufferedValuesThenEnd(t *testing.T) {
	tx, rx := mpsc.New[int](4)
	wantErr(t, "TrySend", tx.TrySend(1), nil)
	wantErr(t, "TrySend", tx.TrySend(2), nil)
	tx.Close()
	wantRecv(t, rx, 1, nil)
	got, err := rx.Recv(t.Context())
	if got != 2 || err != nil {
		t.Errorf("Recv = %d, %v, want 2, nil", got, err)
	}
	for range 3 {
		_, err = rx.Recv(t.Context())
		wantErr(t, "Recv at the end", err, mpsc.ErrClosed)
	}
}

func TestMP11_RecvWithoutSenders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](1)
		tx2 := tx.Clone()
		recv := start(func() error { _, err := rx.Recv(t.Context()); return err })
		tx.Close()
		recv.blocks(t, "Recv with one sender left")
		tx2.Close()
		recv.returns(t, "Recv without senders", mpsc.ErrClosed)
		_, err := rx.Recv(t.Context())
		wantErr(t, "a further Recv", err, mpsc.ErrClosed)
	})
}

func TestMP12_EmptyIsNotClosed(t *testing.T) {
	tx, rx := mpsc.New[int](1)
	wantRecv(t, rx, 0, mpsc.ErrEmpty)
	wantErr(t, "TrySend", tx.TrySend(1), nil)
	wantRecv(t, rx, 1, nil)
	wantRecv(t, rx, 0, mpsc.ErrEmpty)
	tx.Close()
	wantRecv(t, rx, 0, mpsc.ErrClosed)
}

func TestMP25_RecvManyOfNothing(t *testing.T) {
	tx, rx := mpsc.New[int](1)
	defer tx.Close()
	for _, limit := range []int{0, -1} {
		got, err := rx.RecvMany(t.Context(), []int{7}, limit)
		if !slices.Equal(got, []int{7}) || err != nil {
			t.Errorf("RecvMany(%d) = %v, %v, want [7], nil", limit, got, err)
		}
	}
}

func TestMP26_RecvMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](5)
		defer tx.Close()
		buf := make([]int, 1, 8)
		buf[0] = 100
		var got []int
		recv := start(func() (err error) {
			got, err = rx.RecvMany(t.Context(), buf, 3)
			return err
		})
		recv.blocks(t, "RecvMany on an empty channel")
		wantErr(t, "TrySend", tx.TrySend(0), nil)
		recv.returns(t, "RecvMany with one value", nil)
		if want := []int{100, 0}; !slices.Equal(got, want) {
			t.Errorf("RecvMany = %v, want %v", got, want)
		}

		// These lie across the end of the ring.
		for i := 1; i <= 5; i++ {
			wantErr(t, "TrySend", tx.TrySend(i), nil)
		}
		wait := start(func() error { return tx.Send(t.Context(), 6) })
		got, err := rx.RecvMany(t.Context(), got, 4)
		wantErr(t, "RecvMany", err, nil)
		if want := []int{100, 0, 1, 2, 3, 4}; !slices.Equal(got, want) {
			t.Errorf("RecvMany = %v, want %v", got, want)
		}
		if &got[0] != &buf[0] {
			t.Errorf("RecvMany reallocated a buffer that was large enough")
		}
		wait.returns(t, "Send after RecvMany", nil)
		got, err = rx.RecvMany(t.Context(), got[:0], 100)
		if want := []int{5, 6}; !slices.Equal(got, want) || err != nil {
			t.Errorf("RecvMany = %v, %v, want %v, nil", got, err, want)
		}
	})
}

func TestMP27_RecvManyAtTheEnd(t *testing.T) {
	tx, rx := mpsc.New[int](4)
	wantErr(t, "TrySend", tx.TrySend(1), nil)
	tx.Close()
	got, err := rx.RecvMany(t.Context(), []int{0}, 9)
	if !slices.Equal(got, []int{0, 1}) || err != nil {
		t.Errorf("RecvMany = %v, %v, want [0 1], nil", got, err)
	}
	for range 2 {
		got, err = rx.RecvMany(t.Context(), got, 9)
		wantErr(t, "RecvMany at the end", err, mpsc.ErrClosed)
		if !slices.Equal(got, []int{0, 1}) {
			t.Errorf("RecvMany at the end changed the buffer to %v", got)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = rx.RecvMany(ctx, nil, 1)
	wantErr(t, "cancelled RecvMany", err, context.Canceled)
}

func TestMP29_LenIsExact(t *testing.T) {
	for _, capacity := range []int{1, 2, 31, 32, 33, 64, 65} {
		tx, rx := mpsc.New[int](capacity)
		for round := range 3 {
			for i := range capacity {
				if got := rx.Len(); got != i {
					t.Fatalf("cap %d, round %d: Len = %d, want %d", capacity, round, got, i)
				}
				wantErr(t, "TrySend", tx.TrySend(i), nil)
			}
			if got := tx.Len(); got != capacity {
				t.Fatalf("cap %d, round %d: Len = %d when full", capacity, round, got)
			}
			for i := range capacity {
				wantRecv(t, rx, i, nil)
			}
		}
		wantErr(t, "TrySend", tx.TrySend(1), nil)
		tx.Close()
		if got := rx.Len(); got != 1 {
			t.Errorf("cap %d: Len = %d after the sender closed, want 1", capacity, got)
		}
		rx.Close()
		if got := rx.Len(); got != 1 {
			t.Errorf("cap %d: Len = %d after both closed, want 1", capacity, got)
		}
	}
}

// While one sender is half way, another that is done must be seen.
func TestMP30_SentMeansVisible(t *testing.T) {
	tx, rx := mpsc.New[int](8)
	stop := make(chan struct{})
	idle := make(chan struct{})
	other := tx.Clone()
	go func() {
		defer close(idle)
		defer other.Close()
		for {
			select {
			case <-stop:
				return
			default:
				other.TrySend(-1)
			}
		}
	}()
	for i := range 20_000 {
		for tx.TrySend(i) != nil {
			rx.TryRecv() // the other sender has filled the channel
		}
		if rx.Len() == 0 {
			t.Fatalf("Len = 0 after TrySend returned")
		}
		for {
			got, err := rx.TryRecv()
			if err != nil {
				t.Fatalf("TryRecv after TrySend returned: %v", err)
			}
			if got == i {
				break
			}
		}
	}
	close(stop)
	<-idle
}

func TestMP39_CancelledRecvLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](1)
		defer tx.Close()
		ctx, cancel := context.WithCancel(t.Context())
		recv := start(func() error { _, err := rx.Recv(ctx); return err })
		cancel()
		recv.returns(t, "cancelled Recv", context.Canceled)
		wantErr(t, "TrySend", tx.TrySend(1), nil)
		wantRecv(t, rx, 1, nil)

		// A value and the end of ctx at the same moment: either may win.
		ctx, cancel = context.WithCancel(t.Context())
		recv = start(func() error { _, err := rx.Recv(ctx); return err })
		wantErr(t, "TrySend", tx.TrySend(2), nil)
		cancel()
		synctest.Wait()
		if queued := rx.Len(); (recv.err == nil) != (queued == 0) {
			t.Errorf("Recv = %v with %d values left", recv.err, queued)
		}
	})
}

func TestMP44_ReadyInSelect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](4)
		other := make(chan string)
		var got []any
		loop := start(func() error {
			for {
				select {
				case <-rx.Ready():
					v, err := rx.TryRecv()
					if err != nil {
						return err
					}
					got = append(got, v)
				case s := <-other:
					got = append(got, s)
				}
			}
		})
		loop.blocks(t, "select on an empty channel")
		other <- "a"
		tx.TrySend(1)
		tx.TrySend(2)
		synctest.Wait()
		other <- "b"
		tx.TrySend(3)
		synctest.Wait()
		tx.TrySend(4)
		tx.Close()
		loop.returns(t, "select on a closed channel", mpsc.ErrClosed)
		if got, want := fmt.Sprint(got), "[a 1 2 b 3 4]"; got != want {
			t.Errorf("received %v, want %v", got, want)
		}
	})
}

// Ready follows the state of the channel, whatever happened before.
func TestMP44_ReadyIsLevelTriggered(t *testing.T) {
	tx, rx := mpsc.New[int](4)
	ready := func() bool {
		select {
		case <-rx.Ready():
			return true
		default:
			return false
		}
	}
	check := func(what string, want bool) {
		t.Helper()
		for i := range 2 { // being asked changes nothing
			if got := ready(); got != want {
				t.Errorf("%s, asked %d times before: ready = %t, want %t", what, i, got, want)
			}
		}
	}
	check("fresh", false)
	tx.TrySend(1)
	tx.TrySend(2)
	check("two values", true)
	wantRecv(t, rx, 1, nil)
	check("one value", true)
	wantRecv(t, rx, 2, nil)
	check("none again", false)
	tx.TrySend(9)
	wantRecv(t, rx, 9, nil)
	check("announced, but taken since", false)
	p, _ := tx.TryReserve()
	tx.Close()
	check("a permit is left", false)
	p.Send(3)
	check("last value", true)
	wantRecv(t, rx, 3, nil)
	check("the end", true)
	wantRecv(t, rx, 0, mpsc.ErrClosed)
}

func TestMP45_Range(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](8)
		for i := range 6 {
			tx.TrySend(i)
		}
		for v := range rx.All(t.Context()) {
			if v == 1 {
				break
			}
		}
		if got, want := slices.Collect(rx.Drain()), []int{2, 3, 4, 5}; !slices.Equal(got, want) {
			t.Errorf("Drain = %v, want %v", got, want)
		}
		ctx, cancel := context.WithCancel(t.Context())
		loop := start(func() error {
			for range rx.All(ctx) {
			}
			return ctx.Err()
		})
		loop.blocks(t, "All on an empty channel")
		cancel()
		loop.returns(t, "All after cancel", context.Canceled)

		tx.TrySend(6)
		tx.Close()
		if got, want := slices.Collect(rx.All(t.Context())), []int{6}; !slices.Equal(got, want) {
			t.Errorf("All = %v, want %v", got, want)
		}
		for v := range rx.Drain() {
			t.Errorf("Drain at the end: %d", v)
		}
	})
}

// Drain must end although the sender keeps up with it.
func TestDrainEnds(t *testing.T) {
	tx, rx := mpsc.New[int](2)
	defer tx.Close()
	fill(t, tx)
	n := 0
	for range rx.Drain() {
		tx.TrySend(9)
		n++
	}
	if n != 2 {
		t.Errorf("Drain returned %d values, want 2", n)
	}
}

// Two values that come at once reach two goroutines that wait for one each.
func TestSeveralPollers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](8)
		defer tx.Close()
		poll := func() error {
			<-rx.Ready()
			_, err := rx.TryRecv()
			return err
		}
		a, b := start(poll), start(poll)
		tx.TrySend(1)
		tx.TrySend(2)
		a.returns(t, "first poller", nil)
		b.returns(t, "second poller", nil)
	})
}

func TestSeveralReceivers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](8)
		recv := func() error { _, err := rx.Recv(t.Context()); return err }
		calls := []*call{start(recv), start(recv), start(recv), start(recv)}
		tx.TrySend(1)
		tx.TrySend(2)
		synctest.Wait()
		returned := 0
		for _, c := range calls {
			select {
			case <-c.returned:
				returned++
			default:
			}
		}
		if returned != 2 || rx.Len() != 0 {
			t.Errorf("%d of 4 receivers returned after 2 sends, %d values left", returned, rx.Len())
		}
		tx.Close()
		for _, c := range calls {
			synctest.Wait()
			select {
			case <-c.returned:
			default:
				t.Error("a receiver blocks after Close")
			}
		}
	})
}
