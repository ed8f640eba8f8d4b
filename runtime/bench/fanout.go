package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// A fanKind makes a fan for a number of receivers.
type fanKind struct {
	name string
	make func(ctx context.Context, receivers, capacity int) fan
}

// A fan gives every value to each of its receivers.
type fan struct {
	send func(from, to uint64)     // sends the numbers from from up to but not to
	recv []func(values int) uint64 // receives so many values and returns their sum
	end  func()                    // called when all is over
}

// broadcastItems returns the items about broadcasts.
func broadcastItems() []item {
	kinds := slices.Concat(nativeFans(), ourFans(), publicFans())
	return []item{
		fanItem(1, 64, kinds, fanTargets(0.7, 0.3)...),
		fanItem(4, 64, kinds, fanTargets(0.5, 0.2)...),
		fanItem(16, 64, kinds, fanTargets(0.45, 0.15)...),
		fanItem(16, 1024, kinds, target{ours, native, 0.3}, target{oursCtx, native, 0.3}),
		latestItem(),
	}
}

func fanTargets(plain, ctx float64) []target {
	return []target{{ours, native, plain}, {oursCtx, nativeCtx, ctx}}
}

// fanItem sends in windows of half the capacity, and waits after each until all
// receivers have it, so that nobody lags.
func fanItem(receivers, capacity int, kinds []fanKind, targets ...target) item {
	it := item{
		name:    fmt.Sprintf("broadcast, 1 to %d, cap %d", receivers, capacity),
		want:    times(receivers),
		targets: targets,
	}
	for _, k := range kinds {
		it.contenders = append(it.contenders, contender{k.name, func(ctx context.Context, n int) uint64 {
			return k.make(ctx, receivers, capacity).run(n, capacity/2)
		}})
	}
	return it
}

// run sends the first n numbers, and returns the sum of all that was received.
func (f fan) run(n, window int) uint64 {
	defer f.end()
	acks := make(chan struct{}, len(f.recv))
	sums := make([]uint64, len(f.recv))
	var receiving sync.WaitGroup
	for i, recv := range f.recv {
		receiving.Go(func() {
			var sum uint64
			for done := 0; done < n; done += window {
				sum += recv(min(window, n-done))
				acks <- struct{}{}
			}
			sums[i] = sum
		})
	}
	for done := 0; done < n; done += window {
		f.send(uint64(done), uint64(min(done+window, n)))
		for range f.recv {
			<-acks
		}
	}
	receiving.Wait()
	var sum uint64
	for _, part := range sums {
		sum += part
	}
	return sum
}

// latestItem sends and receives on one goroutine, without ever waiting, on what
// overwrites the oldest value when it is full.
func latestItem() item {
	return item{
		name: "broadcast, 1 to 1, TryRecv, one goroutine",
		want: sumTo,
		contenders: []contender{
			{native, func(ctx context.Context, n int) uint64 { return nativePair(ctx, 64, n) }},
			{ours, broadcastTry},
			{"go-diodes OneToOne", diodeTry},
		},
	}
}
