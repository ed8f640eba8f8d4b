package main

import (
	"context"

	"github.com/chanlint/chanlint/runtime/mpmc"
	"github.com/chanlint/chanlint/runtime/mpsc"
)

// mpscQueues returns package mpsc, without and with a context that can end.
func mpscQueues() []queue {
	q := queue{oursCtx, mpscPair, mpscStream, mpscSingle}
	return []queue{q.endless(), q}
}

// endless returns q under the name ours, given a context that cannot end.
func (q queue) endless() queue {
	e := queue{name: ours}
	if q.pair != nil {
		e.pair = func(_ context.Context, capacity, n int) uint64 { return q.pair(context.Background(), capacity, n) }
	}
	if q.stream != nil {
		e.stream = func(_ context.Context, capacity int) stream { return q.stream(context.Background(), capacity) }
	}
	if q.single != nil {
		e.single = func(_ context.Context, capacity int) single { return q.single(context.Background(), capacity) }
	}
	return e
}

func mpscPair(ctx context.Context, capacity, n int) uint64 {
	tx, rx := mpsc.New[uint64](capacity)
	return mpscInTurns(ctx, tx, rx, n)
}

// mpscInTurns sends and receives n numbers in turns, and closes both ends.
func mpscInTurns(ctx context.Context, tx *mpsc.Sender[uint64], rx *mpsc.Receiver[uint64], n int) (sum uint64) {
	defer tx.Close()
	defer rx.Close()
	for i := range uint64(n) {
		if tx.Send(ctx, i) != nil {
			return sum
		}
		v, err := rx.Recv(ctx)
		if err != nil {
			return sum
		}
		sum += v
	}
	return sum
}

func mpscStream(ctx context.Context, capacity int) stream {
	tx, rx := mpsc.New[uint64](capacity)
	return stream{
		send: mpscSend(ctx, tx),
		recv: func() (sum uint64) {
			defer rx.Close()
			for {
				v, err := rx.Recv(ctx)
				if err != nil {
					return sum
				}
				sum += v
			}
		},
		end: func() { tx.Close() },
	}
}

// mpscBatches returns package mpsc with a receiver that takes what there is.
func mpscBatches() []queue {
	q := queue{name: oursCtx, stream: mpscBatchStream}
	return []queue{q.endless(), q}
}

func mpscBatchStream(ctx context.Context, capacity int) stream {
	tx, rx := mpsc.New[uint64](capacity)
	return stream{
		send: mpscSend(ctx, tx),
		recv: func() (sum uint64) {
			defer rx.Close()
			batch := make([]uint64, 0, capacity)
			for {
				got, err := rx.RecvMany(ctx, batch, capacity)
				if err != nil {
					return sum
				}
				for _, v := range got {
					sum += v
				}
			}
		},
		end: func() { tx.Close() },
	}
}

// mpscSend returns the send of a stream.
func mpscSend(ctx context.Context, tx *mpsc.Sender[uint64]) func(from, to uint64) {
	return func(from, to uint64) {
		for i := from; i < to; i++ {
			if tx.Send(ctx, i) != nil {
				return
			}
		}
	}
}

func mpscSingle(ctx context.Context, capacity int) single {
	tx, rx := mpsc.New[uint64](capacity)
	return single{
		send: func(v uint64) {
			if tx.Send(ctx, v) != nil {
				return // the sum will be wrong
			}
		},
		recv: func() uint64 {
			v, err := rx.Recv(ctx)
			if err != nil {
				return 0
			}
			return v
		},
		end: func() {
			tx.Close()
			rx.Close()
		},
	}
}

// mpmcQueues returns package mpmc. Without a context it is used as the drop-in
// that it can be: the receiver ranges over the channel.
func mpmcQueues() []queue {
	return []queue{
		{name: ours, stream: mpmcStream},
		{name: oursCtx, stream: mpmcCtxStream},
	}
}

func mpmcStream(_ context.Context, capacity int) stream {
	tx, rx := mpmc.New[uint64](capacity)
	return stream{
		send: mpmcSend(context.Background(), tx),
		recv: func() uint64 { return sumAll(rx.C()) },
		end:  func() { tx.Close() },
	}
}

func mpmcCtxStream(ctx context.Context, capacity int) stream {
	tx, rx := mpmc.New[uint64](capacity)
	return stream{
		send: mpmcSend(ctx, tx),
		recv: func() (sum uint64) {
			for {
				v, err := rx.Recv(ctx)
				if err != nil {
					return sum
				}
				sum += v
			}
		},
		end: func() { tx.Close() },
	}
}

func mpmcSend(ctx context.Context, tx *mpmc.Sender[uint64]) func(from, to uint64) {
	return func(from, to uint64) {
		for i := from; i < to; i++ {
			if tx.Send(ctx, i) != nil {
				return
			}
		}
	}
}
