package basic

import "sync"

// The reader of a bus never takes its lock, so a send ends when the reader
// comes round. Until then nobody can look at the bus.
type bus struct {
	mu      sync.Mutex
	subs    map[int]chan string
	last    string
	updates chan string
}

func newBus(updates chan string) *bus {
	return &bus{subs: map[int]chan string{}, updates: updates}
}

func (b *bus) subscribe(id int) <-chan string {
	ch := make(chan string)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subs[id] = ch
	return ch
}

func (b *bus) unsubscribe(id int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.subs, id)
}

func (b *bus) latest() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last
}

func (b *bus) publishUnderLock(s string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = s
	for _, sub := range b.subs {
		sub <- s // want "b\\.mu"
	}
}

func (b *bus) publishAfterUnlock(s string) {
	b.mu.Lock()
	b.last = s
	subs := make([]chan string, 0, len(b.subs))
	for _, sub := range b.subs {
		subs = append(subs, sub)
	}
	b.mu.Unlock()
	for _, sub := range subs {
		sub <- s
	}
}

func (b *bus) sendUpdateUnderLock(s string) {
	b.mu.Lock()
	b.last = s
	b.updates <- s // want "b\\.mu"
	b.mu.Unlock()
}

func (b *bus) sendUpdateAfterUnlock(s string) {
	b.mu.Lock()
	b.last = s
	b.mu.Unlock()
	b.updates <- s
}

func (b *bus) sendArgumentUnderLock(out chan<- string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	out <- b.last // want "b\\.mu"
}

func (b *bus) sendArgumentAfterUnlock(out chan<- string) {
	b.mu.Lock()
	last := b.last
	b.mu.Unlock()
	out <- last
}

// A board is read by many and written by few.
type board struct {
	mu     sync.RWMutex
	scores map[string]int
}

func (b *board) set(name string, score int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.scores[name] = score
}

func (b *board) get(name string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.scores[name]
}

func (b *board) streamUnderRLock(out chan<- int) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, score := range b.scores {
		out <- score // want "b\\.mu"
	}
}

func (b *board) streamAfterRUnlock(out chan<- int) {
	b.mu.RLock()
	scores := make([]int, 0, len(b.scores))
	for _, score := range b.scores {
		scores = append(scores, score)
	}
	b.mu.RUnlock()
	for _, score := range scores {
		out <- score
	}
}

func (b *board) sendUnderTryLock(name string, out chan<- int) bool {
	if !b.mu.TryLock() {
		return false
	}
	defer b.mu.Unlock()
	out <- b.scores[name] // want "b\\.mu"
	return true
}

func (b *board) sendAfterTryLock(name string, out chan<- int) bool {
	if !b.mu.TryLock() {
		return false
	}
	score := b.scores[name]
	b.mu.Unlock()
	out <- score
	return true
}
