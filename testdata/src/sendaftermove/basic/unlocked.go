package basic

import "sync"

// A Topic is closed under a lock.
type Topic struct {
	mu     sync.Mutex
	closed bool
	events chan int
	kept   chan int
}

// Close closes both channels.
func (t *Topic) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	t.closed = true
	close(t.events)
	close(t.kept)
}

// Publish looks under the lock, and sends when it has released it.
func (t *Topic) Publish(v int) bool {
	t.mu.Lock()
	closed := t.closed
	t.mu.Unlock()
	if closed {
		return false
	}
	t.events <- v // want `^this send comes after t.mu was unlocked, so Close may have closed the channel \(line 21\), which panics; send under the lock$`
	return true
}

// Keep is the same, repaired.
func (t *Topic) Keep(v int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return false
	}
	select {
	case t.kept <- v:
		return true
	default:
		return false
	}
}
