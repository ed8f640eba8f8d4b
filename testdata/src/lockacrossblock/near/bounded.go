package near

import (
	"context"
	"sync"
	"time"
)

// A courier's waits under its lock end by themselves. They are a matter for
// the strict rules.
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

// The timer ends the wait.
func (c *courier) sendOrTimeOut(v int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case c.out <- v:
		return true
	case <-time.After(time.Second):
		return false
	}
}

// The context ends the wait.
func (c *courier) sendOrCancel(ctx context.Context, v int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case c.out <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The stop case ends the wait: whoever closes quit does not need the lock.
func (c *courier) sendOrStop(v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case c.out <- v:
	case <-c.quit:
	}
}

func (c *courier) stop() {
	close(c.quit)
}
