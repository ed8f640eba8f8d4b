package near

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
