package near

import "sync"

// A lazy value is filled by a Once.
type lazy struct {
	mu     sync.Mutex
	first  sync.Once
	second sync.Once
	ready  chan struct{}
	value  int
}

func (l *lazy) get() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.value
}

// The function does not wait, so neither does Do for long.
func (l *lazy) onceUnderLock() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.first.Do(func() { l.value = 1 })
}

// One Once inside another is no re-entry.
func (l *lazy) onceInsideOther() {
	l.first.Do(func() {
		l.second.Do(func() { l.value = 2 })
	})
}

// A Once that closes a channel keeps nobody waiting.
func (l *lazy) closeOnce() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.first.Do(func() { close(l.ready) })
}

// The Once of another value is another Once.
func (l *lazy) onceOfOther(other *lazy) {
	l.first.Do(func() {
		other.first.Do(func() { other.value = 3 })
	})
}

// The goroutine calls Do on the Once, and nobody inside Do waits for it.
func (l *lazy) goInsideOnce() {
	l.first.Do(func() {
		go l.first.Do(func() { l.value = 4 })
	})
}

// Do is called again after it has returned.
func (l *lazy) onceThenOnce() {
	fill := func() { l.value = 5 }
	l.first.Do(fill)
	l.first.Do(fill)
}

// OnceFunc and OnceValue return functions that wait for nothing but the first
// call.
func (l *lazy) onceFuncs() int {
	reset := sync.OnceFunc(func() { l.value = 0 })
	answer := sync.OnceValue(func() int { return 42 })
	l.mu.Lock()
	defer l.mu.Unlock()
	reset()
	return answer()
}

// A node is computed once, after its children, which have each a Once of their
// own.
type node struct {
	once     sync.Once
	children []*node
	sum      int
}

func (n *node) compute() {
	n.once.Do(func() {
		var wg sync.WaitGroup
		for _, c := range n.children {
			wg.Add(1)
			go func() {
				defer wg.Done()
				c.compute()
			}()
		}
		wg.Wait()
		n.sum = 1
	})
}

// encode has a Once of its own in each call, and calls itself for the parts.
func encode(depth int) int {
	size := sync.OnceValue(func() int {
		if depth == 0 {
			return 1
		}
		return encode(depth-1) + 1
	})
	return size() + size()
}

// A page is locked while the page that it leads to is.
type page struct {
	mu   sync.Mutex
	next string
}

func follow(name string, find func(string) *page) int {
	p := find(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next == "" {
		return 1
	}
	return 1 + follow(p.next, find)
}
