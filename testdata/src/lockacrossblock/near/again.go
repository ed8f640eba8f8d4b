package near

import "sync"

// A session's messages are handled with its lock held, but for one that an old
// version of the protocol has, and the new one has not.
type session struct {
	mu      sync.Mutex
	version int
	greeted bool
}

func (s *session) receive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handle()
}

// handle greets again in the old version only; receive is not called in it.
func (s *session) handle() {
	if s.version < 2 {
		s.renegotiate()
		return
	}
	s.greeted = true
}

func (s *session) renegotiate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.greeted = false
}

// A reader is locked by who begins to read, and unlocked by the goroutine that
// does.
type reader struct {
	mu   sync.Mutex
	read func() int
	got  int
}

func (r *reader) begin() chan struct{} {
	done := make(chan struct{})
	r.mu.Lock()
	go func() {
		r.got = r.read()
		r.mu.Unlock()
		close(done)
	}()
	return done
}

func (r *reader) sum(n int) (sum int) {
	done := r.begin()
	for range n {
		<-done
		sum += r.got
		done = r.begin()
	}
	<-done
	return sum + r.got
}

// A recorder is restarted with its lock held, but for one of streams, which is
// started once only: start says so.
type recorder struct {
	mu      sync.Mutex
	mode    string
	running *int
}

func (r *recorder) restart() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	*r.running = 0
	return r.start()
}

func (r *recorder) start() error {
	switch r.mode {
	case "plain":
		return nil
	case "stream":
		if r.running != nil {
			panic("started twice")
		}
		r.mu.Lock()
		defer func() { r.mu.Unlock() }()
		r.running = new(int)
	}
	return nil
}

// A library finds what it holds before it locks, by the same key.
type library struct {
	mu     sync.Mutex
	ids    sync.Map
	titles sync.Map
	sizes  map[string]int
}

func (l *library) byTitle(title string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sizes[title]++
	if id, ok := l.ids.Load(title); ok {
		return l.byID(id.(string))
	}
	return ""
}

func (l *library) byID(id string) string {
	if title, ok := l.titles.Load(id); ok {
		return title.(string)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	title, _ := l.titles.Load(id)
	return title.(string)
}
