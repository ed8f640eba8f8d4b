package near

import "sync"

// A session ends all that are waiting, each with its own channel, which another
// method takes out of the map.
type session struct {
	mu      sync.Mutex
	waiting map[int]chan error
}

func (s *session) end(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range s.waiting {
		fail(s.take(id), err)
	}
}

func (s *session) take(id int) chan error {
	ch := s.waiting[id]
	delete(s.waiting, id)
	return ch
}

func fail(ch chan error, err error) {
	if ch != nil {
		ch <- err
		close(ch)
	}
}
