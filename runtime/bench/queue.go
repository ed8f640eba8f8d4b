package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// A queue contends in the items about queues. What it does not take part in is
// nil.
type queue struct {
	name string
	// pair sends and receives the first n numbers in turns, on one goroutine,
	// and returns the sum of those received.
	pair func(ctx context.Context, capacity, n int) uint64
	// stream makes a queue whose senders and receivers are apart.
	stream func(ctx context.Context, capacity int) stream
	// single makes a queue to send and receive one number at a time.
	single func(ctx context.Context, capacity int) single
}

// A stream is a queue in use.
type stream struct {
	send func(from, to uint64) // sends the numbers from from up to but not to
	recv func() uint64         // receives to the end and returns the sum
	end  func()                // called after the last send
}

// A single is a queue in use.
type single struct {
	send func(uint64)
	recv func() uint64
	end  func() // called when all is over
}

// queueItems returns the items about queues, with one receiver or many.
func queueItems() []item {
	mpsc := slices.Concat(nativeQueues(), mpscQueues(), publicQueues())
	batches := slices.Concat(nativeQueues(), mpscBatches())
	mpmc := slices.Concat(nativeQueues(), mpmcQueues(), publicQueues())

	one := []target{{ours, native, 0.8}, {oursCtx, native, 0.8}, {oursCtx, nativeCtx, 0.3}}
	many := []target{{ours, native, 0.6}, {oursCtx, native, 0.6}}
	shared := []target{{ours, native, 1.35}, {oursCtx, native, 1.35}, {oursCtx, nativeCtx, 0.45}}
	return []item{
		pairItem("mpsc", mpsc, target{ours, native, 0.6}, target{oursCtx, native, 0.6}),
		streamItem("mpsc", 1, 1, 64, mpsc, one...),
		streamItem("mpsc", 4, 1, 64, mpsc, one...),
		streamItem("mpsc", 1, 1, 1024, mpsc, one...),
		streamItem("mpsc RecvMany", 1, 1, 64, batches, many...),
		streamItem("mpsc RecvMany", 4, 1, 64, batches, many...),
		pingPongItem("mpsc", mpsc, target{ours, native, 1.25}, target{oursCtx, native, 1.25}),
		pairItem("mpsc without bound", unboundedQueues()),
		streamItem("mpmc", 1, 1, 64, mpmc, shared...),
		streamItem("mpmc", 4, 1, 64, mpmc, shared...),
		streamItem("mpmc", 4, 4, 64, mpmc, shared...),
	}
}

// pairItem has one goroutine send and receive in turns, so that nothing waits.
func pairItem(kind string, queues []queue, targets ...target) item {
	it := item{name: kind + ", one goroutine", want: sumTo, targets: targets}
	for _, q := range queues {
		if q.pair != nil {
			it.contenders = append(it.contenders, contender{q.name, func(ctx context.Context, n int) uint64 {
				return q.pair(ctx, 64, n)
			}})
		}
	}
	return it
}

// streamItem has senders send as fast as they can, and receivers receive.
func streamItem(kind string, senders, receivers, capacity int, queues []queue, targets ...target) item {
	it := item{
		name:    fmt.Sprintf("%s, %d to %d, cap %d", kind, senders, receivers, capacity),
		want:    sumTo,
		targets: targets,
	}
	for _, q := range queues {
		if q.stream != nil {
			it.contenders = append(it.contenders, contender{q.name, func(ctx context.Context, n int) uint64 {
				return q.stream(ctx, capacity).run(senders, receivers, n)
			}})
		}
	}
	return it
}

// run sends the first n numbers, shared out between the senders.
func (s stream) run(senders, receivers, n int) uint64 {
	var sending, receiving sync.WaitGroup
	for i := range senders {
		sending.Go(func() { s.send(uint64(n*i/senders), uint64(n*(i+1)/senders)) })
	}
	sums := make([]uint64, receivers)
	for i := range sums[1:] {
		receiving.Go(func() { sums[i+1] = s.recv() })
	}
	go func() {
		sending.Wait()
		s.end()
	}()
	sums[0] = s.recv()
	receiving.Wait()
	var sum uint64
	for _, part := range sums {
		sum += part
	}
	return sum
}

// pingPongItem sends a number on one queue of one value, gets it back on
// another, and sends the next: every operation has to wait.
func pingPongItem(kind string, queues []queue, targets ...target) item {
	it := item{name: kind + ", ping-pong, cap 1", want: times(2), targets: targets}
	for _, q := range queues {
		if q.single != nil {
			it.contenders = append(it.contenders, contender{q.name, func(ctx context.Context, n int) uint64 {
				return pingPong(q.single(ctx, 1), q.single(ctx, 1), n)
			}})
		}
	}
	return it
}

// pingPong passes the first n numbers to and fro, and returns the sum of all
// that were received on the one side or the other.
func pingPong(to, fro single, n int) (sum uint64) {
	defer to.end()
	defer fro.end()
	there := make(chan uint64)
	go func() {
		var sum uint64
		for range n {
			v := to.recv()
			sum += v
			fro.send(v)
		}
		there <- sum
	}()
	for i := range uint64(n) {
		to.send(i)
		sum += fro.recv()
	}
	return sum + <-there
}
