// Package unused has directives that silence nothing, and what is said of
// them.
package unused

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

// The send is fine, so that the directive hides the next mistake on its line.
func (s *spool) fixed(job string) {
	s.mu.Lock()
	s.done--
	s.mu.Unlock()
	// want +1 `^nothing is silenced by this directive; remove it$`
	s.jobs <- job //chanlint:ignore lockacrossblock the printer is quick
}

func (s *spool) atLock(job string) {
	// want +1 `nothing is silenced`
	s.mu.Lock() //chanlint:ignore lockacrossblock the printer is quick
	defer s.mu.Unlock()
	s.jobs <- job
}

func (s *spool) misspelt(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// want +1 `^lockacrossblok is not a pass of chanlint; write lockacrossblock$`
	s.jobs <- job //chanlint:ignore lockacrossblok the printer is quick
}

func (s *spool) noReason(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// want +1 `gives no reason`
	s.jobs <- job //chanlint:ignore lockacrossblock
}

func (s *spool) used(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs <- job //chanlint:ignore lockacrossblock the printer is quick
}

// Comments for all linters may be there for others.
func (s *spool) shared(job string) {
	s.jobs <- job //nolint
}
