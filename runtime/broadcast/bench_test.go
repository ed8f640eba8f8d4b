package broadcast_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// The benchmarks compare with native channels in the same process. Compare
// ratios of minima over several runs: absolute times depend on the machine.

// BenchmarkFanOut sends to n receivers, in windows of half the capacity, so
// that nobody lags: the sender waits at the end of each window until every
// receiver has read it. One op is one value, sent once and read n times.
func BenchmarkFanOut(b *testing.B) {
	for _, size := range []struct{ n, capacity int }{{1, 64}, {4, 64}, {16, 64}, {16, 1024}} {
		b.Run(fmt.Sprintf("to=%d/cap=%d", size.n, size.capacity), func(b *testing.B) {
			for _, kind := range []struct {
				name string
				make func(ctx context.Context, b *testing.B, n, capacity int) fan
			}{{"native", nativeFan}, {"native-ctx", nativeContextFan}, {"broadcast", broadcastFan}} {
				b.Run(kind.name, func(b *testing.B) {
					ctx, cancel := context.WithCancel(b.Context())
					defer cancel()
					kind.make(ctx, b, size.n, size.capacity).run(b, size.capacity/2)
				})
			}
		})
	}
}

// A fan sends k values, and receives k values at each of its ends.
type fan struct {
	send func(k int)
	recv []func(k int)
}

func (f fan) run(b *testing.B, window int) {
	acks := make(chan struct{}, len(f.recv))
	var wg sync.WaitGroup
	for _, recv := range f.recv {
		wg.Go(func() {
			for done := 0; done < b.N; done += window {
				recv(min(window, b.N-done))
				acks <- struct{}{}
			}
		})
	}
	b.ReportAllocs()
	b.ResetTimer()
	for done := 0; done < b.N; done += window {
		f.send(min(window, b.N-done))
		for range f.recv {
			<-acks
		}
	}
	wg.Wait()
}

func nativeFan(_ context.Context, _ *testing.B, n, capacity int) fan {
	var f fan
	var chans []chan uint64
	for range n {
		c := make(chan uint64, capacity)
		chans = append(chans, c)
		f.recv = append(f.recv, func(k int) {
			for range k {
				<-c
			}
		})
	}
	f.send = func(k int) {
		for i := range k {
			for _, c := range chans {
				c <- uint64(i)
			}
		}
	}
	return f
}

func nativeContextFan(ctx context.Context, b *testing.B, n, capacity int) fan {
	var f fan
	var chans []chan uint64
	for range n {
		c := make(chan uint64, capacity)
		chans = append(chans, c)
		f.recv = append(f.recv, func(k int) {
			for range k {
				select {
				case <-c:
				case <-ctx.Done():
					b.Error(ctx.Err())
				}
			}
		})
	}
	f.send = func(k int) {
		for i := range k {
			for _, c := range chans {
				select {
				case c <- uint64(i):
				case <-ctx.Done():
				}
			}
		}
	}
	return f
}

func broadcastFan(ctx context.Context, b *testing.B, n, capacity int) fan {
	var f fan
	tx, first := broadcast.New[uint64](capacity)
	b.Cleanup(func() { tx.Close() })
	first.Close()
	for range n {
		rx := tx.Subscribe()
		b.Cleanup(func() { rx.Close() })
		f.recv = append(f.recv, func(k int) {
			for range k {
				if _, err := rx.Recv(ctx); err != nil {
					b.Error(err)
				}
			}
		})
	}
	f.send = func(k int) {
		for i := range k {
			tx.Send(uint64(i))
		}
	}
	return f
}

// BenchmarkSend sends to receivers that never read.
func BenchmarkSend(b *testing.B) {
	b.ReportAllocs()
	tx, rx := broadcast.New[uint64](1024)
	defer tx.Close()
	defer rx.Close()
	for i := range b.N {
		tx.Send(uint64(i))
	}
}

// BenchmarkSendRecv sends and receives on one goroutine; nothing ever waits.
func BenchmarkSendRecv(b *testing.B) {
	b.Run("native", func(b *testing.B) {
		c := make(chan uint64, 64)
		for i := range b.N {
			c <- uint64(i)
			<-c
		}
	})
	b.Run("broadcast", func(b *testing.B) {
		b.ReportAllocs()
		tx, rx := broadcast.New[uint64](64)
		defer tx.Close()
		defer rx.Close()
		ctx, cancel := context.WithCancel(b.Context())
		defer cancel()
		for i := range b.N {
			tx.Send(uint64(i))
			if _, err := rx.Recv(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkSubscribe makes and closes a receiver.
func BenchmarkSubscribe(b *testing.B) {
	b.ReportAllocs()
	tx, rx := broadcast.New[uint64](64)
	defer tx.Close()
	defer rx.Close()
	for range b.N {
		tx.Subscribe().Close()
	}
}
