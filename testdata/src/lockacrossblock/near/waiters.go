package near

import "sync"

// Who waits has a channel with room for one value, and is forgotten when it has got
// that, by a function that is given the list.
type awaited struct {
	mu      sync.Mutex
	waiters []chan<- int
	n       int
}

func (s *awaited) wait() <-chan int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan int, 1)
	s.waiters = append(s.waiters, c)
	return c
}

func (s *awaited) total() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

func (s *awaited) done() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notify(&s.waiters)
}

func (s *awaited) notify(ws *[]chan<- int) {
	for _, c := range *ws {
		c <- s.n
	}
	*ws = nil
}
