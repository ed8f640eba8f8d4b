package near

import "sync"

// A session's messages are handled with its lock held, but for one that an old
// version of the protocol has, and the new one has not.
type session struct {
	mu      sync.Mutex
	version int
	greeted bool
}

func (s *session) receive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handle()
}

// handle greets again in the old version only; receive is not called in it.
func (s *session) handle() {
	if s.version < 2 {
		s.renegotiate()
		return
	}
	s.greeted = true
}

func (s *session) renegotiate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.greeted = false
}
