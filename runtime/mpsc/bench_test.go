package mpsc_test

import (
	"context"
	"strconv"
	"sync"
	"testing"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

// The benchmarks compare with native channels in the same process: those named
// mpsc with native, those with a context that can end with native-ctx. Compare
// ratios of minima over several runs: absolute times depend on the machine.

// A pipe is one way to move values from producers to a consumer.
type pipe struct {
	name string
	// make returns a function that sends, one that receives a batch, zero
	// meaning the end, and one that ends the stream.
	make func(ctx context.Context, capacity int) (send func(int), recv func() int, end func())
}

var pipes = []pipe{
	{"native", func(_ context.Context, capacity int) (func(int), func() int, func()) {
		ch := make(chan int, capacity)
		return func(v int) { ch <- v }, func() int {
			if _, ok := <-ch; ok {
				return 1
			}
			return 0
		}, func() { close(ch) }
	}},
	{"native-ctx", func(ctx context.Context, capacity int) (func(int), func() int, func()) {
		ch := make(chan int, capacity)
		return func(v int) {
				select {
				case ch <- v:
				case <-ctx.Done():
				}
			}, func() int {
				select {
				case _, ok := <-ch:
					if ok {
						return 1
					}
				case <-ctx.Done():
				}
				return 0
			}, func() { close(ch) }
	}},
	{"mpsc", func(_ context.Context, capacity int) (func(int), func() int, func()) {
		return mpscPipe(context.Background(), capacity)
	}},
	{"mpsc-ctx", mpscPipe},
	{"mpsc-many-ctx", func(ctx context.Context, capacity int) (func(int), func() int, func()) {
		tx, rx := mpsc.New[int](capacity)
		buf := make([]int, 0, capacity)
		return func(v int) { tx.Send(ctx, v) }, func() int {
			got, _ := rx.RecvMany(ctx, buf, capacity)
			return len(got)
		}, func() { tx.Close() }
	}},
}

func mpscPipe(ctx context.Context, capacity int) (func(int), func() int, func()) {
	tx, rx := mpsc.New[int](capacity)
	return func(v int) { tx.Send(ctx, v) }, func() int {
		if _, err := rx.Recv(ctx); err == nil {
			return 1
		}
		return 0
	}, func() { tx.Close() }
}

func BenchmarkPair(b *testing.B) {
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	for _, p := range pipes[:4] {
		b.Run(p.name, func(b *testing.B) {
			b.ReportAllocs()
			send, recv, _ := p.make(ctx, 64)
			for b.Loop() {
				send(1)
				recv()
			}
		})
	}
}

func BenchmarkStream(b *testing.B) {
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	for _, producers := range []int{1, 4} {
		for _, capacity := range []int{64, 1024} {
			for _, p := range pipes {
				name := strconv.Itoa(producers) + "p1c/cap" + strconv.Itoa(capacity) + "/" + p.name
				b.Run(name, func(b *testing.B) {
					b.ReportAllocs()
					stream(ctx, p, producers, capacity, b.N)
				})
			}
		}
	}
}

// stream has producers send about n values, and receives them.
func stream(ctx context.Context, p pipe, producers, capacity, n int) {
	send, recv, end := p.make(ctx, capacity)
	var wg sync.WaitGroup
	for range producers {
		wg.Go(func() {
			for i := range n / producers {
				send(i)
			}
		})
	}
	go func() {
		wg.Wait()
		end()
	}()
	for recv() > 0 {
	}
}

func BenchmarkPingPong(b *testing.B) {
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	for _, p := range pipes[:4] {
		b.Run(p.name, func(b *testing.B) {
			b.ReportAllocs()
			ping, pinged, end := p.make(ctx, 1)
			pong, ponged, _ := p.make(ctx, 1)
			go func() {
				for pinged() > 0 {
					pong(1)
				}
			}()
			for b.Loop() {
				ping(1)
				ponged()
			}
			end()
		})
	}
}

func BenchmarkReserve(b *testing.B) {
	b.ReportAllocs()
	ctx := b.Context()
	tx, rx := mpsc.New[int](64)
	for b.Loop() {
		p, err := tx.Reserve(ctx)
		if err != nil {
			b.Fatal(err)
		}
		p.Send(1)
		rx.TryRecv()
	}
}

func BenchmarkNew(b *testing.B) {
	b.Run("native", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			close(make(chan int, 64))
		}
	})
	b.Run("mpsc", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			tx, rx := mpsc.New[int](64)
			tx.Close()
			rx.Close()
		}
	})
}
