package main

import (
	"context"
	"runtime"
	"sync/atomic"

	"github.com/eapache/channels"
	"github.com/puzpuzpuz/xsync/v4"
	"github.com/smallnest/chanx"
	"golang.design/x/chann"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

// publicQueues returns bounded queues of public libraries.
func publicQueues() []queue {
	return []queue{{name: "xsync MPMCQueue", pair: xsyncPair, stream: xsyncStream}}
}

func xsyncPair(_ context.Context, capacity, n int) (sum uint64) {
	q := xsync.NewMPMCQueue[uint64](capacity)
	for i := range uint64(n) {
		q.TryEnqueue(i)
		v, _ := q.TryDequeue()
		sum += v
	}
	return sum
}

// xsyncStream tries until it succeeds, as the queue cannot wait, and has its
// own end, as the queue has none.
func xsyncStream(_ context.Context, capacity int) stream {
	q := xsync.NewMPMCQueue[uint64](capacity)
	var ended atomic.Bool
	return stream{
		send: func(from, to uint64) {
			for i := from; i < to; i++ {
				for !q.TryEnqueue(i) {
					runtime.Gosched()
				}
			}
		},
		recv: func() (sum uint64) {
			for {
				last := ended.Load()
				v, ok := q.TryDequeue()
				switch {
				case ok:
					sum += v
				case last:
					return sum
				default:
					runtime.Gosched()
				}
			}
		},
		end: func() { ended.Store(true) },
	}
}

// unboundedQueues returns queues without a bound. There is no native one.
func unboundedQueues() []queue {
	q := queue{name: oursCtx, pair: func(ctx context.Context, _, n int) uint64 {
		tx, rx := mpsc.NewUnbounded[uint64]()
		return mpscInTurns(ctx, tx, rx, n)
	}}
	return []queue{
		q.endless(),
		q,
		{name: "xsync UMPSCQueue", pair: umpscPair},
		{name: "smallnest/chanx", pair: chanxPair},
		{name: "golang.design/x/chann", pair: channPair},
		{name: "eapache/channels", pair: eapachePair},
	}
}

func umpscPair(_ context.Context, _, n int) (sum uint64) {
	q := xsync.NewUMPSCQueue[uint64]()
	for i := range uint64(n) {
		q.Enqueue(i)
		sum += q.Dequeue()
	}
	return sum
}

func chanxPair(ctx context.Context, capacity, n int) uint64 {
	c := chanx.NewUnboundedChan[uint64](ctx, capacity)
	defer close(c.In)
	return inTurns(c.In, c.Out, n)
}

func channPair(_ context.Context, _, n int) uint64 {
	c := chann.New[uint64]()
	defer c.Close()
	return inTurns(c.In(), c.Out(), n)
}

// inTurns sends and receives n numbers in turns.
func inTurns(in chan<- uint64, out <-chan uint64, n int) (sum uint64) {
	for i := range uint64(n) {
		in <- i
		sum += <-out
	}
	return sum
}

func eapachePair(_ context.Context, _, n int) (sum uint64) {
	c := channels.NewInfiniteChannel()
	defer c.Close()
	for i := range uint64(n) {
		c.In() <- i
		v, _ := (<-c.Out()).(uint64)
		sum += v
	}
	return sum
}
