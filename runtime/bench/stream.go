package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	streams "github.com/chanlint/chanlint/runtime/stream"
)

// streamItems returns the items about sequences.
func streamItems() []item {
	return []item{
		mergeItem(2, target{oursCtx, nativeCtx, 1}),
		mergeItem(8, target{oursCtx, nativeCtx, 1}),
		chunksItem(),
	}
}

// numberChans returns channels that hold the first ops numbers between them, and
// are closed.
func numberChans(n, ops int) []<-chan uint64 {
	all := make([]<-chan uint64, n)
	for i := range all {
		c := make(chan uint64, ops/n+1)
		for v := i; v < ops; v += n {
			c <- uint64(v)
		}
		close(c)
		all[i] = c
	}
	return all
}

// mergeItem merges n channels that are full. Native is a goroutine for each that
// sends to one channel.
func mergeItem(n int, targets ...target) item {
	return item{name: fmt.Sprintf("stream Merge, %d sources", n), want: sumTo, targets: targets, contenders: []contender{
		{native, func(_ context.Context, ops int) uint64 {
			return nativeMerge(numberChans(n, ops), func(c <-chan uint64, out chan<- uint64) {
				for v := range c {
					out <- v
				}
			})
		}},
		{nativeCtx, func(ctx context.Context, ops int) uint64 {
			return nativeMerge(numberChans(n, ops), func(c <-chan uint64, out chan<- uint64) {
				forwardUntil(ctx, c, out)
			})
		}},
		{oursCtx, func(ctx context.Context, ops int) uint64 { return merge(ctx, n, ops) }},
		{ours, func(_ context.Context, ops int) uint64 { return merge(context.Background(), n, ops) }},
	}}
}

func merge(ctx context.Context, n, ops int) (sum uint64) {
	var sources []streams.Source[uint64]
	for _, c := range numberChans(n, ops) {
		sources = append(sources, streams.Chan(c))
	}
	for v := range streams.Merge(ctx, sources...) {
		sum += v
	}
	return sum
}

func nativeMerge(in []<-chan uint64, forward func(<-chan uint64, chan<- uint64)) (sum uint64) {
	out := make(chan uint64)
	var wg sync.WaitGroup
	for _, c := range in {
		wg.Go(func() { forward(c, out) })
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return sumAll(out)
}

// forwardUntil sends what it receives, until ctx ends.
func forwardUntil(ctx context.Context, c <-chan uint64, out chan<- uint64) {
	for {
		select {
		case v, ok := <-c:
			if !ok {
				return
			}
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// chunksItem cuts a full channel into batches of 64. Native is a select over the
// channel, a timer and a context.
func chunksItem() item {
	const size, wait = 64, time.Minute
	return item{name: "stream Chunks of 64, with a time", want: sumTo, contenders: []contender{
		{nativeCtx, func(ctx context.Context, ops int) uint64 {
			return nativeChunks(ctx, numberChans(1, ops)[0], size, wait)
		}},
		{ours, func(_ context.Context, ops int) uint64 { return chunks(context.Background(), ops, size, wait) }},
		{oursCtx, func(ctx context.Context, ops int) uint64 { return chunks(ctx, ops, size, wait) }},
	}}
}

func chunks(ctx context.Context, ops, size int, wait time.Duration) (sum uint64) {
	for chunk := range streams.Chunks(ctx, streams.Chan(numberChans(1, ops)[0]), size, wait) {
		for _, v := range chunk {
			sum += v
		}
	}
	return sum
}

func nativeChunks(ctx context.Context, c <-chan uint64, size int, wait time.Duration) (sum uint64) {
	due := time.NewTimer(wait)
	defer due.Stop()
	var chunk []uint64
	flush := func() {
		for _, v := range chunk {
			sum += v
		}
		chunk = nil
	}
	for {
		select {
		case v, ok := <-c:
			if !ok {
				flush()
				return sum
			}
			if len(chunk) == 0 {
				due.Reset(wait)
			}
			if chunk = append(chunk, v); len(chunk) == size {
				flush()
			}
		case <-due.C:
			flush()
		case <-ctx.Done():
			flush()
			return sum
		}
	}
}
