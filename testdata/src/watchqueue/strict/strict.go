// Package strict has what needs a closer look.
package strict

import (
	"sync/atomic"
	"time"
)

type status struct {
	phase   atomic.Int32
	version int64
}

func (s *status) followBySleep(changes chan<- int32) {
	last := s.phase.Load()
	for {
		now := s.phase.Load() // want `^s\.phase may change more than once between two looks, but this loop acts on each change; use a broadcast, or a watch for the newest$`
		if now != last {
			changes <- now
			last = now
		}
		time.Sleep(time.Millisecond)
	}
}

func (s *status) followByTicker(ticks *time.Ticker) (seen []int64) {
	var last int64
	for range ticks.C {
		v := atomic.LoadInt64(&s.version) // want `s\.version may change more than once between two looks`
		if v == last {
			continue
		}
		seen = append(seen, v)
		last = v
	}
	return seen
}

// The newest is shown.
func (s *status) show(ticks *time.Ticker, draw func(int32)) {
	var last int32
	for range ticks.C {
		v := s.phase.Load()
		if v != last {
			draw(v)
			last = v
		}
	}
}

// It waits for a state, not for changes.
func (s *status) await(want int32) {
	for s.phase.Load() != want {
		time.Sleep(time.Millisecond)
	}
}

type config struct{ addr string }

type service struct {
	updates chan config
	wakeups int
	wake    chan struct{}
}

func newService() *service {
	return &service{updates: make(chan config, 1), wake: make(chan struct{}, 1)}
}

func (s *service) update(c config) {
	select {
	case <-s.updates:
	default:
	}
	s.updates <- c
}

func (s *service) start(serve func(config)) {
	for c := range s.updates { // want `this goroutine is started for each item of s\.updates, but a newer item replaces the one before \(line 75\)`
		go serve(c)
	}
}

func (s *service) nudge() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *service) run() {
	for range s.wake { // want `s\.wakeups counts the items of s\.wake, but a send that finds it full is dropped`
		s.wakeups++
	}
}
