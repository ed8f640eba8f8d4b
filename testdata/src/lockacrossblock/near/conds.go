package near

import "sync"

// A buffer waits on conditions of its own lock.
type buffer struct {
	mu       sync.Mutex
	notEmpty *sync.Cond
	notFull  sync.Cond
	items    []int
}

func newBuffer() *buffer {
	b := &buffer{}
	b.notEmpty = sync.NewCond(&b.mu)
	b.notFull.L = &b.mu
	return b
}

func (b *buffer) size() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.items)
}

// Wait releases the lock while it waits.
func (b *buffer) take() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.items) == 0 {
		b.notEmpty.Wait()
	}
	v := b.items[0]
	b.items = b.items[1:]
	b.notFull.Signal()
	return v
}

// So it does through the field L.
func (b *buffer) put(v int) {
	b.notFull.L.Lock()
	defer b.notFull.L.Unlock()
	for len(b.items) == 10 {
		b.notFull.Wait()
	}
	b.items = append(b.items, v)
	b.notEmpty.Broadcast()
}

// awaitLocked is entered with the lock that Wait releases.
func (b *buffer) awaitLocked() {
	for len(b.items) == 0 {
		b.notEmpty.Wait()
	}
}

// The lock held at the call is the one that Wait releases inside it.
func (b *buffer) waitThroughHelper() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.awaitLocked()
	return b.items[0]
}

// A sheet waits for writers with the read side of its lock.
type sheet struct {
	mu      sync.RWMutex
	changed *sync.Cond
	version int
}

func newSheet() *sheet {
	s := &sheet{}
	s.changed = sync.NewCond(s.mu.RLocker())
	return s
}

func (s *sheet) bump() {
	s.mu.Lock()
	s.version++
	s.mu.Unlock()
	s.changed.Broadcast()
}

// Wait releases the read lock, which is the lock of the Cond.
func (s *sheet) await(version int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for s.version < version {
		s.changed.Wait()
	}
}

// An embedded Cond's lock is the one it was made with.
type gate struct {
	*sync.Cond
	open bool
}

func newGate() *gate {
	return &gate{Cond: sync.NewCond(new(sync.Mutex))}
}

func (g *gate) set(open bool) {
	g.L.Lock()
	g.open = open
	g.L.Unlock()
	g.Broadcast()
}

func (g *gate) pass() {
	g.L.Lock()
	defer g.L.Unlock()
	for !g.open {
		g.Wait()
	}
}
