package near

import (
	"errors"
	"os"
	"sync"
	"time"
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

// A producer commits what it has sent, and waits for that, one commit at a time.
type producer struct {
	mu       sync.Mutex
	input    chan string
	inFlight sync.WaitGroup
	name     string
	out      func(string)
}

func newProducer(input chan string, out func(string)) *producer {
	return &producer{input: input, out: out}
}

func (p *producer) run() {
	for text := range p.input {
		p.out(text)
		p.inFlight.Done()
	}
}

func (p *producer) id() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.name
}

func (p *producer) finish(commit bool) {
	p.inFlight.Add(1)
	if commit {
		p.input <- "commit"
	} else {
		p.input <- "abort"
	}
	p.inFlight.Wait()
}

func (p *producer) commit() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish(true)
}

// What is told at once is the one state of several that is the present one.
type states struct {
	mu      sync.Mutex
	present int
	told    map[int][]chan int
}

func (s *states) now() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.present
}

func (s *states) changes(of ...int) <-chan int {
	ch := make(chan int, 10)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, state := range of {
		s.told[state] = append(s.told[state], ch)
		if state == s.present {
			ch <- state
		}
	}
	return ch
}

// What cannot be removed yet can a moment later.
type tempDir struct {
	mu   sync.Mutex
	path string
}

func (d *tempDir) name() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.path
}

func (d *tempDir) remove() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := os.RemoveAll(d.path); err != nil {
		if os.PathSeparator != '/' {
			time.Sleep(200 * time.Millisecond)
			return os.RemoveAll(d.path)
		}
		return err
	}
	return nil
}
