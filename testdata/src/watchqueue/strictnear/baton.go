// Package strictnear has waiters that seem to take a wake-up along, and do not.
package strictnear

import (
	"context"
	"sync"
)

type item int

type box struct {
	mu     sync.Mutex
	change *sync.Cond
	items  []item
	closed bool
}

func newBox() *box {
	b := &box{}
	b.change = sync.NewCond(&b.mu)
	return b
}

func (b *box) put(i item) {
	b.mu.Lock()
	b.items = append(b.items, i)
	b.mu.Unlock()
	b.change.Signal()
}

// The end of a context wakes everybody.
func (b *box) getAwakened(ctx context.Context) (item, error) {
	stop := context.AfterFunc(ctx, b.change.Broadcast)
	defer stop()
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.items) == 0 {
		b.change.Wait()
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
	}
	return b.items[0], nil
}

// All waiters leave for the same reason.
func (b *box) getUntilClosed() (item, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.items) == 0 {
		b.change.Wait()
		if b.closed {
			return 0, false
		}
	}
	return b.items[0], true
}

// A goroutine that waits is the only one.
func (b *box) serve(ctx context.Context, handle func(item)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.items) == 0 {
		b.change.Wait()
		if ctx.Err() != nil {
			return
		}
	}
	handle(b.items[0])
}

func serveOne(ctx context.Context, handle func(item)) *box {
	b := newBox()
	go b.serve(ctx, handle)
	return b
}
