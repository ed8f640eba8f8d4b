package basic

import "sync"

// A vault wraps its lock in methods of its own.
type vault struct {
	mu    sync.Mutex
	trail chan string
	opens int
}

func newVault() *vault {
	v := &vault{trail: make(chan string)}
	go v.audit()
	return v
}

func (v *vault) audit() {
	for range v.trail {
		unlock := v.enter()
		v.opens++
		unlock()
	}
}

func (v *vault) lock()   { v.mu.Lock() }
func (v *vault) unlock() { v.mu.Unlock() }

// enter locks and returns the way out.
func (v *vault) enter() func() {
	v.mu.Lock()
	return v.mu.Unlock
}

func (v *vault) sendUnderWrapper(name string) {
	v.lock()
	v.trail <- name // want "v\\.mu"
	v.unlock()
}

func (v *vault) sendAfterWrapper(name string) {
	v.lock()
	v.opens--
	v.unlock()
	v.trail <- name
}

func (v *vault) sendUnderDeferredWrapper(name string) {
	v.lock()
	defer v.unlock()
	v.trail <- name // want "v\\.mu"
}

func (v *vault) sendAfterEnter(name string) {
	defer v.enter()()
	v.trail <- name // want "v\\.mu"
}

func (v *vault) sendAfterLeave(name string) {
	leave := v.enter()
	v.opens--
	leave()
	v.trail <- name
}

// with runs f under the lock.
func (v *vault) with(f func()) {
	v.mu.Lock()
	defer v.mu.Unlock()
	f()
}

func (v *vault) sendInsideWith(name string) {
	v.with(func() {
		v.opens--
		v.trail <- name // want "v\\.mu"
	})
}

func (v *vault) sendAfterWith(name string) {
	v.with(func() { v.opens-- })
	v.trail <- name
}
