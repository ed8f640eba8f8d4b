package stream

import (
	"context"
	"iter"
	"sync"
	"sync/atomic"
)

// A pump runs sources, each in a goroutine.
type pump[T any] struct {
	out     chan T // closed when the last source has ended
	halt    chan struct{}
	cancel  context.CancelFunc
	running atomic.Int64 // sources that have not ended
	wg      sync.WaitGroup
}

func start[T any](ctx context.Context, sources ...Source[T]) *pump[T] {
	ctx, cancel := context.WithCancel(ctx)
	p := &pump[T]{out: make(chan T), halt: make(chan struct{}), cancel: cancel}
	if len(sources) == 0 {
		close(p.out)
		return p
	}
	p.running.Store(int64(len(sources)))
	for _, src := range sources {
		p.wg.Go(func() { p.run(ctx, src) })
	}
	return p
}

func (p *pump[T]) run(ctx context.Context, src Source[T]) {
	defer func() {
		if p.running.Add(-1) == 0 {
			close(p.out)
		}
	}()
	for v := range src(ctx) {
		select {
		case p.out <- v:
			continue
		default: // a select over more cases costs three times as much
		}
		select {
		case p.out <- v:
		case <-p.halt:
			return
		}
	}
}

// stop ends the sources and waits until they have. The value that each had read
// is lost, and no other.
func (p *pump[T]) stop() {
	p.cancel()
	close(p.halt)
	p.wg.Wait()
}

// Merge returns the values of all sources as they come. Those of one source stay
// in order, and sources that all have values take turns. It ends when all sources
// have.
func Merge[T any](ctx context.Context, sources ...Source[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		p := start(ctx, sources...)
		defer p.stop()
		for v := range p.out {
			if !yield(v) {
				return
			}
		}
	}
}
