package mpsc_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

func reserve(t *testing.T, tx *mpsc.Sender[int], n int) mpsc.Permit[int] {
	t.Helper()
	p, err := tx.TryReserveN(n)
	if err != nil {
		t.Fatalf("TryReserveN(%d) = %v", n, err)
	}
	return p
}

func TestMP15_PermitsOutliveClose(t *testing.T) {
	tx, rx := mpsc.New[int](3)
	used, released := reserve(t, tx, 1), reserve(t, tx, 1)
	tx.TrySend(0)
	rx.Close()
	wantRecv(t, rx, 0, nil)
	wantRecv(t, rx, 0, mpsc.ErrEmpty)
	used.Send(1)
	wantRecv(t, rx, 1, nil)
	wantRecv(t, rx, 0, mpsc.ErrEmpty)
	released.Release()
	wantRecv(t, rx, 0, mpsc.ErrClosed)
}

// The last permit ends a Recv that waits after Close, however it is disposed
// of, and whether it was one of several or not.
func TestMP16_LastPermitWakesReceiver(t *testing.T) {
	tests := []struct {
		name string
		n    int
		end  func(p mpsc.Permit[int])
		sent int // how many values the receiver then gets
	}{
		{"one sent", 1, func(p mpsc.Permit[int]) { p.Send(0) }, 1},
		{"one released", 1, func(p mpsc.Permit[int]) { p.Release() }, 0},
		{"many sent", 2, func(p mpsc.Permit[int]) { p.Send(0); p.Send(1) }, 2},
		{"many released", 2, func(p mpsc.Permit[int]) { p.Release() }, 0},
		{"one of many sent", 2, func(p mpsc.Permit[int]) { p.Send(0); p.Release() }, 1},
		{"a copy released", 2, func(p mpsc.Permit[int]) { q := p; q.Release(); p.Release() }, 0},
	}
	for _, test := range tests {
		for _, closeReceiver := range []bool{true, false} {
			t.Run(test.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					tx, rx := mpsc.New[int](2)
					p := reserve(t, tx, test.n)
					if closeReceiver {
						rx.Close()
					} else {
						tx.Close()
					}
					got := 0
					recv := start(func() error {
						for range rx.All(context.Background()) {
							got++
						}
						return nil
					})
					recv.blocks(t, "Recv with a permit left")
					test.end(p)
					recv.returns(t, "Recv after the last permit", nil)
					if got != test.sent {
						t.Errorf("received %d values, want %d", got, test.sent)
					}
				})
			})
		}
	}
}

func TestMP17_FailedReserveReturnsItsSlots(t *testing.T) {
	for _, n := range []int{1, 2} {
		for _, cancelled := range []bool{true, false} {
			synctest.Test(t, func(t *testing.T) {
				tx, rx := mpsc.New[int](2)
				p := reserve(t, tx, 2)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				reserve := start(func() error { _, err := tx.ReserveN(ctx, n); return err })
				recv := start(func() error { _, err := rx.Recv(t.Context()); return err })
				reserve.blocks(t, "ReserveN on a full channel")
				want := mpsc.ErrClosed
				if cancelled {
					cancel()
					want = context.Canceled
					synctest.Wait()
				}
				rx.Close()
				reserve.returns(t, "ReserveN", want)
				recv.blocks(t, "Recv with a permit left")
				p.Release()
				recv.returns(t, "Recv without permits", mpsc.ErrClosed)
				if s := tx.Stats(); s.Reserved != 0 {
					t.Errorf("Reserved = %d at the end, want 0", s.Reserved)
				}
			})
		}
	}
}

func TestMP18_PermitNeverFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](1)
		defer tx.Close()
		p, err := tx.Reserve(t.Context())
		wantErr(t, "Reserve", err, nil)
		wantErr(t, "TrySend when all is reserved", tx.TrySend(9), mpsc.ErrFull)
		send := start(func() error { return tx.Send(t.Context(), 1) })
		send.blocks(t, "Send when all is reserved")
		p.Send(0)
		send.blocks(t, "Send on a full channel")
		wantRecv(t, rx, 0, nil)
		send.returns(t, "Send after a receive", nil)
		wantRecv(t, rx, 1, nil)
	})
}

func TestMP19_ReleaseGivesBackTheSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](1)
		defer tx.Close()
		p := reserve(t, tx, 1)
		var next mpsc.Permit[int]
		wait := start(func() (err error) { next, err = tx.Reserve(t.Context()); return err })
		wait.blocks(t, "Reserve when all is reserved")
		p.Release()
		wait.returns(t, "Reserve after Release", nil)
		p.Release() // must not release what next holds now
		wantErr(t, "TrySend", tx.TrySend(9), mpsc.ErrFull)
		next.Send(1)
		next.Release()
		wantErr(t, "TrySend", tx.TrySend(9), mpsc.ErrFull)
		wantRecv(t, rx, 1, nil)
	})
}

func TestMP20_ReserveNIsAllOrNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](3)
		defer tx.Close()
		_, err := tx.ReserveN(t.Context(), 4)
		wantErr(t, "ReserveN above the capacity", err, mpsc.ErrTooMany)
		_, err = tx.TryReserveN(4)
		wantErr(t, "TryReserveN above the capacity", err, mpsc.ErrTooMany)

		fill(t, tx)
		var p mpsc.Permit[int]
		wait := start(func() (err error) { p, err = tx.ReserveN(t.Context(), 2); return err })
		wantRecv(t, rx, 0, nil)
		wait.blocks(t, "ReserveN(2) with room for 1")
		wantErr(t, "TrySend behind ReserveN", tx.TrySend(9), mpsc.ErrFull)
		wantRecv(t, rx, 1, nil)
		wait.returns(t, "ReserveN(2) with room for 2", nil)
		if got := p.Len(); got != 2 {
			t.Errorf("Permit.Len = %d, want 2", got)
		}
		p.Release()

		// Whoever comes later and wants less must not pass by.
		wantErr(t, "TrySend", tx.TrySend(3), nil)
		wait = start(func() (err error) { p, err = tx.ReserveN(t.Context(), 3); return err })
		behind := start(func() error { return tx.Send(t.Context(), 4) })
		wantRecv(t, rx, 2, nil)
		behind.blocks(t, "Send behind ReserveN(3) with room for 2")
		wantRecv(t, rx, 3, nil)
		wait.returns(t, "ReserveN(3) with room for 3", nil)
		p.Release()
		behind.returns(t, "Send after Release", nil)
		const want = "mpsc: negative number of slots to reserve"
		wantPanic(t, "ReserveN(-1)", want, func() { tx.ReserveN(t.Context(), -1) })
		wantPanic(t, "TryReserveN(-1)", want, func() { tx.TryReserveN(-1) })
	})
}

func TestMP21_ReserveNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[int](1)
		fill(t, tx)
		start(func() error { return tx.Send(t.Context(), 1) })
		p, err := tx.ReserveN(t.Context(), 0)
		wantErr(t, "ReserveN(0) on a full channel", err, nil)
		if got := p.Len(); got != 0 {
			t.Errorf("Permit.Len = %d, want 0", got)
		}
		p.Release()
		_, err = tx.TryReserveN(0)
		wantErr(t, "TryReserveN(0) on a full channel", err, nil)
		rx.Close()
		_, err = tx.ReserveN(t.Context(), 0)
		wantErr(t, "ReserveN(0) after Close", err, mpsc.ErrClosed)
		_, err = tx.TryReserveN(0)
		wantErr(t, "TryReserveN(0) after Close", err, mpsc.ErrClosed)
	})
}

func TestMP22_PermitsAreExact(t *testing.T) {
	tx, rx := mpsc.New[int](5)
	free := func(want int) {
		t.Helper()
		if got := tx.Free(); got != want {
			t.Errorf("Free = %d, want %d", got, want)
		}
	}
	p := reserve(t, tx, 4)
	free(1)
	p.Send(1)
	free(1)
	p.Send(2)
	if got := p.Len(); got != 2 {
		t.Errorf("Permit.Len = %d, want 2", got)
	}
	wantRecv(t, rx, 1, nil)
	free(2)
	_, err := tx.TryReserveN(3)
	wantErr(t, "TryReserveN(3) with room for 2", err, mpsc.ErrFull)
	p.Release()
	free(4)
	if got := p.Len(); got != 0 {
		t.Errorf("Permit.Len = %d after Release, want 0", got)
	}
	wantRecv(t, rx, 2, nil)
	free(5)
}

func TestMP23_TryReserve(t *testing.T) {
	tx, rx := mpsc.New[int](1)
	p, err := tx.TryReserve()
	wantErr(t, "TryReserve", err, nil)
	_, err = tx.TryReserve()
	wantErr(t, "TryReserve on a full channel", err, mpsc.ErrFull)
	rx.Close()
	_, err = tx.TryReserve()
	wantErr(t, "TryReserve after Close", err, mpsc.ErrClosed)
	p.Release()
}

func TestMP24_PermitKeepsTheChannelOpen(t *testing.T) {
	tx, rx := mpsc.New[int](1)
	p := reserve(t, tx, 1)
	tx.Close()
	if rx.Closed() {
		t.Error("Closed = true with a permit left")
	}
	wantRecv(t, rx, 0, mpsc.ErrEmpty)
	p.Send(1)
	if !rx.Closed() {
		t.Error("Closed = false without permits and senders")
	}
	wantRecv(t, rx, 1, nil)
	wantRecv(t, rx, 0, mpsc.ErrClosed)
}

func TestMP28_FreeAndCap(t *testing.T) {
	tx, rx := mpsc.New[int](3)
	check := func(what string, want int) {
		t.Helper()
		if free, bound := tx.Free(), tx.Cap(); free != want || bound != 3 {
			t.Errorf("%s: Free, Cap = %d, %d, want %d, 3", what, free, bound, want)
		}
	}
	check("fresh", 3)
	tx.TrySend(1)
	check("after a send", 2)
	p := reserve(t, tx, 1)
	check("after a reserve", 1)
	p.Send(2)
	check("after sending with the permit", 1)
	wantRecv(t, rx, 1, nil)
	check("after a receive", 2)
	rx.Close()
	check("after Close", 2)
}

func TestPermitMisuse(t *testing.T) {
	tx, _ := mpsc.New[int](2)
	var zero mpsc.Permit[int]
	zero.Release()
	if got := zero.Len(); got != 0 {
		t.Errorf("Len of the zero Permit = %d, want 0", got)
	}
	wantPanic(t, "Send with a zero Permit", "mpsc: Send with a zero Permit; make one with Sender.Reserve", func() { zero.Send(1) })

	p := reserve(t, tx, 1)
	p.Send(1)
	const want = "mpsc: Send with a Permit that is used up or released"
	wantPanic(t, "second Send", want, func() { p.Send(2) })
	again := reserve(t, tx, 1) // may use the same entry
	wantPanic(t, "Send with a stale Permit", want, func() { p.Send(2) })
	again.Release()
	wantPanic(t, "Send after Release", want, func() { again.Send(2) })
	if got := tx.Len(); got != 1 {
		t.Errorf("Len = %d after misuse, want 1", got)
	}
}
