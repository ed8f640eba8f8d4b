package watch_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chanlint/chanlint/runtime/watch"
)

// locked is what people write without this package.
type locked struct {
	mu      sync.RWMutex
	val     uint64
	changed chan struct{}
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

// sink keeps reads from being optimized away.
var sink uint64

func BenchmarkGet(b *testing.B) {
	b.Run("native", func(b *testing.B) {
		var l locked
		for b.Loop() {
			sink += l.get()
		}
	})
	b.Run("watch", func(b *testing.B) {
		_, rx := watch.New[uint64](1)
		defer rx.Close()
		for b.Loop() {
			sink += rx.Get()
		}
	})
}

func BenchmarkSend(b *testing.B) {
	b.Run("native", func(b *testing.B) {
		b.ReportAllocs()
		l := locked{changed: make(chan struct{})}
		for b.Loop() {
			l.set(1)
		}
	})
	b.Run("watch", func(b *testing.B) {
		b.ReportAllocs()
		tx, _ := watch.New[uint64](1)
		defer tx.Close()
		for b.Loop() {
			tx.Send(1)
		}
	})
}

// BenchmarkLockstep4 sends a value, waits until four readers have it, and sends
// the next.
func BenchmarkLockstep4(b *testing.B) {
	const readers = 4
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b.Run("native", func(b *testing.B) {
		benchFanOut(b, readers, func(c chan uint64) bool { _, ok := <-c; return ok })
	})
	b.Run("native-ctx", func(b *testing.B) {
		benchFanOut(b, readers, func(c chan uint64) bool {
			select {
			case _, ok := <-c:
				return ok
			case <-ctx.Done():
				return false
			}
		})
	})
	b.Run("watch", func(b *testing.B) { benchWatch(b, readers, context.Background()) })
	b.Run("watch-ctx", func(b *testing.B) { benchWatch(b, readers, ctx) })
}

// An ack lets a sender wait until a number of readers have the value.
type ack struct {
	readers int32
	left    atomic.Int32
	all     chan struct{}
}

func newAck(readers int32) *ack {
	a := &ack{readers: readers, all: make(chan struct{}, 1)}
	a.left.Store(readers)
	return a
}

// have is called by each reader once per round.
func (a *ack) have() {
	if a.left.Add(-1) == 0 {
		a.left.Store(a.readers)
		a.all <- struct{}{}
	}
}

func benchFanOut(b *testing.B, readers int, recv func(chan uint64) bool) {
	a := newAck(int32(readers))
	chans := make([]chan uint64, readers)
	for i := range chans {
		chans[i] = make(chan uint64, 1)
		defer close(chans[i])
		go func() {
			for recv(chans[i]) {
				a.have()
			}
		}()
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range chans {
			select {
			case c <- 1:
			case <-c: // drop the older one
				c <- 1
			}
		}
		<-a.all
	}
}

func benchWatch(b *testing.B, readers int, ctx context.Context) {
	a := newAck(int32(readers))
	tx, rx := watch.New[uint64](0)
	defer tx.Close()
	defer rx.Close()
	for range readers {
		rx := tx.Subscribe()
		go func() {
			defer rx.Close()
			for range rx.Changes(ctx) {
				a.have()
			}
		}()
	}
	b.ReportAllocs()
	for b.Loop() {
		tx.Send(1)
		<-a.all
	}
}
