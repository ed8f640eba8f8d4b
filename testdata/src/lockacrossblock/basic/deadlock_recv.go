package basic

import "sync"

// A poller's goroutine takes the lock on its way out, before it says that it
// is done.
type poller struct {
	mu   sync.Mutex
	quit chan struct{}
	done chan struct{}
	last int
}

func newPoller() *poller {
	p := &poller{quit: make(chan struct{}), done: make(chan struct{})}
	go p.run()
	return p
}

func (p *poller) run() {
	defer close(p.done)
	<-p.quit
	p.mu.Lock()
	p.last = 0
	p.mu.Unlock()
}

func (p *poller) recvUnderLock() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.quit)
	<-p.done // want "p\\.mu"
}

func (p *poller) recvAfterUnlock() {
	p.mu.Lock()
	close(p.quit)
	p.mu.Unlock()
	<-p.done
}

func (p *poller) awaitDone() {
	<-p.done
}

func (p *poller) recvThroughHelper() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.awaitDone() // want "p\\.mu"
	return p.last
}

func (p *poller) recvThroughHelperAfterUnlock() int {
	p.awaitDone()
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last
}

// A lister's producer takes the lock for each entry and closes the channel
// after the last one.
type lister struct {
	mu      sync.Mutex
	entries map[string]int
	names   chan string
}

func newLister() *lister {
	l := &lister{entries: map[string]int{}, names: make(chan string)}
	go l.produce(10)
	return l
}

func (l *lister) produce(n int) {
	defer close(l.names)
	for range n {
		l.mu.Lock()
		name := l.pick()
		l.mu.Unlock()
		l.names <- name
	}
}

func (l *lister) pick() string {
	for name := range l.entries {
		return name
	}
	return ""
}

func (l *lister) rangeUnderLock() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name := range l.names { // want "l\\.mu"
		l.entries[name]++
	}
}

func (l *lister) rangeThenLock() {
	var names []string
	for name := range l.names {
		names = append(names, name)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, name := range names {
		l.entries[name]++
	}
}

// A request to a server is answered by a loop that needs the lock to answer.
type server struct {
	mu       sync.Mutex
	requests chan request
	hits     int
}

type request struct {
	key   string
	reply chan int
}

func newServer() *server {
	s := &server{requests: make(chan request, 8)}
	go s.serve()
	return s
}

func (s *server) serve() {
	for r := range s.requests {
		s.mu.Lock()
		n := s.hits
		s.mu.Unlock()
		r.reply <- n
	}
}

func (s *server) recvReplyUnderLock(key string) int {
	r := request{key: key, reply: make(chan int, 1)}
	s.requests <- r
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits++
	return <-r.reply // want "s\\.mu"
}

func (s *server) recvReplyAfterUnlock(key string) int {
	r := request{key: key, reply: make(chan int, 1)}
	s.requests <- r
	s.mu.Lock()
	s.hits++
	s.mu.Unlock()
	return <-r.reply
}

func (s *server) ask(key string) int {
	r := request{key: key, reply: make(chan int, 1)}
	s.requests <- r
	return <-r.reply
}

func (s *server) askUnderLock(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ask(key) // want "s\\.mu"
}

func (s *server) askAfterUnlock(key string) int {
	s.mu.Lock()
	s.hits++
	s.mu.Unlock()
	return s.ask(key)
}
