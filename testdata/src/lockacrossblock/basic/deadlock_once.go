package basic

import "sync"

// A Once is a lock too: Do does not return before the first call is done.
type config struct {
	once   sync.Once
	values map[string]string
}

func (c *config) load() {
	c.values = map[string]string{"name": c.onceAgain("host")}
}

func (c *config) onceAgain(key string) string {
	c.once.Do(c.load) // want "c\\.once"
	return c.values[key]
}

func (c *config) onceAgainInPlace() {
	c.once.Do(func() {
		c.once.Do(func() {}) // want "c\\.once"
	})
}

func (c *config) fill() {
	c.values = map[string]string{"name": c.values["host"]}
}

func (c *config) onceOnly(key string) string {
	c.once.Do(c.fill)
	return c.values[key]
}

// A pool waits inside Do for a goroutine that calls Do on the same Once.
type pool struct {
	once  sync.Once
	ready chan struct{}
	size  int
}

func (p *pool) warm() {
	p.once.Do(func() {})
	close(p.ready)
}

func (p *pool) waitInsideOnce() {
	p.once.Do(func() {
		go p.warm()
		<-p.ready // want "p\\.once"
	})
}

func (p *pool) waitAfterOnce() {
	p.once.Do(func() { go p.warm() })
	<-p.ready
}
