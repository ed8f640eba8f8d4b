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

// A lazy value is computed by a function that asks for the value.
type lazy struct {
	get   func()
	value int
}

func newLazy() *lazy {
	l := &lazy{}
	l.get = sync.OnceFunc(l.compute)
	return l
}

func (l *lazy) compute() {
	l.value = l.double()
}

func (l *lazy) double() int {
	l.get() // miss: a function that does no more than call a field is not looked into
	return 2 * l.value
}

func onceFuncAgain() {
	var run func()
	run = sync.OnceFunc(func() {
		run() // want "run"
	})
	run()
}

func onceFuncOnly(f func()) {
	run := sync.OnceFunc(f)
	run()
	run()
}
