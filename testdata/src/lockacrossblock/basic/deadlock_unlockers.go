package basic

import "sync"

// An engine has ways to give back its lock, but does so too late, or gives
// back another one.
type engine struct {
	mu      sync.Mutex
	other   sync.Mutex
	started bool
}

func (e *engine) serve() {
	e.mu.Lock()
	e.started = true
	e.mu.Unlock()
}

func (e *engine) lock()        { e.mu.Lock() }
func (e *engine) unlock()      { e.mu.Unlock() }
func (e *engine) unlockOther() { e.other.Unlock() }

// unlockOnce makes a function that unlocks l the first time that it is called.
func unlockOnce(l sync.Locker) func() {
	var once sync.Once
	return func() { once.Do(l.Unlock) }
}

func (e *engine) unlockByResultTooLate() {
	unlock := unlockOnce(&e.mu)
	e.mu.Lock()
	defer unlock()
	if !e.started {
		e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
	}
	unlock()
}

func (e *engine) unlockOtherByResult() {
	unlock := unlockOnce(&e.other)
	e.other.Lock()
	e.mu.Lock()
	defer e.mu.Unlock()
	unlock()
	e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
}

func (e *engine) unlockByOnceTooLate() {
	var once sync.Once
	e.lock()
	defer once.Do(e.unlock)
	e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
}

func (e *engine) unlockOtherByOnce() {
	var once sync.Once
	e.other.Lock()
	e.lock()
	defer e.unlock()
	once.Do(e.unlockOther)
	e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
}

func (e *engine) unlockOtherByOnceOfMutex() {
	var once sync.Once
	e.other.Lock()
	e.mu.Lock()
	defer e.mu.Unlock()
	once.Do(e.other.Unlock)
	e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
}

func (e *engine) onceOfNoLock() {
	var once sync.Once
	e.mu.Lock()
	defer e.mu.Unlock()
	once.Do(func() { e.started = false })
	e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
}

// A method value that is not called yet unlocks nothing.
func (e *engine) unlockByMethodValueTooLate() {
	unlock := e.unlock
	e.lock()
	defer unlock()
	e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
}

func (e *engine) unlockByListTooLate() {
	var unlocks []func()
	e.mu.Lock()
	unlocks = append(unlocks, e.mu.Unlock)
	e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
	for _, unlock := range unlocks {
		unlock()
	}
}

// A holder has the lock, and a method that does nothing to it.
type holder struct {
	l    sync.Locker
	mu   sync.Mutex
	uses int
}

func newHolder(l sync.Locker) *holder { return &holder{l: l} }

func (h *holder) use() {
	h.mu.Lock()
	h.uses++
	h.mu.Unlock()
}

func (h *holder) release() { h.l.Unlock() }

func (e *engine) useObject() {
	h := newHolder(&e.mu)
	e.mu.Lock()
	defer h.release()
	h.use()
	e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
}

// A function of which nothing is known, and that has nothing to do with the
// lock, does not unlock it.
func (e *engine) callUnknown(f func(int) int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	f(1)
	e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
}

// What is kept is called too late, and what is called before is not kept here.
func (e *engine) unlockByKeptTooLate(fs []func()) {
	e.mu.Lock()
	for _, f := range fs {
		f()
	}
	e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
	fs = append(fs, e.other.Unlock)
	fs[0]()
	e.mu.Unlock()
}

// The goroutine has the lock for itself, and gives back no other.
func (e *engine) lockInGoroutine() {
	e.mu.Lock()
	defer e.mu.Unlock()
	go func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.started = true
	}()
	go e.unlockOther()
	e.serve() // want `^e\.mu, locked on line \d+, is locked again by the call to serve`
}
