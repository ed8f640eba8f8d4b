package suppressed

//lint:file-ignore chanlint all of this file is for one job at a time

func (s *spool) staticcheckWholeFile(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs <- job
}
