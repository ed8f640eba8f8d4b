package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/chanlint/chanlint/runtime/watch"
)

// watchItems returns the items about the newest value.
func watchItems() []item {
	return []item{
		{
			name:       "watch, Get",
			want:       func(n int) uint64 { return uint64(n) },
			contenders: []contender{{native, lockedGet}, {ours, watchGet}},
			targets:    []target{{ours, native, 0.6}},
		},
		{
			name:       "watch, Send, nobody waiting",
			want:       func(n int) uint64 { return uint64(n - 1) },
			contenders: []contender{{native, lockedSet}, {ours, watchSend}},
			targets:    []target{{ours, native, 0.6}},
		},
		lockstepItem(1),
		lockstepItem(4, target{ours, native, 1.2}, target{oursCtx, native, 1.2}),
		lockstepItem(16),
	}
}

// A locked value is what people write without package watch.
type locked struct {
	mu      sync.RWMutex
	val     uint64
	changed chan struct{} // closed by the next set
}

func (l *locked) get() uint64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.val
}

func (l *locked) set(v uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.val = v
	close(l.changed)
	l.changed = make(chan struct{})
}

func lockedGet(_ context.Context, n int) (sum uint64) {
	l := locked{val: 1}
	for range n {
		sum += l.get()
	}
	return sum
}

func watchGet(_ context.Context, n int) (sum uint64) {
	tx, rx := watch.New[uint64](1)
	defer tx.Close()
	defer rx.Close()
	for range n {
		sum += rx.Get()
	}
	return sum
}

func lockedSet(_ context.Context, n int) uint64 {
	l := locked{changed: make(chan struct{})}
	for i := range uint64(n) {
		l.set(i)
	}
	return l.get()
}

func watchSend(_ context.Context, n int) uint64 {
	tx, rx := watch.New[uint64](0)
	defer tx.Close()
	defer rx.Close()
	for i := range uint64(n) {
		if tx.Send(i) != nil {
			return 0
		}
	}
	return rx.Get()
}

// lockstepItem sends a value when all readers have the one before. Native is a
// channel for each reader, which holds the newest value.
func lockstepItem(readers int, targets ...target) item {
	fans := func(recv func(context.Context, <-chan uint64) (uint64, bool)) func(context.Context, int) uint64 {
		return func(ctx context.Context, n int) uint64 { return chansInStep(ctx, readers, n, recv) }
	}
	watched := func(ctx context.Context, n int) uint64 { return watchInStep(ctx, readers, n) }
	return item{
		name: fmt.Sprintf("watch, lockstep, readers: %d", readers),
		want: times(readers),
		contenders: []contender{
			{native, fans(func(_ context.Context, c <-chan uint64) (uint64, bool) {
				v, ok := <-c
				return v, ok
			})},
			{nativeCtx, fans(func(ctx context.Context, c <-chan uint64) (uint64, bool) {
				select {
				case v, ok := <-c:
					return v, ok
				case <-ctx.Done():
					return 0, false
				}
			})},
			{ours, func(_ context.Context, n int) uint64 { return watched(context.Background(), n) }},
			{oursCtx, watched},
		},
		targets: targets,
	}
}

// A step is how the readers tell the sender that all have the value.
type step struct {
	readers int32
	left    atomic.Int32 // who do not have it yet
	all     chan struct{}
	sum     atomic.Uint64 // of all values read
	done    sync.WaitGroup
}

func newStep(readers int) *step {
	s := &step{readers: int32(readers), all: make(chan struct{}, 1)}
	s.left.Store(s.readers)
	return s
}

// read starts a reader, which reads to the end.
func (s *step) read(next func() (uint64, bool)) {
	s.done.Go(func() {
		var sum uint64
		for v, ok := next(); ok; v, ok = next() {
			sum += v
			if s.left.Add(-1) == 0 {
				s.left.Store(s.readers)
				s.all <- struct{}{}
			}
		}
		s.sum.Add(sum)
	})
}

func chansInStep(ctx context.Context, readers, n int, recv func(context.Context, <-chan uint64) (uint64, bool)) uint64 {
	s := newStep(readers)
	chans := makeChans[uint64](readers, 1)
	for _, c := range chans {
		s.read(func() (uint64, bool) { return recv(ctx, c) })
	}
	for i := range uint64(n) {
		for _, c := range chans {
			select {
			case c <- i:
			case <-c: // an older one makes room
				c <- i
			}
		}
		<-s.all
	}
	for _, c := range chans {
		close(c)
	}
	s.done.Wait()
	return s.sum.Load()
}

func watchInStep(ctx context.Context, readers, n int) uint64 {
	s := newStep(readers)
	tx, first := watch.New[uint64](0)
	first.Close()
	for range readers {
		rx := tx.Subscribe()
		defer rx.Close()
		s.read(func() (uint64, bool) {
			v, err := rx.Next(ctx)
			return v, err == nil
		})
	}
	for i := range uint64(n) {
		if tx.Send(i) != nil {
			break
		}
		<-s.all
	}
	tx.Close()
	s.done.Wait()
	return s.sum.Load()
}
