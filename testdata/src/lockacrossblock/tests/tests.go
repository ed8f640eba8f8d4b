// Package tests has what would be reported in its test file only.
package tests

import "sync"

type counter struct {
	mu   sync.Mutex
	seen int
	hits chan int
}

func (c *counter) read() {
	for v := range c.hits {
		c.mu.Lock()
		c.seen += v
		c.mu.Unlock()
	}
}
