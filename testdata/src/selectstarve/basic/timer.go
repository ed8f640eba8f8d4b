package basic

import (
	"log"
	"time"
)

// Each value puts the report off.

func reports(in <-chan int, interval time.Duration, quit <-chan bool) {
	n := 0
	for {
		select {
		case v := <-in:
			n += v
		case <-time.After(interval): // want `^this timer starts anew whenever in is ready, so it may never fire; make a ticker in front of the loop$`
			log.Print(n)
		case <-quit:
			return
		}
	}
}

func reportsFixed(in <-chan int, interval time.Duration, quit <-chan bool) {
	n := 0
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case v := <-in:
			n += v
		case <-ticker.C:
			log.Print(n)
		case <-quit:
			return
		}
	}
}

type store struct {
	flushInterval time.Duration
	in            chan int
	buf           []int
}

func (s *store) flush() { s.buf = nil; log.Print("flushed") }

func (s *store) run(quit <-chan bool) {
	for {
		t := time.NewTimer(s.flushInterval)
		select {
		case v := <-s.in:
			s.buf = append(s.buf, v)
		case <-t.C: // want `this timer starts anew whenever s.in is ready`
			s.flush()
		case <-quit:
			return
		}
		t.Stop()
	}
}

// The rest of the interval is not the interval.
func (s *store) runFixed(quit <-chan bool) {
	next := time.Now().Add(s.flushInterval)
	for {
		t := time.NewTimer(time.Until(next))
		select {
		case v := <-s.in:
			s.buf = append(s.buf, v)
		case <-t.C:
			s.flush()
			next = next.Add(s.flushInterval)
		case <-quit:
			return
		}
		t.Stop()
	}
}

// With a default the timer has no time at all.
func neverFires(in <-chan int, out func(int) bool) {
	for {
		select {
		case v := <-in:
			handle(v)
		case <-time.After(time.Minute): // want `this timer is made when the select is entered, and the default case leaves it no time to fire; make a ticker in front of the loop`
			log.Print("a minute")
		default:
			if out(1) {
				return
			}
		}
	}
}

func neverFiresFixed(in <-chan int, out func(int) bool) {
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for {
		select {
		case v := <-in:
			handle(v)
		case <-minute.C:
			log.Print("a minute")
		default:
			if out(1) {
				return
			}
		}
	}
}

// The interval is known in front of the loop.
func (s *store) runFor(seconds int, quit <-chan bool) {
loop:
	for {
		select {
		case v := <-s.in:
			s.buf = append(s.buf, v)
		case now := <-time.After(s.flushInterval * time.Duration(seconds)): // want `this timer starts anew`
			log.Print(now)
			s.flush()
		case <-quit:
			break loop
		}
	}
}

// The interval is only known in the loop, so no fix is offered.
func (s *store) runEach(quit <-chan bool) {
	for {
		interval := s.flushInterval / 2
		select {
		case v := <-s.in:
			s.buf = append(s.buf, v)
		case <-time.After(interval): // want `this timer starts anew`
			s.flush()
		case <-quit:
			return
		}
	}
}

// The name is taken, so no fix is offered.
func (s *store) runTicked(tick func(), quit <-chan bool) {
	for {
		select {
		case v := <-s.in:
			s.buf = append(s.buf, v)
		case <-time.After(s.flushInterval): // want `this timer starts anew`
			tick()
		case <-quit:
			return
		}
	}
}
