package mpsc_test

import (
	"context"
	"testing"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

func TestNoAllocations(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	tx, rx := mpsc.New[int](4)
	many, manyRx := mpsc.NewUnbounded[int]()
	echo, echoed := echo(ctx)
	defer echo.Close()
	buf := make([]int, 0, 4)

	for _, test := range []struct {
		name string
		f    func()
	}{
		{"Send, Recv", func() { tx.Send(ctx, 1); rx.Recv(ctx) }},
		{"TrySend, TryRecv", func() { tx.TrySend(1); rx.TryRecv() }},
		{"SendTimeout with room", func() { tx.SendTimeout(1, 1); rx.TryRecv() }},
		{"RecvMany", func() { tx.TrySend(1); tx.TrySend(2); rx.RecvMany(ctx, buf, 4) }},
		{"Ready", func() { rx.Ready(); tx.TrySend(1); <-rx.Ready(); rx.TryRecv() }},
		{"Reserve", func() { p, _ := tx.Reserve(ctx); p.Send(1); rx.TryRecv() }},
		{"ReserveN", func() { p, _ := tx.ReserveN(ctx, 3); p.Release() }},
		{"unbounded", func() { many.Send(ctx, 1); manyRx.Recv(ctx) }},
		{"full and empty", func() {
			for tx.TrySend(1) == nil {
			}
			for range rx.Cap() {
				rx.TryRecv()
			}
			rx.TryRecv()
		}},
		{"blocked Send and Recv", func() {
			for i := range 10 {
				echo.Send(ctx, i)
			}
			for range 10 {
				echoed.Recv(ctx)
			}
		}},
	} {
		if got := testing.AllocsPerRun(100, test.f); got != 0 {
			t.Errorf("%s: %v allocations, want 0", test.name, got)
		}
	}
}

// echo returns a channel and another that gets all its values, by way of a
// goroutine that often blocks on either.
func echo(ctx context.Context) (*mpsc.Sender[int], *mpsc.Receiver[int]) {
	tx, in := mpsc.New[int](1)
	out, rx := mpsc.New[int](10)
	go func() {
		defer out.Close()
		for v := range in.All(ctx) {
			if out.Send(ctx, v) != nil {
				return
			}
		}
	}()
	return tx, rx
}
