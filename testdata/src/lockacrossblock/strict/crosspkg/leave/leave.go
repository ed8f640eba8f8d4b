// Package leave makes what gives back the locks of package user.
package leave

import "sync"

// Once makes a function that unlocks l the first time that it is called.
func Once(l sync.Locker) func() {
	var once sync.Once
	return func() { once.Do(l.Unlock) }
}

// A Guard gives back a lock.
type Guard struct {
	l    sync.Locker
	uses int
}

func New(l sync.Locker) *Guard { return &Guard{l: l} }

func (g *Guard) Release() { g.l.Unlock() }

func (g *Guard) Use() { g.uses++ }
