package main

import (
	"context"
	"fmt"

	"github.com/chanlint/chanlint/runtime/priority"
)

// priorityCap is the capacity of each source.
const priorityCap = 64

// A picker receives a number from the first of sources that has one.
type picker struct {
	name string
	recv func(ctx context.Context, sources []<-chan uint64) uint64
}

// priorityItems returns the items about a choice between channels.
func priorityItems() []item {
	ready := target{oursCtx, nativeCtx, 0.6}
	return []item{
		pickItem(2, nestedSelect, nestedSelectCtx, ready),
		pickItem(4, nestedSelect4, nestedSelectCtx4, ready),
		wakeItem(),
	}
}

// pickItem has one goroutine send to the last of n sources and receive from the
// first that has a value, so that nothing waits.
func pickItem(n int, plain, withCtx func(context.Context, []<-chan uint64) uint64, targets ...target) item {
	it := item{name: fmt.Sprintf("priority, %d sources, last ready, one goroutine", n), want: sumTo, targets: targets}
	for _, p := range pickers(plain, withCtx) {
		it.contenders = append(it.contenders, contender{p.name, func(ctx context.Context, ops int) (sum uint64) {
			sources := make([]<-chan uint64, n)
			for i := range sources[1:] {
				sources[i] = make(chan uint64, priorityCap)
			}
			last := make(chan uint64, priorityCap)
			sources[n-1] = last
			for i := range uint64(ops) {
				last <- i
				sum += p.recv(ctx, sources)
			}
			return sum
		}})
	}
	return it
}

// wakeItem has a goroutine send to two sources in turns, and another receive.
func wakeItem() item {
	it := item{name: "priority, 2 sources, 1 to 1, cap 64", want: sumTo, targets: []target{{oursCtx, nativeCtx, 1}}}
	for _, p := range pickers(nestedSelect, nestedSelectCtx) {
		it.contenders = append(it.contenders, contender{p.name, func(ctx context.Context, ops int) (sum uint64) {
			a, b := make(chan uint64, priorityCap), make(chan uint64, priorityCap)
			go func() {
				for i := range uint64(ops) {
					if i%2 == 0 {
						a <- i
					} else {
						b <- i
					}
				}
			}()
			sources := []<-chan uint64{a, b}
			for range ops {
				sum += p.recv(ctx, sources)
			}
			return sum
		}})
	}
	return it
}

// pickers returns the contenders: what one writes by hand, and package priority.
func pickers(plain, withCtx func(context.Context, []<-chan uint64) uint64) []picker {
	var unbounded *priority.Picker
	first := func(ctx context.Context, sources []<-chan uint64) uint64 {
		_, v, err := priority.First(ctx, unbounded, sources...)
		if err != nil {
			return 0
		}
		return v
	}
	return []picker{
		{native, plain},
		{nativeCtx, withCtx},
		{ours, func(_ context.Context, sources []<-chan uint64) uint64 {
			return first(context.Background(), sources)
		}},
		{oursCtx, first},
	}
}

// nestedSelect is what is written by hand for two sources: it prefers the first,
// and waits for both.
func nestedSelect(_ context.Context, s []<-chan uint64) uint64 {
	select {
	case v := <-s[0]:
		return v
	default:
	}
	select {
	case v := <-s[0]:
		return v
	case v := <-s[1]:
		return v
	}
}

func nestedSelectCtx(ctx context.Context, s []<-chan uint64) uint64 {
	select {
	case <-ctx.Done():
		return 0
	default:
	}
	select {
	case v := <-s[0]:
		return v
	default:
	}
	select {
	case v := <-s[0]:
		return v
	case v := <-s[1]:
		return v
	case <-ctx.Done():
		return 0
	}
}

// nestedSelect4 is nestedSelect for four.
func nestedSelect4(_ context.Context, s []<-chan uint64) uint64 {
	for _, c := range s[:3] {
		select {
		case v := <-c:
			return v
		default:
		}
	}
	select {
	case v := <-s[0]:
		return v
	case v := <-s[1]:
		return v
	case v := <-s[2]:
		return v
	case v := <-s[3]:
		return v
	}
}

func nestedSelectCtx4(ctx context.Context, s []<-chan uint64) uint64 {
	select {
	case <-ctx.Done():
		return 0
	default:
	}
	for _, c := range s[:3] {
		select {
		case v := <-c:
			return v
		default:
		}
	}
	select {
	case v := <-s[0]:
		return v
	case v := <-s[1]:
		return v
	case v := <-s[2]:
		return v
	case v := <-s[3]:
		return v
	case <-ctx.Done():
		return 0
	}
}
