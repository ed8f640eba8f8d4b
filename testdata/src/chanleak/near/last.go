package near

import (
	"log"
	"sync"
)

// Who closes the last of several streams ends the wait for all.
type streams struct {
	mu   sync.Mutex
	open map[int]bool
	done chan struct{}
	once sync.Once
}

func newStreams(n int) *streams {
	s := &streams{open: map[int]bool{}, done: make(chan struct{})}
	for fd := range n {
		s.open[fd] = true
	}
	return s
}

func (s *streams) end(fd int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, fd)
	if len(s.open) == 0 {
		s.once.Do(func() { close(s.done) })
	}
}

func copyTwo(read func(int)) {
	s := newStreams(2)
	go func() {
		<-s.done
		log.Print("done")
	}()
	read(0)
	s.end(0)
	read(1)
	s.end(1)
}
