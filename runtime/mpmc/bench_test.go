package mpmc_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/chanlint/chanlint/runtime/mpmc"
)

// The benchmarks compare with native channels in the same process. Compare
// ratios of minima over several runs: absolute times depend on the machine.

// BenchmarkSend has producers send b.N values to one consumer. It ranges over
// the native channel, also in mpmc; native-ctx and mpmc-recv give it a context.
func BenchmarkSend(b *testing.B) {
	for _, size := range []struct{ producers, capacity int }{{1, 64}, {4, 64}, {1, 1024}} {
		for _, kind := range []struct {
			name string
			make func(ctx context.Context, capacity int) pipe
		}{{"native", nativePipe}, {"native-ctx", nativeContextPipe}, {"mpmc", mpmcPipe}, {"mpmc-recv", mpmcRecvPipe}} {
			b.Run(fmt.Sprintf("from=%d/cap=%d/%s", size.producers, size.capacity, kind.name), func(b *testing.B) {
				ctx, cancel := context.WithCancel(b.Context())
				defer cancel()
				kind.make(ctx, size.capacity).run(b, size.producers)
			})
		}
	}
}

// A pipe sends k values, receives all there are and counts them, and ends what
// is sent.
type pipe struct {
	send func(k int)
	recv func() int
	end  func()
}

func (p pipe) run(b *testing.B, producers int) {
	b.ReportAllocs()
	var wg sync.WaitGroup
	for i := range producers {
		wg.Go(func() { p.send((b.N + i) / producers) })
	}
	go func() {
		wg.Wait()
		p.end()
	}()
	if got := p.recv(); got != b.N {
		b.Errorf("received %d values, want %d", got, b.N)
	}
}

func nativePipe(_ context.Context, capacity int) pipe {
	c := make(chan uint64, capacity)
	send := func(k int) {
		for i := range k {
			c <- uint64(i)
		}
	}
	return pipe{send, func() int { return count(c) }, func() { close(c) }}
}

func nativeContextPipe(ctx context.Context, capacity int) pipe {
	c := make(chan uint64, capacity)
	send := func(k int) {
		for i := range k {
			select {
			case c <- uint64(i):
			case <-ctx.Done():
			}
		}
	}
	recv := func() (n int) {
		for {
			select {
			case _, ok := <-c:
				if !ok {
					return n
				}
				n++
			case <-ctx.Done():
				return n
			}
		}
	}
	return pipe{send, recv, func() { close(c) }}
}

func mpmcPipe(ctx context.Context, capacity int) pipe {
	tx, rx := mpmc.New[uint64](capacity)
	return pipe{sendAll(ctx, tx), func() int { return count(rx.C()) }, func() { tx.Close() }}
}

func mpmcRecvPipe(ctx context.Context, capacity int) pipe {
	tx, rx := mpmc.New[uint64](capacity)
	recv := func() (n int) {
		for range rx.All(ctx) {
			n++
		}
		return n
	}
	return pipe{sendAll(ctx, tx), recv, func() { tx.Close() }}
}

func sendAll(ctx context.Context, tx *mpmc.Sender[uint64]) func(k int) {
	return func(k int) {
		for i := range k {
			if tx.Send(ctx, uint64(i)) != nil {
				return // recv gets too few
			}
		}
	}
}

func count(c <-chan uint64) (n int) {
	for range c {
		n++
	}
	return n
}
