package strictnear

import (
	"context"
	"time"
)

type hub struct {
	subs        map[chan int]bool
	sinks       []chan int
	publish     chan int
	unsubscribe chan chan int
	quit        chan struct{}
}

// The send does not block.
func (h *hub) drops() {
	for {
		select {
		case v := <-h.publish:
			for ch := range h.subs {
				select {
				case ch <- v:
				default:
				}
			}
		case ch := <-h.unsubscribe:
			delete(h.subs, ch)
		}
	}
}

// The send has an end.
func (h *hub) gives(ctx context.Context) {
	for {
		select {
		case v := <-h.publish:
			for ch := range h.subs {
				select {
				case ch <- v:
				case <-time.After(time.Second):
				case <-ctx.Done():
					return
				}
			}
		case ch := <-h.unsubscribe:
			delete(h.subs, ch)
		}
	}
}

// Nobody is removed from what is sent to.
func (h *hub) fixed() {
	for {
		select {
		case v := <-h.publish:
			for _, ch := range h.sinks {
				ch <- v
			}
		case ch := <-h.unsubscribe:
			delete(h.subs, ch)
		}
	}
}

type client struct {
	id   int
	sums chan int
}

// What is passed to add is a key of the map, not what is sent to.
func (h *hub) byKey(joined, left <-chan client, free chan int) {
	clients := make(map[int]client)
	add := func(id int) {
		free <- id
	}
	for {
		select {
		case c := <-joined:
			clients[c.id] = c
			for id := range clients {
				add(id)
			}
		case c := <-left:
			delete(clients, c.id)
		}
	}
}

// A call waits for its answer, and gives back its place in the table after that.
type call struct {
	id    int
	reply chan int
}

type calls struct {
	active  map[int]*call
	packets chan int
	done    chan *call
	stop    chan struct{}
}

// Who is to be removed goes on receiving until that is heard.
func (c *calls) dispatch() {
	for {
		select {
		case p := <-c.packets:
			if a := c.active[p]; a != nil {
				a.reply <- p
			}
		case a := <-c.done:
			delete(c.active, a.id)
		case <-c.stop:
			return
		}
	}
}

func (c *calls) finish(a *call) {
	for {
		select {
		case <-a.reply:
		case c.done <- a:
			return
		}
	}
}

// Each request gets one answer, and is done with: nobody has asked to be removed.
type request struct {
	wants  map[string]bool
	answer chan error
}

type dialer struct {
	pending map[*request]bool
	fresh   chan *request
	results chan string
	failed  chan string
}

func (d *dialer) dispatch(addr string, err error) {
	for r := range d.pending {
		if r.wants[addr] {
			delete(r.wants, addr)
			if len(r.wants) == 0 {
				r.answer <- err
				delete(d.pending, r)
			}
		}
	}
}

func (d *dialer) run() {
	for {
		select {
		case r := <-d.fresh:
			d.pending[r] = true
		case addr := <-d.failed:
			d.dispatch(addr, nil)
		case addr := <-d.results:
			for r := range d.pending {
				if r.wants[addr] {
					r.answer <- nil
					delete(d.pending, r)
				}
			}
		}
	}
}

// Whoever has not been heard of for too long is thrown out, and does not wait for
// that.
type member struct {
	last int64
	out  chan int
}

func members(publish <-chan int, join <-chan *member, sweep <-chan int64) {
	all := make(map[*member]bool)
	for {
		select {
		case v := <-publish:
			for m := range all {
				m.out <- v
			}
		case m := <-join:
			all[m] = true
		case now := <-sweep:
			for m := range all {
				if now-m.last > 60 {
					delete(all, m)
				}
			}
		}
	}
}

// The same in a function that does nothing else.
type room struct {
	all     map[*member]bool
	publish chan int
	sweep   chan int64
}

func (r *room) clean(now int64) {
	for m := range r.all {
		if now-m.last > 60 {
			delete(r.all, m)
		}
	}
}

func (r *room) run() {
	for {
		select {
		case v := <-r.publish:
			for m := range r.all {
				m.out <- v
			}
		case now := <-r.sweep:
			r.clean(now)
		}
	}
}
