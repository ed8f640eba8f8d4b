// Package off has in its test file what is not reported unless tests are asked
// for.
package off

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
