package basic

import "sync"

// A Server can be stopped by anybody.
type Server struct {
	mu    sync.Mutex
	once  sync.Once
	done  chan struct{}
	quit  chan struct{}
	ended chan struct{}
}

// Stop looks before it closes, but two may look at the same time.
func (s *Server) Stop() {
	select {
	case <-s.done:
	default:
		close(s.done) // want `^s.done may be closed by two callers of Stop at once, both past the select; close it in a sync.Once or under a lock$`
	}
}

// serve stops the server at an error, whatever its owner does.
func (s *Server) serve(work func() error) {
	go func() {
		if err := work(); err != nil {
			s.Stop()
		}
	}()
}

// Shutdown is for its owner.
func (s *Server) Shutdown() { s.Stop() }

// Quit does so under a lock.
func (s *Server) Quit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.quit:
	default:
		close(s.quit)
	}
}

// End uses a Once.
func (s *Server) End() {
	s.once.Do(func() {
		select {
		case <-s.ended:
		default:
			close(s.ended)
		}
	})
}

// A Hub has subscribers.
type Hub struct {
	mu   sync.Mutex
	subs map[string]chan int
	gone map[string]chan int

	disabled bool
}

// Publish sends to all.
func (h *Hub) Publish(v int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, ch := range h.subs {
		select {
		case ch <- v:
		default:
		}
	}
	for _, ch := range h.gone {
		select {
		case ch <- v:
		default:
		}
	}
}

// Forget closes a subscriber, which Publish goes on to find.
func (h *Hub) Forget(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if ch, ok := h.subs[name]; ok {
		close(ch) // want `^ch is closed but stays in h.subs, where Publish finds it \(line 71\); delete it too$`
	}
}

// Remove is the same, repaired.
func (h *Hub) Remove(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if ch, ok := h.gone[name]; ok {
		close(ch)
		delete(h.gone, name)
	}
}

// Evict closes by the name.
func (h *Hub) Evict(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.subs[name]) // want `h.subs\[name\] is closed but stays in h.subs, where Publish finds it`
}

// CloseAll closes all in a loop, at the end of the hub, as far as we know.
func (h *Hub) CloseAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, ch := range h.subs {
		close(ch)
	}
}

// Disable says that it has closed them.
func (h *Hub) Disable(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.disabled = true
	close(h.subs[name])
}

// Clear replaces the map.
func (h *Hub) Clear() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, ch := range h.gone {
		close(ch)
	}
	h.gone = make(map[string]chan int)
}

// evictHere is all on one line, which a fix would have to break.
func (h *Hub) evictHere(name string) { close(h.subs[name]) } // want `h.subs\[name\] is closed but stays in h.subs`

// A door is given away as a value, and a Once must not be copied: no fix is
// offered.
type door struct {
	open chan struct{}
}

func newDoor() door { return door{open: make(chan struct{})} }

func (d *door) unlock() {
	select {
	case <-d.open:
	default:
		close(d.open) // want `d.open may be closed by two callers of unlock at once`
	}
}

func (d *door) await(signal <-chan bool) {
	go func() {
		<-signal
		d.unlock()
	}()
	d.unlock()
}

// A gate is closed again after it was made anew, which a Once does not allow.
type gate struct {
	open chan struct{}
}

func (g *gate) unlock() {
	select {
	case <-g.open:
	default:
		close(g.open) // want `g.open may be closed by two callers of unlock at once`
	}
}

func (g *gate) lock() { g.open = make(chan struct{}) }

func (g *gate) await(signal <-chan bool) {
	go func() {
		<-signal
		g.unlock()
	}()
	g.unlock()
}

// letters are closed by who has waited for nobody.
type letters struct {
	mu   sync.Mutex
	byID map[string]chan int
}

func (l *letters) end(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ch, ok := l.byID[id]; ok {
		close(ch) // want `^ch is closed but stays in l\.byID, where send finds it \(line \d+\); delete it too$`
	}
}

func (l *letters) send(id string, v int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ch, ok := l.byID[id]; ok {
		select {
		case ch <- v:
		default:
		}
	}
}

func (l *letters) Serve(id string) { l.end(id) }
