package oneshot_test

import (
	"context"
	"testing"

	"github.com/chanlint/chanlint/runtime/oneshot"
)

// BenchmarkPresent makes a pair, sends and receives, in one goroutine.
func BenchmarkPresent(b *testing.B) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b.Run("native", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c := make(chan uint64, 1)
			c <- 1
			<-c
		}
	})
	b.Run("oneshot", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			tx, rx := oneshot.New[uint64]()
			tx.Send(1)
			rx.Recv(ctx)
		}
	})
}

// BenchmarkActor asks a goroutine and waits for its answer.
func BenchmarkActor(b *testing.B) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b.Run("native", func(b *testing.B) { benchNative(b, func(c chan uint64) { <-c }) })
	b.Run("native-ctx", func(b *testing.B) {
		benchNative(b, func(c chan uint64) {
			select {
			case <-c:
			case <-ctx.Done():
			}
		})
	})
	b.Run("oneshot", func(b *testing.B) { benchOneshot(b, context.Background()) })
	b.Run("oneshot-ctx", func(b *testing.B) { benchOneshot(b, ctx) })
}

func benchNative(b *testing.B, wait func(chan uint64)) {
	requests := make(chan chan uint64, 16)
	defer close(requests)
	go func() {
		for c := range requests {
			c <- 1
		}
	}()
	b.ReportAllocs()
	for b.Loop() {
		c := make(chan uint64, 1)
		requests <- c
		wait(c)
	}
}

func benchOneshot(b *testing.B, ctx context.Context) {
	requests := make(chan oneshot.Sender[uint64], 16)
	defer close(requests)
	go func() {
		for tx := range requests {
			tx.Send(1)
		}
	}()
	b.ReportAllocs()
	for b.Loop() {
		tx, rx := oneshot.New[uint64]()
		requests <- tx
		rx.Recv(ctx)
	}
}

func BenchmarkValueGet(b *testing.B) {
	var val oneshot.Value[uint64]
	val.Set(1)
	var sum uint64
	for b.Loop() {
		v, _ := val.Get()
		sum += v
	}
	if sum == 0 {
		b.Error("Get gave nothing")
	}
}
