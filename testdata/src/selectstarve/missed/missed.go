// Package missed has mistakes that are not found.
package missed

import (
	"context"
	"log"
	"time"
)

func handle(v int) { log.Print(v) }

// One channel after another is kept in the map, so a close of one says nothing.
type many struct{ chans map[int]chan int }

func (m *many) close(k int) { close(m.chans[k]) }

func (m *many) loop(k int, quit <-chan bool) {
	for {
		select {
		case v := <-m.chans[k]: // miss: the channel of an element
			handle(v)
		case <-quit:
			return
		}
	}
}

// The zero value may end the loop, for all that is known of valid.
type checked struct{ in chan int }

func (c *checked) close() { close(c.in) }

func (c *checked) loop(valid func(int) bool) {
	for {
		v := <-c.in // miss: a function decides whether to go on
		if !valid(v) {
			return
		}
		handle(v)
	}
}

// What is noted lets another case leave only when that is ready.
func noted(ctx context.Context, in <-chan int) {
	done := false
	for {
		select {
		case <-ctx.Done(): // miss: it spins until in is ready
			done = true
		case v := <-in:
			if done {
				return
			}
			handle(v)
		}
	}
}

// Nothing tells that the report is periodic.
func constant(in <-chan int) {
	n := 0
	for {
		select {
		case v := <-in:
			n += v
		case <-time.After(time.Minute): // miss: the duration has no name
			log.Print(n)
		}
	}
}

// Reset at the top of the loop is as good as a new timer.
func reset(in <-chan int, interval time.Duration) {
	t := time.NewTimer(interval)
	for {
		t.Reset(interval)
		select {
		case v := <-in:
			handle(v)
		case <-t.C: // miss: the timer is the same in all rounds
			log.Print("tick")
		}
	}
}

// Busy data may keep a stop waiting.
func busy(stop <-chan struct{}, in <-chan int, write func(int)) {
	for {
		select {
		case <-stop: // miss: a plain loop with a stop is never reported
			return
		case v := <-in:
			write(v)
		}
	}
}

// The loop does not look at the context at all.
func deaf(ctx context.Context, in <-chan int) {
	log.Print(ctx.Err())
	for v := range in { // miss: it may be that in is closed by then
		handle(v)
	}
}

// Subscribers in a slice are removed by making another one.
type hub struct {
	subs        []chan int
	publish     chan int
	unsubscribe chan int
}

func (h *hub) run() {
	for {
		select {
		case v := <-h.publish:
			for _, ch := range h.subs {
				ch <- v // miss: no delete from a map
			}
		case i := <-h.unsubscribe:
			h.subs = append(h.subs[:i], h.subs[i+1:]...)
		}
	}
}

// Values that come back do not wait either.
type pair struct{ first, second chan int }

func (p *pair) run() {
	for {
		select {
		case v := <-p.first: // miss: nothing says that first goes first
			handle(v)
		case v := <-p.second:
			handle(v)
		}
	}
}

// A function literal in the initializer of a variable.
var initial = func(in <-chan int, quit <-chan bool) {
	for {
		select {
		case v := <-in:
			handle(v)
		case <-quit:
			return
		default: // miss: its syntax is not kept
			continue
		}
	}
}
