// Package user calls the functions of package bus with locks held, and with
// locks that those functions take or release.
package user

import (
	"context"
	"sync"

	"lockacrossblock/strict/crosspkg/bus"
)

type user struct {
	mu    sync.Mutex
	bus   *bus.Bus
	count int
}

func (u *user) total() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.count
}

func (u *user) publishUnderLock(v int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.count++
	u.bus.Publish(v) // want `^u\.mu, locked on line 25, is held across the call to Publish, which sends on b\.numbers \(bus\.go:20\); unlock it first$`
}

func (u *user) publishAfterUnlock(v int) {
	u.mu.Lock()
	u.count++
	u.mu.Unlock()
	u.bus.Publish(v)
}

// Two calls away it may be on a path that is not taken with the lock held.
func (u *user) publishAllUnderLock(vs []int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.bus.PublishAll(vs)
}

func (u *user) pauseUnderLock() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.bus.Pause() // want `u\.mu`
}

// None of these block.
func (u *user) othersUnderLock(v int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.bus.Offer(v)
	u.bus.Start()
	u.count = u.bus.Sent()
}

// Somebody may end this at any time.
func (u *user) cancelUnderLock(ctx context.Context, v int) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.bus.PublishOrCancel(ctx, v) // want `u\.mu`
}

// A Shared keeps its lock in another package.
type Shared struct {
	bus.Bus
	out  chan int
	last int
}

func (s *Shared) read() {
	for v := range s.out {
		s.Lock()
		s.last = v
		s.Unlock()
	}
}

func (s *Shared) sendUnderWrapper(v int) {
	s.Lock()
	defer s.Unlock()
	s.out <- v // miss: which locks others take is not known across packages, only what a call leaves locked
}

func (s *Shared) sendAfterWrapper(v int) {
	s.Lock()
	s.last = v
	s.Unlock()
	s.out <- v
}

func (u *user) say(line *bus.Line) {
	u.mu.Lock()
	defer u.mu.Unlock()
	line.Say("hello") // want `^u\.mu, locked on line \d+, is held across the call to Say, which sends on l\.words \(bus\.go:\d+\); unlock it first$`
}

func (u *user) sayLater(backlog *bus.Backlog) {
	u.mu.Lock()
	defer u.mu.Unlock()
	backlog.Say("hello")
}
