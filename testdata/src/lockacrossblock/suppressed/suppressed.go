// Package suppressed silences what would be reported, in every way there is.
// None of the directives is reported as unused.
package suppressed

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

func (s *spool) sameLine(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs <- job //chanlint:ignore lockacrossblock the printer is quick
}

func (s *spool) lineAbove(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	//chanlint:ignore lockacrossblock the printer is quick
	s.jobs <- job
}

// wholeFunction holds the lock on purpose.
//
//chanlint:ignore lockacrossblock one job at a time
func (s *spool) wholeFunction(jobs []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, job := range jobs {
		s.jobs <- job
	}
}

func (s *spool) golangci(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs <- job //nolint:chanlint // the printer is quick
}

func (s *spool) golangciByPass(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs <- job //nolint:lockacrossblock
}

func (s *spool) golangciAll(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs <- job //nolint
}

func (s *spool) staticcheck(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	//lint:ignore chanlint the printer is quick
	s.jobs <- job
}

func (s *spool) staticcheckByPass(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	//lint:ignore SA2000,lockacrossblock the printer is quick
	s.jobs <- job
}
