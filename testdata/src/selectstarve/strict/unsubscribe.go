package strict

import "slices"

// Who unsubscribes waits for the loop, which waits for who unsubscribes.

type hub struct {
	subs        map[chan int]bool
	publish     chan int
	subscribe   chan chan int
	unsubscribe chan chan int
}

func (h *hub) run() {
	for {
		select {
		case v := <-h.publish:
			for ch := range h.subs {
				ch <- v // want `^this send blocks on a subscriber that waits to be removed \(line 23\); send in a select with default or with its done channel$`
			}
		case ch := <-h.subscribe:
			h.subs[ch] = true
		case ch := <-h.unsubscribe:
			delete(h.subs, ch)
		}
	}
}

func (h *hub) runFixed() {
	for {
		select {
		case v := <-h.publish:
			for ch := range h.subs {
				select {
				case ch <- v:
				default:
					delete(h.subs, ch)
				}
			}
		case ch := <-h.subscribe:
			h.subs[ch] = true
		case ch := <-h.unsubscribe:
			delete(h.subs, ch)
		}
	}
}

// Through helpers, with subscribers that are more than a channel.

type subscriber struct {
	id   int
	out  chan int
	gone chan struct{}
}

type topic struct {
	subs map[int]*subscriber
	in   chan int
	left chan int
}

func (t *topic) publish(v int) {
	for _, s := range t.subs {
		s.out <- v
	}
}

func (t *topic) remove(id int) { delete(t.subs, id) }

func (t *topic) run() {
	for {
		select {
		case v := <-t.in:
			t.publish(v) // want `the call to publish blocks on a subscriber that waits to be removed`
		case id := <-t.left:
			t.remove(id)
		}
	}
}

func (t *topic) publishFixed(v int) {
	for _, s := range t.subs {
		select {
		case s.out <- v:
		case <-s.gone:
		}
	}
}

func (t *topic) runFixed() {
	for {
		select {
		case v := <-t.in:
			t.publishFixed(v)
		case id := <-t.left:
			t.remove(id)
		}
	}
}

// The subscribers are in a variable of the loop.

func local(publish chan int, join, leave chan chan int) {
	subs := make(map[chan int]bool)
	for {
		select {
		case v := <-publish:
			for ch := range subs {
				ch <- v // want `this send blocks on a subscriber`
			}
		case ch := <-join:
			subs[ch] = true
		case ch := <-leave:
			delete(subs, ch)
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
}

// Who gives back its place receives no more.
func (c *calls) dispatch() {
	for {
		select {
		case p := <-c.packets:
			if a := c.active[p]; a != nil {
				a.reply <- p // want `this send blocks on a subscriber that waits to be removed`
			}
		case a := <-c.done:
			delete(c.active, a.id)
		}
	}
}

func (c *calls) finish(a *call) {
	c.done <- a
}

// Who is to be removed is looked for.
type search struct {
	subs    map[int]*subscriber
	in      chan int
	left    chan chan int
	gone    chan []int
	blocked chan map[int]bool
}

func (s *search) byChannel() {
	for {
		select {
		case v := <-s.in:
			for _, sub := range s.subs {
				sub.out <- v // want `this send blocks on a subscriber`
			}
		case ch := <-s.left:
			for id, sub := range s.subs {
				if sub.out == ch {
					delete(s.subs, id)
				}
			}
		}
	}
}

func (s *search) bySet() {
	for {
		select {
		case v := <-s.in:
			for _, sub := range s.subs {
				sub.out <- v // want `this send blocks on a subscriber`
			}
		case out := <-s.blocked:
			for id := range s.subs {
				if out[id] {
					delete(s.subs, id)
				}
			}
		}
	}
}

func (s *search) byList() {
	for {
		select {
		case v := <-s.in:
			for _, sub := range s.subs {
				sub.out <- v // want `this send blocks on a subscriber`
			}
		case ids := <-s.gone:
			for id := range s.subs {
				if !slices.Contains(ids, id) {
					continue
				}
				delete(s.subs, id)
			}
		}
	}
}

// In a helper that does no more.
func (s *search) drop(ch chan int) {
	for id, sub := range s.subs {
		if sub.out == ch {
			delete(s.subs, id)
		}
	}
}

func (s *search) byHelper() {
	for {
		select {
		case v := <-s.in:
			for _, sub := range s.subs {
				sub.out <- v // want `this send blocks on a subscriber`
			}
		case ch := <-s.left:
			s.drop(ch)
		}
	}
}

// Who has had an answer is removed by what is received, one after the other.
func (c *calls) answers() {
	for {
		select {
		case p := <-c.packets:
			for _, a := range c.active {
				a.reply <- p // want `this send blocks on a subscriber`
			}
		case a := <-c.done:
			a.reply <- 0
			delete(c.active, a.id)
		}
	}
}

type genericHub[T any] struct {
	subs        map[int]chan T
	in          chan T
	unsubscribe chan int
}

func (h *genericHub[T]) run() {
	for {
		select {
		case v := <-h.in:
			for _, c := range h.subs {
				c <- v // want `this send blocks on a subscriber that waits to be removed`
			}
		case id := <-h.unsubscribe:
			delete(h.subs, id)
		}
	}
}

func instance() *genericHub[bool] { return &genericHub[bool]{} }
