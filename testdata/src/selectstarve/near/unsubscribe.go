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
