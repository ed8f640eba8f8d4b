// Package strict has what needs a closer look.
package strict

import (
	"context"
	"net"
	"sync"

	"github.com/chanlint/chanlint/runtime/mpsc"
	"github.com/smallnest/chanx"
)

type item struct{ id int }

// A caller decides how much is allocated.
func Collect(n int) []item {
	found := make(chan item, n) // want `found gets its room from n, which any caller chooses, without a limit; cap it with min`
	go search(found)
	var all []item
	for i := range found {
		all = append(all, i)
	}
	return all
}

// What is made by a constructor is configured.
func NewQueue(n int) chan item { return make(chan item, n) }

type grid struct{ rows, columns int }

func (g *grid) cells() chan item {
	return make(chan item, g.rows*g.columns) // want `this channel gets the product of two numbers as its room`
}

func search(chan<- item) {}

// A list under a lock.
type mailbox struct {
	mu    sync.Mutex
	some  *sync.Cond
	items []item
}

func newMailbox() *mailbox {
	m := &mailbox{}
	m.some = sync.NewCond(&m.mu)
	return m
}

func (m *mailbox) put(i item) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items = append(m.items, i) // want `^m\.items grows with each call of put however far behind its reader is \(line 64\); let it block or return an error when that is long$`
	m.some.Signal()
}

func (m *mailbox) get() item {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(m.items) == 0 {
		m.some.Wait()
	}
	i := m.items[0]
	m.items = m.items[1:]
	return i
}

type limited struct {
	mu    sync.Mutex
	some  *sync.Cond
	items []item
}

func newLimited() *limited {
	l := &limited{}
	l.some = sync.NewCond(&l.mu)
	return l
}

func (l *limited) put(i item) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.items) >= 100 {
		return false
	}
	l.items = append(l.items, i)
	l.some.Signal()
	return true
}

func (l *limited) get() item {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.items) == 0 {
		l.some.Wait()
	}
	i := l.items[0]
	l.items = l.items[1:]
	return i
}

// Its name says so.
func unboundedQueue(in <-chan item, out chan<- item) {
	var queue []item
	for {
		var send chan<- item
		var first item
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		select {
		case i := <-in:
			queue = append(queue, i) // want `queue grows with each receive from in while nobody takes its items`
		case send <- first:
			queue = queue[1:]
		}
	}
}

// A server may have any number of connections.
func serve(l net.Listener, handle func(net.Conn)) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go handle(conn)
	}
}

type stage struct{ in, out chan item }

// It ends with its context, and until then there may be any number.
func (s *stage) runUntilDone(ctx context.Context) {
	for i := range s.in {
		go func() { // want `each item from s\.in starts a goroutine that may block on a send`
			select {
			case s.out <- i:
			case <-ctx.Done():
			}
		}()
	}
}

func libraries(ctx context.Context) {
	tx, rx := mpsc.NewUnbounded[item]() // want `^this queue grows as long as its reader is behind; use one with a capacity$`
	defer tx.Close()
	defer rx.Close()
	_ = chanx.NewUnboundedChan[item](ctx, 16) // want `this queue grows`
	tx2, rx2 := mpsc.New[item](16)
	defer tx2.Close()
	defer rx2.Close()
}

// Permits take no memory.
func Each(list []item, n int, do func(item)) {
	permits := make(chan struct{}, n)
	for _, i := range list {
		permits <- struct{}{}
		go func() {
			defer func() { <-permits }()
			do(i)
		}()
	}
}
