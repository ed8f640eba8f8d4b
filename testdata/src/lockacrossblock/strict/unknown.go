package strict

import "sync"

// A Listener is implemented elsewhere.
type Listener interface {
	Changed(v int)
}

// A Source tells others of its changes.
type Source struct {
	mu        sync.Mutex
	listeners []Listener
	value     int

	// OnChange is set by the user.
	OnChange func(int)
}

func (s *Source) get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.value
}

func (s *Source) callInterfaceUnderLock(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = v
	for _, l := range s.listeners {
		l.Changed(v) // want "s\\.mu"
	}
}

func (s *Source) callInterfaceAfterUnlock(v int) {
	s.mu.Lock()
	s.value = v
	listeners := append([]Listener(nil), s.listeners...)
	s.mu.Unlock()
	for _, l := range listeners {
		l.Changed(v)
	}
}

func (s *Source) callFieldUnderLock(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = v
	s.OnChange(v) // want "s\\.mu"
}

func (s *Source) callFieldAfterUnlock(v int) {
	s.mu.Lock()
	s.value = v
	changed := s.OnChange
	s.mu.Unlock()
	changed(v)
}
