package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/chanlint/chanlint/runtime/mpsc"
	"github.com/chanlint/chanlint/runtime/oneshot"
)

// oneshotItems returns the items about one value.
func oneshotItems() []item {
	targets := []target{{ours, native, 1.15}, {oursCtx, nativeCtx, 1}}
	return []item{
		{
			name:       "oneshot, value present",
			want:       sumTo,
			contenders: []contender{{native, nativePresent}, {ours, oneshotPresent}},
			targets:    []target{{ours, native, 0.6}},
		},
		callItem("oneshot reply", 1, replyKinds(), targets...),
		callItem("oneshot reply", 4, replyKinds(), targets...),
		callItem("actor: mpsc request, oneshot reply", 1, callKinds(), targets...),
		callItem("actor: mpsc request, oneshot reply", 4, callKinds(), targets...),
	}
}

func nativePresent(_ context.Context, n int) (sum uint64) {
	for i := range uint64(n) {
		c := make(chan uint64, 1)
		c <- i
		sum += <-c
	}
	return sum
}

func oneshotPresent(_ context.Context, n int) (sum uint64) {
	for i := range uint64(n) {
		tx, rx := oneshot.New[uint64]()
		tx.Send(i)
		v, err := rx.Recv(context.Background())
		if err != nil {
			return sum
		}
		sum += v
	}
	return sum
}

// A service answers numbers with themselves.
type service struct {
	serve func() // to the end
	call  func(request uint64) uint64
	end   func()
}

// A serviceKind makes a service.
type serviceKind struct {
	name string
	make func(ctx context.Context) service
}

// withOurs adds a service of this library, without and with a context that can
// end.
func withOurs(makeOurs func(context.Context) service, kinds ...serviceKind) []serviceKind {
	return append(kinds,
		serviceKind{ours, func(context.Context) service { return makeOurs(context.Background()) }},
		serviceKind{oursCtx, makeOurs})
}

// callItem has clients call a service, which is a goroutine, and wait for the
// answer. Each call makes the means of the answer anew.
func callItem(name string, clients int, kinds []serviceKind, targets ...target) item {
	it := item{name: fmt.Sprintf("%s, clients: %d", name, clients), want: sumTo, targets: targets}
	for _, k := range kinds {
		it.contenders = append(it.contenders, contender{k.name, func(ctx context.Context, n int) uint64 {
			return k.make(ctx).run(clients, n)
		}})
	}
	return it
}

// run shares the first n numbers out between the clients.
func (s service) run(clients, n int) uint64 {
	var serving, calling sync.WaitGroup
	serving.Go(s.serve)
	sums := make([]uint64, clients)
	for c := range clients {
		calling.Go(func() {
			var sum uint64
			for i := n * c / clients; i < n*(c+1)/clients; i++ {
				sum += s.call(uint64(i))
			}
			sums[c] = sum
		})
	}
	calling.Wait()
	s.end()
	serving.Wait()
	var sum uint64
	for _, part := range sums {
		sum += part
	}
	return sum
}

// requestCap is the capacity of the queue of requests.
const requestCap = 16

// A request carries the means of its answer.
type request[R any] struct {
	v     uint64
	reply R
}

// replyKinds are services whose requests all go through a plain channel: they
// differ in the reply only.
func replyKinds() []serviceKind {
	return withOurs(oneshotReplies,
		serviceKind{native, func(context.Context) service {
			return chanReplies(func(reply <-chan uint64) uint64 { return <-reply })
		}},
		serviceKind{nativeCtx, func(ctx context.Context) service {
			return chanReplies(func(reply <-chan uint64) uint64 {
				select {
				case v := <-reply:
					return v
				case <-ctx.Done():
					return 0
				}
			})
		}})
}

// chanReplies is a service that answers through a channel.
func chanReplies(wait func(<-chan uint64) uint64) service {
	requests := make(chan request[chan uint64], requestCap)
	return service{
		serve: func() {
			for r := range requests {
				r.reply <- r.v
			}
		},
		call: func(v uint64) uint64 {
			reply := make(chan uint64, 1)
			requests <- request[chan uint64]{v, reply}
			return wait(reply)
		},
		end: func() { close(requests) },
	}
}

// oneshotReplies is a service that answers through package oneshot.
func oneshotReplies(ctx context.Context) service {
	requests := make(chan request[oneshot.Sender[uint64]], requestCap)
	return service{
		serve: func() {
			for r := range requests {
				r.reply.Send(r.v)
			}
		},
		call: func(v uint64) uint64 {
			reply, answer := oneshot.New[uint64]()
			requests <- request[oneshot.Sender[uint64]]{v, reply}
			v, err := answer.Recv(ctx)
			if err != nil {
				return 0
			}
			return v
		},
		end: func() { close(requests) },
	}
}

// callKinds are services whose requests may wait for a context, too.
func callKinds() []serviceKind {
	return withOurs(ourCalls, replyKinds()[0], serviceKind{nativeCtx, nativeCtxCalls})
}

func nativeCtxCalls(ctx context.Context) service {
	requests := make(chan request[chan uint64], requestCap)
	return service{
		serve: func() {
			for {
				select {
				case r, ok := <-requests:
					if !ok {
						return
					}
					r.reply <- r.v
				case <-ctx.Done():
					return
				}
			}
		},
		call: func(v uint64) uint64 {
			reply := make(chan uint64, 1)
			select {
			case requests <- request[chan uint64]{v, reply}:
			case <-ctx.Done():
				return 0
			}
			select {
			case v := <-reply:
				return v
			case <-ctx.Done():
				return 0
			}
		},
		end: func() { close(requests) },
	}
}

// ourCalls has requests go through package mpsc.
func ourCalls(ctx context.Context) service {
	tx, rx := mpsc.New[request[oneshot.Sender[uint64]]](requestCap)
	return service{
		serve: func() {
			defer rx.Close()
			for {
				r, err := rx.Recv(ctx)
				if err != nil {
					return
				}
				r.reply.Send(r.v)
			}
		},
		call: func(v uint64) uint64 {
			reply, answer := oneshot.New[uint64]()
			if tx.Send(ctx, request[oneshot.Sender[uint64]]{v, reply}) != nil {
				return 0
			}
			v, err := answer.Recv(ctx)
			if err != nil {
				return 0
			}
			return v
		},
		end: func() { tx.Close() },
	}
}
