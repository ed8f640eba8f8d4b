package strict

import (
	"context"
	"sync"
	"time"
)

// A courier's waits under its lock end by themselves, but not at once.
type courier struct {
	mu    sync.Mutex
	out   chan int
	quit  chan struct{}
	count int
}

func (c *courier) total() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.count
}

func (c *courier) stop() {
	close(c.quit)
}

func (c *courier) sendOrTimeOutUnderLock(v int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	select { // want `^c\.mu, locked on line 28, is held across this select, which may block; unlock it first$`
	case c.out <- v:
		return true
	case <-time.After(time.Second):
		return false
	}
}

func (c *courier) sendOrTimeOutAfterUnlock(v int) bool {
	c.mu.Lock()
	c.count++
	c.mu.Unlock()
	select {
	case c.out <- v:
		return true
	case <-time.After(time.Second):
		return false
	}
}

func (c *courier) sendOrCancelUnderLock(ctx context.Context, v int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	select { // want "c\\.mu"
	case c.out <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *courier) sendOrCancelAfterUnlock(ctx context.Context, v int) error {
	c.mu.Lock()
	c.count++
	c.mu.Unlock()
	select {
	case c.out <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *courier) sendOrStopUnderLock(v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	select { // want "c\\.mu"
	case c.out <- v:
	case <-c.quit:
	}
}

func (c *courier) sendOrDropUnderLock(v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case c.out <- v:
	default:
		c.count--
	}
}
