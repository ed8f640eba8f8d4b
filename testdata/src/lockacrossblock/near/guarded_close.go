package near

import "sync"

// A worker takes the lock when it has been told that nothing more comes, and
// never between two items. The lock keeps the close away from the sends.
type closable struct {
	mu     sync.RWMutex
	items  chan int
	closed bool
	done   bool
	flush  chan struct{}
}

func (c *closable) put(v int) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.closed {
		return false
	}
	c.items <- v
	return true
}

func (c *closable) run() {
	for {
		select {
		case _, ok := <-c.items:
			if !ok {
				c.mu.Lock()
				c.done = true
				c.mu.Unlock()
				return
			}
		case <-c.flush:
		}
	}
}

func (c *closable) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.closed = true
		close(c.items)
	}
}

func newClosable() *closable {
	c := &closable{items: make(chan int), flush: make(chan struct{})}
	go c.run()
	return c
}
