package user

import "lockacrossblock/strict/crosspkg/leave"

func (u *user) unlockByResult() {
	unlock := leave.Once(&u.mu)
	u.mu.Lock()
	defer unlock()
	if u.count > 0 {
		unlock()
		u.count = u.total()
	}
}

func (u *user) unlockByResultTooLate() {
	unlock := leave.Once(&u.mu)
	u.mu.Lock()
	defer unlock()
	if u.count > 0 {
		u.count = u.total() // want `^u\.mu, locked on line \d+, is locked again by the call to total`
	}
}

func (u *user) unlockByObject() {
	g := leave.New(&u.mu)
	u.mu.Lock()
	g.Use()
	g.Release()
	u.count = u.total()
}

// Use does nothing to the lock.
func (u *user) unlockByObjectTooLate() {
	g := leave.New(&u.mu)
	u.mu.Lock()
	defer g.Release()
	g.Use()
	u.count = u.total() // want `^u\.mu, locked on line \d+, is locked again by the call to total`
}
