package main

import "sync"

// The limits of a service can be changed while it runs.
type limits struct {
	MaxCount int
}

// The settings hold the latest limits and wake those who watch them.
type settings struct {
	mu       sync.RWMutex
	latest   limits
	watchers map[chan struct{}]bool
}

func newSettings(l limits) *settings {
	return &settings{latest: l, watchers: make(map[chan struct{}]bool)}
}

func (s *settings) current() limits {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.latest
}

// watch returns a channel that wakes its reader after a change. The reader
// then asks for the current limits.
func (s *settings) watch() chan struct{} {
	ch := make(chan struct{})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watchers[ch] = true
	return ch
}

func (s *settings) unwatch(ch chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.watchers, ch)
}

func (s *settings) replace(l limits) {
	s.mu.Lock()
	s.latest = l
	s.mu.Unlock()
	s.announce()
}

// announce wakes the watchers.
func (s *settings) announce() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for ch := range s.watchers {
		ch <- struct{}{}
	}
}

// What /healthz answers.
const (
	statusStarting = "starting"
	statusUp       = "up"
	statusDegraded = "degraded"
	statusStopping = "stopping"
)

// maxFailures is how many deliveries in a row may fail before the service
// calls itself degraded.
const maxFailures = 3

// The health of a service is its status and what led to it.
type health struct {
	mu       sync.Mutex
	status   string
	failures int
}

func newHealth() *health {
	return &health{status: statusStarting}
}

func (h *health) set(status string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.status = status
}

func (h *health) current() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.status
}

// failed records a delivery that did not succeed.
func (h *health) failed() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failures++
	if h.failures >= maxFailures && h.status == statusUp {
		h.set(statusDegraded)
	}
}

// succeeded records a delivery and ends the state that failures led to.
func (h *health) succeeded() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failures = 0
	if h.status == statusDegraded {
		h.status = statusUp
	}
}
