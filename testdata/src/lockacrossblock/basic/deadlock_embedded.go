package basic

import "sync"

// A depot's condition is made with the structure that embeds the lock. Wait
// releases that lock, but not the one around it.
type depot struct {
	sync.Mutex
	state struct {
		sync.Mutex
		free []int
		cond *sync.Cond
	}
}

func newDepot() *depot {
	d := &depot{}
	d.state.cond = sync.NewCond(&d.state)
	return d
}

func (d *depot) put(v int) {
	d.Lock()
	defer d.Unlock()
	d.state.Lock()
	defer d.state.Unlock()
	d.state.free = append(d.state.free, v)
	d.state.cond.Signal()
}

func (d *depot) condWaitUnderOuterLock() int {
	d.Lock()
	defer d.Unlock()
	d.state.Lock()
	defer d.state.Unlock()
	for len(d.state.free) == 0 {
		d.state.cond.Wait() // want `^d, locked on line \d+, is held across d\.state\.cond\.Wait`
	}
	v := d.state.free[0]
	d.state.free = d.state.free[1:]
	return v
}

func (d *depot) condWaitUnderInnerLock() int {
	d.state.Lock()
	defer d.state.Unlock()
	for len(d.state.free) == 0 {
		d.state.cond.Wait()
	}
	v := d.state.free[0]
	d.state.free = d.state.free[1:]
	return v
}

// A kiosk embeds a read-write lock; its condition is made with the read side of
// another one.
type kiosk struct {
	sync.RWMutex
	shelf   sync.RWMutex
	changed *sync.Cond
	papers  int
}

func newKiosk() *kiosk {
	k := &kiosk{}
	k.changed = sync.NewCond(k.shelf.RLocker())
	return k
}

func (k *kiosk) deliver() {
	k.Lock()
	k.papers++
	k.changed.Broadcast()
	k.Unlock()
}

func (k *kiosk) condWaitUnderReadLock() {
	k.RLock()
	defer k.RUnlock()
	k.shelf.RLock()
	defer k.shelf.RUnlock()
	for k.papers == 0 {
		k.changed.Wait() // want `^k, read-locked on line \d+, is held across k\.changed\.Wait`
	}
}
