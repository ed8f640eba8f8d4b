package main

import "sync"

// An event tells subscribers of an accepted order.
type event struct {
	ID    int
	Order order
}

// A bus sends each event to all of its subscribers.
type bus struct {
	mu     sync.Mutex
	subs   map[int]chan event
	nextID int
	closed bool
}

func newBus() *bus {
	return &bus{subs: make(map[int]chan event)}
}

// subscribe returns a channel with room for size events, which is closed by
// unsubscribe or at the end of the service.
func (b *bus) subscribe(size int) (id int, events <-chan event) {
	ch := make(chan event, size)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.nextID++
	if b.closed {
		close(ch)
	} else {
		b.subs[b.nextID] = ch
	}
	return b.nextID, ch
}

// unsubscribe may be called twice.
func (b *bus) unsubscribe(id int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if ch, ok := b.subs[id]; ok {
		delete(b.subs, id)
		close(ch)
	}
}

// publish sends e to all subscribers.
func (b *bus) publish(e event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, ch := range b.subs {
		ch <- e
	}
}

func (b *bus) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.subs)
}

// close ends all subscriptions.
func (b *bus) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	for id, ch := range b.subs {
		delete(b.subs, id)
		close(ch)
	}
}
