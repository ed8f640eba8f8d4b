package near

import "sync"

// A stage's reader takes the lock. The sends are written between Lock and
// Unlock, but do not happen there.
type stage struct {
	mu    sync.Mutex
	out   chan int
	later []func()
	count int
}

func newStage() *stage {
	s := &stage{out: make(chan int)}
	go func() {
		for range s.out {
			s.mu.Lock()
			s.count++
			s.mu.Unlock()
		}
	}()
	return s
}

func (s *stage) send(v int) {
	s.out <- v
}

// A goroutine does not hold the locks of the function that starts it.
func (s *stage) goUnderLock(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	go func() { s.out <- v }()
}

// Nor does it if it is a method.
func (s *stage) goMethodUnderLock(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	go s.send(v)
}

// Locking again in another goroutine only waits for this one to unlock.
func (s *stage) goLockUnderLock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	go func() {
		s.mu.Lock()
		s.count--
		s.mu.Unlock()
	}()
}

// The literal is called after the unlock.
func (s *stage) callLiteralAfterUnlock(v int) {
	s.mu.Lock()
	send := func() { s.out <- v }
	s.count--
	s.mu.Unlock()
	send()
}

// The literals are kept under the lock and called after it.
func (s *stage) keepLiterals(values []int) {
	s.mu.Lock()
	for _, v := range values {
		s.later = append(s.later, func() { s.out <- v })
	}
	later := s.later
	s.later = nil
	s.mu.Unlock()
	for _, f := range later {
		f()
	}
}

// The caller of the result calls it, without the lock.
func (s *stage) returnLiteral(v int) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count--
	return func() { s.out <- v }
}

// Taking a method value does not call it.
func (s *stage) methodValueUnderLock(v int) {
	s.mu.Lock()
	send := s.send
	s.mu.Unlock()
	send(v)
}

// inBackground starts f in a goroutine, which does not hold the lock of the
// caller.
func inBackground(f func()) {
	go f()
}

func (s *stage) passToBackground(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	inBackground(func() { s.out <- v })
}

// keep stores f and does not call it.
func (s *stage) keep(f func()) {
	s.later = append(s.later, f)
}

func (s *stage) passToKeep(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keep(func() { s.out <- v })
}

// locked runs f under the lock; f only counts, and the send comes after.
func (s *stage) locked(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *stage) sendAfterLocked(v int) {
	s.locked(func() { s.count-- })
	s.out <- v
}

// The literal called in place has its own lock, and it is free again.
func (s *stage) lockInLiteral(v int) {
	func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.count--
	}()
	s.out <- v
}
