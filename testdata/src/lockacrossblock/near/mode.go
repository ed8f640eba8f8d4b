package near

import (
	"strings"
	"sync"
)

// A scraper of one kind updates its list under the lock, one of the other kind
// item by item.
type scraper struct {
	mu      sync.Mutex
	atOnce  bool
	targets map[string]bool
}

func (s *scraper) setUp(kind string) {
	s.atOnce = strings.EqualFold(kind, "node")
	if s.atOnce {
		go s.all(nil)
	}
}

func (s *scraper) all(names []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.targets = make(map[string]bool)
	for _, n := range names {
		s.add(n)
	}
}

func (s *scraper) add(name string) {
	if !s.atOnce {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.targets[name] = true
}
