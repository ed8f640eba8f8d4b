//chanlint:ignore lockacrossblock all of this file is for one job at a time

package suppressed

func (s *spool) wholeFile(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs <- job
}

func (s *spool) wholeFileAgain(job string) {
	s.mu.Lock()
	s.jobs <- job
	s.mu.Unlock()
}
