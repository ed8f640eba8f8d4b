package basic

import "sync"

// A hub evicts the members that have gone; eviction takes the write lock, and
// the goroutine that evicts is the one that receives the names.
type hub struct {
	mu      sync.RWMutex
	members map[string]bool
	gone    chan string
}

func newHub() *hub {
	h := &hub{members: map[string]bool{}, gone: make(chan string)}
	go h.evict()
	return h
}

func (h *hub) evict() {
	for name := range h.gone {
		h.mu.Lock()
		delete(h.members, name)
		h.mu.Unlock()
	}
}

func (h *hub) sendUnderRLock() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for name, alive := range h.members {
		if !alive {
			h.gone <- name // want "h\\.mu"
		}
	}
}

func (h *hub) sendAfterRUnlock() {
	var gone []string
	h.mu.RLock()
	for name, alive := range h.members {
		if !alive {
			gone = append(gone, name)
		}
	}
	h.mu.RUnlock()
	for _, name := range gone {
		h.gone <- name
	}
}
