package main

import (
	"sync"
	"time"
)

const (
	outboxSize    = 10_000 // orders that may wait for their delivery
	flushInterval = 10 * time.Millisecond
	maxAttempts   = 3
	firstBackoff  = 50 * time.Millisecond
)

// An outbox keeps accepted orders until they are delivered.
type outbox struct {
	deliver func([]order) error
	health  *health

	mu        sync.Mutex
	pending   []order
	delivered int
}

func newOutbox(deliver func([]order) error, h *health) *outbox {
	return &outbox{deliver: deliver, health: h}
}

// add reports whether there was room for o.
func (b *outbox) add(o order) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.pending) >= outboxSize {
		return false
	}
	b.pending = append(b.pending, o)
	return true
}

func (b *outbox) counts() (pending, delivered int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.pending), b.delivered
}

// run delivers what is pending, in intervals and once more after done.
func (b *outbox) run(done <-chan struct{}) {
	ticker := time.NewTicker(flushInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			b.flush()
		case <-done:
			b.flush()
			return
		}
	}
}

// flush delivers what is pending. If that fails for good, it stays pending for
// the next flush.
func (b *outbox) flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	batch := b.pending
	if len(batch) == 0 || !b.attempt(batch) {
		return
	}
	b.pending = nil
	b.delivered += len(batch)
}

// attempt reports whether a batch was delivered, if need be after some
// retries.
func (b *outbox) attempt(batch []order) bool {
	backoff := firstBackoff
	for n := 1; ; n++ {
		if b.deliver(batch) == nil {
			b.health.succeeded()
			return true
		}
		b.health.failed()
		if n == maxAttempts {
			return false
		}
		time.Sleep(backoff)
		backoff *= 2
	}
}
