package near

import (
	"sync"
	"time"
)

// Each event goes to a list without a limit, from which another goroutine takes
// it: whoever sends waits for a moment only.
type forum struct {
	mu      sync.Mutex
	members map[int]*member
	sent    int
}

type member struct {
	in  chan string
	out chan string
}

func newMember() *member {
	m := &member{in: make(chan string), out: make(chan string)}
	go m.queue()
	return m
}

func (m *member) queue() {
	defer close(m.out)
	var waiting []string
	for {
		if len(waiting) == 0 {
			text, ok := <-m.in
			if !ok {
				return
			}
			waiting = append(waiting, text)
		}
		select {
		case m.out <- waiting[0]:
			waiting = waiting[1:]
		case text, ok := <-m.in:
			if !ok {
				return
			}
			waiting = append(waiting, text)
		}
	}
}

func (m *member) add(text string) { m.in <- text }

func (m *member) all(handle func(string)) {
	for text := range m.out {
		handle(text)
	}
}

func (r *forum) join(id int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.members[id] = newMember()
}

func (r *forum) total() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sent
}

func (r *forum) publish(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent++
	for _, m := range r.members {
		m.add(text)
	}
}

// What is evicted goes to a goroutine that lives as long as the cache does, and
// waits for nothing but that.
type cache struct {
	mu      sync.Mutex
	entries map[string][]byte
	evicted chan []byte
	loaded  chan struct{} // closed when the first entries are there
	free    func([]byte)
}

func newCache(free func([]byte)) *cache {
	c := &cache{entries: map[string][]byte{}, evicted: make(chan []byte, 8), loaded: make(chan struct{}), free: free}
	go c.load()
	go c.release(c.evicted)
	return c
}

func (c *cache) release(from <-chan []byte) {
	for entry := range from {
		<-c.loaded
		c.free(entry)
	}
}

func (c *cache) load() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries["first"] = nil
	close(c.loaded)
}

func (c *cache) size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.entries)
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, entry := range c.entries {
		delete(c.entries, key)
		c.evicted <- entry
	}
}

// Who leaves takes what comes until it is out, so that nobody is left waiting.
type topic struct {
	mu    sync.Mutex
	lists []*list
	count int
}

type list struct{ ch chan int }

func (t *topic) subscribe() *subscription {
	s := &subscription{ch: make(chan int, 16), topic: t}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lists = append(t.lists, &list{ch: s.ch})
	return s
}

type subscription struct {
	ch    chan int
	topic *topic
}

func (s *subscription) Out() <-chan int { return s.ch }

func (s *subscription) leave() {
	go func() {
		for range s.ch {
		}
	}()
	s.topic.mu.Lock()
	defer s.topic.mu.Unlock()
	for i, l := range s.topic.lists {
		if l.ch == s.ch {
			s.topic.lists = append(s.topic.lists[:i], s.topic.lists[i+1:]...)
			break
		}
	}
	close(s.ch)
}

func (t *topic) emitted() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.count
}

func (t *topic) emit(v int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count++
	for _, l := range t.lists {
		l.ch <- v
	}
}

// A lease is told once to stop, by a channel with room for that.
type lease struct {
	mu     sync.Mutex
	cancel chan bool
	end    time.Time
}

func (s *lease) renew(again func() time.Duration) {
	s.mu.Lock()
	s.cancel = make(chan bool, 1)
	s.mu.Unlock()
	go func() {
		for {
			s.mu.Lock()
			left := time.Until(s.end)
			s.mu.Unlock()
			select {
			case <-time.After(left):
				if again() == 0 {
					return
				}
			case <-s.cancel:
				return
			}
		}
	}()
}

func (s *lease) destroy() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel <- true
	}
	s.end = time.Now()
}

// What waits for the start of its own package waits once.
type lobby struct {
	mu    sync.Mutex
	ready chan struct{}
	users map[string]bool
}

func (s *lobby) start() {
	go func() {
		s.listen()
		close(s.ready)
	}()
}

func (s *lobby) listen() {}

func (s *lobby) known(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.users[name]
}

func (s *lobby) add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	<-s.ready
	s.users[name] = true
}

// What is left of a time is waited for by everybody: they all keep to the limit.
type flood struct {
	mu    sync.Mutex
	until time.Time
}

func (f *flood) limit(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.until = time.Now().Add(d)
}

func (f *flood) request(send func()) {
	f.mu.Lock()
	time.Sleep(time.Until(f.until))
	f.mu.Unlock()
	send()
}

// The kernel is busy for a moment at times.
func (f *flood) remove(path string, unlink func(string) error) (err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	pause := 10 * time.Millisecond
	for range 5 {
		if err = unlink(path); err == nil {
			return nil
		}
		time.Sleep(pause)
		pause *= 2
	}
	return err
}
