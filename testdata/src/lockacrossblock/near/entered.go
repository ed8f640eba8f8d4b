package near

import "sync"

// A spool's reader takes the lock. Some methods are entered with the lock held
// and some leave with it released.
type spool struct {
	mu    sync.Mutex
	out   chan string
	lines []string
	sent  int
}

func newSpool() *spool {
	s := &spool{out: make(chan string)}
	go func() {
		for range s.out {
			s.mu.Lock()
			s.sent++
			s.mu.Unlock()
		}
	}()
	return s
}

// sendLocked is entered locked and releases the lock around the send.
func (s *spool) sendLocked(line string) {
	s.sent--
	s.mu.Unlock()
	s.out <- line
	s.mu.Lock()
}

// The callee releases the lock while it sends.
func (s *spool) callReleasing(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sendLocked(line)
}

// release has no telling name, but all of its callers hold the lock and it
// gives it up before it sends.
func (s *spool) release() {
	lines := s.lines
	s.lines = nil
	s.mu.Unlock()
	for _, line := range lines {
		s.out <- line
	}
}

// The callee releases the lock for good.
func (s *spool) callRelease(line string) {
	s.mu.Lock()
	s.lines = append(s.lines, line)
	s.release()
}

// The send after the call is as free as the callee's own.
func (s *spool) sendAfterRelease(line string) {
	s.mu.Lock()
	s.release()
	s.out <- line
}

func (s *spool) lock()   { s.mu.Lock() }
func (s *spool) unlock() { s.mu.Unlock() }

// The wrapper has unlocked.
func (s *spool) sendAfterWrapper(line string) {
	s.lock()
	s.sent--
	s.unlock()
	s.out <- line
}

// enter locks and returns the way out.
func (s *spool) enter() func() {
	s.lock()
	return s.unlock
}

// The lock is taken when enter is called, and released when the function ends;
// the goroutine sends on its own.
func (s *spool) goInsideEnter(line string) {
	defer s.enter()()
	s.sent--
	go func() { s.out <- line }()
}

// The inner function has left before the outer one sends.
func (s *spool) sendAfterInnerEnter(line string) {
	func() {
		defer s.enter()()
		s.sent--
	}()
	s.out <- line
}

// pop locks only if it is told to, and it is told not to.
func (s *spool) pop(lock bool) string {
	if lock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	line := s.lines[0]
	s.lines = s.lines[1:]
	return line
}

func (s *spool) popTwice() (string, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pop(false), s.pop(false)
}
