package basic

import "sync"

// Locking a cache's mutex again in the goroutine that holds it never returns.
type cache struct {
	mu      sync.Mutex
	entries map[string]string
}

func (c *cache) lockAgain() {
	c.mu.Lock()
	if c.entries == nil {
		c.mu.Lock() // want "c\\.mu"
		c.entries = map[string]string{}
	}
	c.mu.Unlock()
}

func (c *cache) lockOnce() {
	c.mu.Lock()
	if c.entries == nil {
		c.entries = map[string]string{}
	}
	c.mu.Unlock()
}

func (c *cache) size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.entries)
}

func (c *cache) lockAgainThroughMethod(key, value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size() > 100 { // want "c\\.mu"
		clear(c.entries)
	}
	c.entries[key] = value
}

func (c *cache) lockOnceThroughMethod(key, value string) {
	full := c.size() > 100
	c.mu.Lock()
	defer c.mu.Unlock()
	if full {
		clear(c.entries)
	}
	c.entries[key] = value
}

func (c *cache) full() bool {
	return c.size() > 100
}

func (c *cache) lockAgainThroughTwoMethods(key, value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.full() { // want "c\\.mu"
		return
	}
	c.entries[key] = value
}

// reset locks the cache it is given, which is the caller's.
func reset(c *cache) {
	c.mu.Lock()
	clear(c.entries)
	c.mu.Unlock()
}

func (c *cache) lockAgainThroughParameter() {
	c.mu.Lock()
	defer c.mu.Unlock()
	reset(c) // want "c\\.mu"
}

func (c *cache) lockAgainInDefer(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.size() // want "c\\.mu"
	delete(c.entries, key)
}

func (c *cache) lockAgainAfterDeferredUnlock(key string) {
	defer c.size()
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.entries, key)
}

// A table does the same with a read-write lock.
type table struct {
	mu   sync.RWMutex
	rows []string
}

func (t *table) count() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.rows)
}

func (t *table) add(row string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows = append(t.rows, row)
}

func (t *table) readUnderWrite(row string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.count() < 10 { // want "t\\.mu"
		t.rows = append(t.rows, row)
	}
}

func (t *table) upgrade(row string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if len(t.rows) < 10 {
		t.add(row) // want "t\\.mu"
	}
}

func (t *table) upgradeAfterUnlock(row string) {
	t.mu.RLock()
	room := len(t.rows) < 10
	t.mu.RUnlock()
	if room {
		t.add(row)
	}
}

func (t *table) upgradeInPlace(row string) {
	t.mu.RLock()
	if len(t.rows) == 0 {
		t.mu.Lock() // want "t\\.mu"
		t.rows = append(t.rows, row)
		t.mu.Unlock()
	}
	t.mu.RUnlock()
}

// A tree locks itself again when it recurses into itself.
type tree struct {
	mu    sync.Mutex
	depth int
}

func (t *tree) recurseUnderLock(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.depth = n
	if n > 0 {
		t.recurseUnderLock(n - 1) // want "t\\.mu"
	}
}

func (t *tree) recurseAfterUnlock(n int) {
	t.mu.Lock()
	t.depth = n
	t.mu.Unlock()
	if n > 0 {
		t.recurseAfterUnlock(n - 1)
	}
}

// A recorder of streams is started under its lock and takes it again.
type recorder struct {
	mu      sync.Mutex
	mode    string
	running *int
}

func (r *recorder) restart() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	*r.running = 0
	return r.start() // want "r\\.mu"
}

func (r *recorder) start() error {
	switch r.mode {
	case "plain":
		return nil
	case "stream":
		r.mu.Lock()
		r.running = new(int)
		r.mu.Unlock()
	}
	return nil
}

// What is tested on every way tells no caller from another.
type chronicle struct {
	mu    sync.Mutex
	lines []string
}

func (c *chronicle) move(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.write(line) // want "c\\.mu"
}

func (c *chronicle) write(line string) {
	if c.lines == nil {
		panic("the chronicle is closed")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lines = append(c.lines, line)
}
