package near

import (
	"sync"

	"lockacrossblock/strict/crosspkg/bus"
)

// What another package sends, on a channel of its own, it knows who receives:
// reported by strict rules only, in package crosspkg.
type announcer struct {
	mu   sync.Mutex
	bus  *bus.Bus
	said int
}

func (a *announcer) announce(v int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.said++
	a.bus.Publish(v)
}

func (a *announcer) total() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.said
}
