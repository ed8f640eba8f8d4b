package main

import "sync"

// An event tells subscribers of an accepted order. IDs have no gaps, so a gap
// in what a subscriber sees is what it has missed.
type event struct {
	ID    int
	Order order
}

// A bus sends each event to all of its subscribers.
type bus struct {
	mu      sync.Mutex
	subs    map[int]chan event
	nextID  int
	closed  bool
	dropped int
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

// publish sends e to all subscribers that have room for it and counts the
// others.
func (b *bus) publish(e event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, ch := range b.subs {
		select {
		case ch <- e:
		default:
			b.dropped++
		}
	}
}

func (b *bus) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.subs)
}

// lost returns how many events did not reach a subscriber.
func (b *bus) lost() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.dropped
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
