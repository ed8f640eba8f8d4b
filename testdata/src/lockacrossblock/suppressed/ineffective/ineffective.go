// Package ineffective has directives that silence nothing although there is
// something to silence.
package ineffective

import "sync"

// A spool's reader takes the lock that the senders hold.
type spool struct {
	mu   sync.Mutex
	jobs chan string
	done int
}

func (s *spool) read() {
	for range s.jobs {
		s.mu.Lock()
		s.done++
		s.mu.Unlock()
	}
}

func (s *spool) noDirective(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs <- job // want `s\.mu`
}

func (s *spool) otherPass(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	//chanlint:ignore chanleak the printer is quick
	s.jobs <- job // want `s\.mu`
}

func (s *spool) misspelt(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	//chanlint:ignore lockacrossblok the printer is quick
	s.jobs <- job // want `s\.mu`
}

func (s *spool) noReason(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	//chanlint:ignore lockacrossblock
	s.jobs <- job // want `s\.mu`
}

func (s *spool) spaced(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// chanlint:ignore lockacrossblock the printer is quick
	s.jobs <- job // want `s\.mu`
}

// It stands where the lock is taken, but the operation is reported.
func (s *spool) atLock(job string) {
	s.mu.Lock() //chanlint:ignore lockacrossblock the printer is quick
	defer s.mu.Unlock()
	s.jobs <- job // want `s\.mu`
}

func (s *spool) tooFarAbove(job string) {
	//chanlint:ignore lockacrossblock the printer is quick

	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs <- job // want `s\.mu`
}

func (s *spool) otherLinter(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs <- job /* want `s\.mu` */ //nolint:staticcheck
}
