package strict

import (
	"net"
	"sync"
)

// The loop of a link writes to the network between what it receives.
type link struct {
	mu      sync.Mutex
	conn    net.Conn
	packets chan []byte
	id      int
}

func newLink(conn net.Conn) *link {
	l := &link{conn: conn, packets: make(chan []byte)}
	go l.write()
	return l
}

func (l *link) write() {
	for p := range l.packets {
		if _, err := l.conn.Write(p); err != nil {
			continue
		}
	}
}

func (l *link) next() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.id++
	return l.id
}

func (l *link) send(p []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.packets <- p // want `l\.mu`
}

// A gazette's loop waits for who has asked, and may have given up, before it
// receives the next entry.
type gazette struct {
	mu      sync.Mutex
	entries []string
	read    int
	added   chan string
	ask     chan chan []string
}

func newGazette() *gazette {
	g := &gazette{added: make(chan string), ask: make(chan chan []string)}
	go g.run()
	return g
}

func (g *gazette) run() {
	for {
		select {
		case e := <-g.added:
			g.entries = append(g.entries, e)
		case reply := <-g.ask:
			reply <- g.entries
		}
	}
}

func (g *gazette) add(e string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.added <- e // want `^g\.mu, locked on line \d+, is held across this send, which may block; unlock it first or send in a select with default$`
}

func (g *gazette) all(stop <-chan struct{}) []string {
	reply := make(chan []string)
	g.ask <- reply
	select {
	case all := <-reply:
		return all
	case <-stop:
		return nil
	}
}

func (g *gazette) reads() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.read++
	return g.read
}

// A roundtable's loop takes one remark after the other.
type roundtable struct {
	mu      sync.Mutex
	remarks chan string
	taken   int
}

func newRoundtable() *roundtable {
	t := &roundtable{remarks: make(chan string)}
	go t.run()
	return t
}

func (t *roundtable) run() {
	for range t.remarks {
	}
}

func (t *roundtable) say(s string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.taken++
	t.remarks <- s
}

func (t *roundtable) total() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.taken
}
