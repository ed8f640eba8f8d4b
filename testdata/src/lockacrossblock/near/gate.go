package near

import (
	"errors"
	"sync"
)

// The lock of a writer is a gate: while what is under way ends, nothing is begun.
type blockWriter struct {
	mu       sync.Mutex
	inFlight sync.WaitGroup
	closed   bool
}

func (w *blockWriter) begin() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return errors.New("closed")
	}
	w.inFlight.Add(1)
	return nil
}

func (w *blockWriter) end() { w.inFlight.Done() }

func (w *blockWriter) isClosed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.closed
}

func (w *blockWriter) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	w.inFlight.Wait()
}

// The other end of a sorter says so if it fails, and who adds then goes on.
type sorter struct {
	mu    sync.Mutex
	in    chan string
	errs  chan error
	added int
}

func newSorter(in chan string, errs chan error) *sorter { return &sorter{in: in, errs: errs} }

func (s *sorter) size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.added
}

func (s *sorter) add(keys []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keys {
		select {
		case s.in <- key:
			s.added++
		case err := <-s.errs:
			return err
		}
	}
	return nil
}
