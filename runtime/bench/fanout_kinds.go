package main

import (
	"context"
	"unsafe"

	diodes "code.cloudfoundry.org/go-diodes"
	"github.com/cskr/pubsub/v2"
	dustin "github.com/dustin/go-broadcast"
	teivah "github.com/teivah/broadcast"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// nativeFans returns a slice of channels, sent to one after the other.
func nativeFans() []fanKind {
	return []fanKind{{native, nativeFan}, {nativeCtx, nativeCtxFan}}
}

// makeChans makes a channel for each receiver.
func makeChans[T any](receivers, capacity int) []chan T {
	chans := make([]chan T, receivers)
	for i := range chans {
		chans[i] = make(chan T, capacity)
	}
	return chans
}

// recvFrom returns, for each channel, a function that sums values up.
func recvFrom[C ~chan uint64 | ~<-chan uint64](chans []C) []func(int) uint64 {
	var recv []func(int) uint64
	for _, c := range chans {
		recv = append(recv, func(values int) (sum uint64) {
			for range values {
				sum += <-c
			}
			return sum
		})
	}
	return recv
}

func nativeFan(_ context.Context, receivers, capacity int) fan {
	chans := makeChans[uint64](receivers, capacity)
	return fan{
		send: func(from, to uint64) {
			for i := from; i < to; i++ {
				for _, c := range chans {
					c <- i
				}
			}
		},
		recv: recvFrom(chans),
		end:  func() {},
	}
}

func nativeCtxFan(ctx context.Context, receivers, capacity int) fan {
	chans := makeChans[uint64](receivers, capacity)
	f := fan{
		send: func(from, to uint64) {
			for i := from; i < to; i++ {
				for _, c := range chans {
					select {
					case c <- i:
					case <-ctx.Done():
					}
				}
			}
		},
		end: func() {},
	}
	for _, c := range chans {
		f.recv = append(f.recv, func(values int) (sum uint64) {
			for range values {
				select {
				case v := <-c:
					sum += v
				case <-ctx.Done():
				}
			}
			return sum
		})
	}
	return f
}

// ourFans returns package broadcast, without and with a context that can end.
func ourFans() []fanKind {
	return []fanKind{
		{ours, func(_ context.Context, receivers, capacity int) fan {
			return broadcastFan(context.Background(), receivers, capacity)
		}},
		{oursCtx, broadcastFan},
	}
}

func broadcastFan(ctx context.Context, receivers, capacity int) fan {
	tx, first := broadcast.New[uint64](capacity)
	all := []*broadcast.Receiver[uint64]{first}
	for range receivers - 1 {
		all = append(all, tx.Subscribe())
	}
	f := fan{
		send: func(from, to uint64) {
			for i := from; i < to; i++ {
				if got, err := tx.Send(i); got != receivers || err != nil {
					return // and the receivers wait for ever
				}
			}
		},
		end: func() {
			for _, rx := range all {
				rx.Close()
			}
			tx.Close()
		},
	}
	for _, rx := range all {
		f.recv = append(f.recv, func(values int) (sum uint64) {
			for range values {
				v, err := rx.Recv(ctx)
				if err != nil {
					continue // the sum will be wrong
				}
				sum += v
			}
			return sum
		})
	}
	return f
}

// broadcastTry sends and receives in turns.
func broadcastTry(_ context.Context, n int) (sum uint64) {
	tx, rx := broadcast.New[uint64](64)
	defer tx.Close()
	defer rx.Close()
	for i := range uint64(n) {
		if _, err := tx.Send(i); err != nil {
			return sum
		}
		v, err := rx.TryRecv()
		if err != nil {
			return sum
		}
		sum += v
	}
	return sum
}

// diodeTry does the same with a diode, which carries pointers.
func diodeTry(_ context.Context, n int) (sum uint64) {
	d := diodes.NewOneToOne(64, nil)
	for i := range uint64(n) {
		v := i
		d.Set(diodes.GenericDataType(unsafe.Pointer(&v)))
		if p, ok := d.TryNext(); ok {
			sum += *(*uint64)(p)
		}
	}
	return sum
}

// publicFans returns broadcasters of public libraries. None of them takes a
// context.
func publicFans() []fanKind {
	return []fanKind{
		{"teivah/broadcast", teivahFan},
		{"dustin/go-broadcast", dustinFan},
		{"cskr/pubsub", pubsubFan},
	}
}

func teivahFan(_ context.Context, receivers, capacity int) fan {
	relay := teivah.NewRelay[uint64]()
	var chans []<-chan uint64
	for range receivers {
		chans = append(chans, relay.Listener(capacity).Ch())
	}
	return fan{
		send: func(from, to uint64) {
			for i := from; i < to; i++ {
				relay.Notify(i)
			}
		},
		recv: recvFrom(chans),
		end:  relay.Close,
	}
}

func dustinFan(_ context.Context, receivers, capacity int) fan {
	hub := dustin.NewBroadcaster(capacity)
	chans := makeChans[any](receivers, capacity)
	f := fan{
		send: func(from, to uint64) {
			for i := from; i < to; i++ {
				hub.Submit(i)
			}
		},
		end: func() { hub.Close() },
	}
	for _, c := range chans {
		hub.Register(c)
		f.recv = append(f.recv, func(values int) (sum uint64) {
			for range values {
				v, _ := (<-c).(uint64)
				sum += v
			}
			return sum
		})
	}
	return f
}

func pubsubFan(_ context.Context, receivers, capacity int) fan {
	const topic = "numbers"
	hub := pubsub.New[string, uint64](capacity)
	var chans []chan uint64
	for range receivers {
		chans = append(chans, hub.Sub(topic))
	}
	return fan{
		send: func(from, to uint64) {
			for i := from; i < to; i++ {
				hub.Pub(i, topic)
			}
		},
		recv: recvFrom(chans),
		end:  hub.Shutdown,
	}
}
