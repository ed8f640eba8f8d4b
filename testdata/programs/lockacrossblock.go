package programs

import "sync"

// A counter hands jobs to a worker that counts them under the same lock.
type counter struct {
	mu   sync.Mutex
	jobs chan int
	open int
	done int
}

func newCounter() *counter {
	c := &counter{jobs: make(chan int)}
	go c.work()
	return c
}

func (c *counter) work() {
	for j := range c.jobs {
		if j == 0 {
			return
		}
		c.mu.Lock()
		c.done++
		c.mu.Unlock()
	}
}

func (c *counter) send(job int) {
	c.mu.Lock()
	c.open++
	c.jobs <- job
	c.mu.Unlock()
}

func (c *counter) sendDeferred(job int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open++
	c.jobs <- job
}
