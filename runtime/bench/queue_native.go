package main

import "context"

// nativeQueues returns channels, as they are and in a select with a context.
func nativeQueues() []queue {
	return []queue{
		{native, nativePair, nativeStream, nativeSingle},
		{nativeCtx, nativeCtxPair, nativeCtxStream, nativeCtxSingle},
	}
}

func nativePair(_ context.Context, capacity, n int) (sum uint64) {
	c := make(chan uint64, capacity)
	for i := range uint64(n) {
		c <- i
		sum += <-c
	}
	return sum
}

func nativeCtxPair(ctx context.Context, capacity, n int) (sum uint64) {
	c := make(chan uint64, capacity)
	for i := range uint64(n) {
		select {
		case c <- i:
		case <-ctx.Done():
		}
		select {
		case v := <-c:
			sum += v
		case <-ctx.Done():
		}
	}
	return sum
}

func nativeStream(_ context.Context, capacity int) stream {
	c := make(chan uint64, capacity)
	return stream{
		send: func(from, to uint64) {
			for i := from; i < to; i++ {
				c <- i
			}
		},
		recv: func() uint64 { return sumAll(c) },
		end:  func() { close(c) },
	}
}

// sumAll receives to the end.
func sumAll(c <-chan uint64) (sum uint64) {
	for v := range c {
		sum += v
	}
	return sum
}

func nativeCtxStream(ctx context.Context, capacity int) stream {
	c := make(chan uint64, capacity)
	return stream{
		send: func(from, to uint64) {
			for i := from; i < to; i++ {
				select {
				case c <- i:
				case <-ctx.Done():
					return
				}
			}
		},
		recv: func() (sum uint64) {
			for {
				select {
				case v, ok := <-c:
					if !ok {
						return sum
					}
					sum += v
				case <-ctx.Done():
					return sum
				}
			}
		},
		end: func() { close(c) },
	}
}

func nativeSingle(_ context.Context, capacity int) single {
	c := make(chan uint64, capacity)
	return single{
		send: func(v uint64) { c <- v },
		recv: func() uint64 { return <-c },
		end:  func() { close(c) },
	}
}

func nativeCtxSingle(ctx context.Context, capacity int) single {
	c := make(chan uint64, capacity)
	return single{
		send: func(v uint64) {
			select {
			case c <- v:
			case <-ctx.Done():
			}
		},
		recv: func() uint64 {
			select {
			case v := <-c:
				return v
			case <-ctx.Done():
				return 0
			}
		},
		end: func() { close(c) },
	}
}
