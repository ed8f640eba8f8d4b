package near

import "sync"

// A host's lock is given back by functions and objects that were made to do
// so.
type host struct {
	mu      sync.Mutex
	rw      sync.RWMutex
	started bool
}

func (h *host) serve() {
	h.mu.Lock()
	h.started = true
	h.mu.Unlock()
}

func (h *host) read() bool {
	h.rw.RLock()
	defer h.rw.RUnlock()
	return h.started
}

func (h *host) lock()   { h.mu.Lock() }
func (h *host) unlock() { h.mu.Unlock() }

// unlockOnce makes a function that unlocks l the first time that it is called.
func unlockOnce(l sync.Locker) func() {
	var once sync.Once
	return func() { once.Do(l.Unlock) }
}

// The function that unlocks came from a call that was given the lock.
func (h *host) unlockByResult() {
	unlock := unlockOnce(&h.mu)
	h.mu.Lock()
	defer unlock()
	if h.started {
		return
	}
	h.started = true
	unlock()
	h.serve()
}

// The same with a method value given to a Once.
func (h *host) unlockByOnce() {
	var once sync.Once
	h.lock()
	defer once.Do(h.unlock)
	if !h.started {
		once.Do(h.unlock)
		h.serve()
	}
}

func (h *host) unlockByOnceOfMutex() {
	var once sync.Once
	h.mu.Lock()
	defer once.Do(h.mu.Unlock)
	if !h.started {
		once.Do(h.mu.Unlock)
		h.serve()
	}
}

// The same with what the package sync makes of it.
func (h *host) unlockByOnceFunc() {
	unlock := sync.OnceFunc(h.mu.Unlock)
	h.mu.Lock()
	defer unlock()
	if !h.started {
		unlock()
		h.serve()
	}
}

// A method value is kept in a variable, and called, or deferred in a literal.
func (h *host) unlockByMethodValue() {
	unlock := h.unlock
	h.lock()
	unlock()
	h.serve()
	h.lock()
	func() {
		defer unlock()
		h.started = true
	}()
	h.serve()
}

// Which lock is given back depends.
func (h *host) unlockByEither(write bool) {
	h.mu.Lock()
	unlock := h.mu.Unlock
	if write {
		unlock = func() {
			h.started = false
			h.mu.Unlock()
		}
	}
	unlock()
	h.serve()
}

// All that is to be unlocked is collected.
func (h *host) unlockByList() {
	var unlocks []func()
	h.mu.Lock()
	unlocks = append(unlocks, h.mu.Unlock)
	h.started = true
	for _, unlock := range unlocks {
		unlock()
	}
	h.serve()
}

// A releaser gives back the lock that it was made with.
type releaser struct {
	l    sync.Locker
	done bool
}

func newReleaser(l sync.Locker) *releaser { return &releaser{l: l} }

func (r *releaser) release() {
	if !r.done {
		r.done = true
		r.l.Unlock()
	}
}

func (h *host) unlockByObject() {
	r := newReleaser(&h.mu)
	h.mu.Lock()
	defer r.release()
	h.started = true
	r.release()
	h.serve()
}

func (h *host) unlockByLiteralObject() {
	h.mu.Lock()
	r := releaser{l: &h.mu}
	defer r.release()
	h.started = true
	r.release()
	h.serve()
}

// A method value of such an object.
func (h *host) unlockByMethodOfObject() {
	release := newReleaser(&h.mu).release
	h.mu.Lock()
	defer release()
	h.started = true
	release()
	h.serve()
}

// Nothing is known of what makes the function, but that it has the lock.
func (h *host) unlockByUnknown(make func(sync.Locker) func()) {
	unlock := make(h.rw.RLocker())
	h.rw.RLock()
	unlock()
	h.rw.Lock()
	h.started = false
	h.rw.Unlock()
}

func (h *host) unlockByUnknownOfMutex(make func(*sync.Mutex) func()) {
	unlock := make(&h.mu)
	h.mu.Lock()
	unlock()
	h.serve()
}

// Nor of what it is given to.
func (h *host) unlockByOther(run func(func())) {
	h.mu.Lock()
	h.started = true
	run(h.mu.Unlock)
	h.serve()
}

// What unlocks is kept where it cannot be followed, and something from there is
// called.
type exits struct {
	all  []func()
	last func()
}

func (h *host) unlockByKept(e *exits) {
	h.mu.Lock()
	e.all = append(e.all, h.mu.Unlock)
	for _, f := range e.all {
		f()
	}
	h.serve()
	h.mu.Lock()
	e.last = func() { h.unlock() }
	e.last()
	h.serve()
	h.mu.Lock()
	byName := map[string]func(){"host": h.unlock}
	byName["host"]()
	h.serve()
}

// The lock is handed over to a goroutine, which unlocks it.
func (h *host) unlockByGoroutine(work func()) {
	h.mu.Lock()
	go func() {
		work()
		h.mu.Unlock()
	}()
	h.serve()
	h.mu.Lock()
	go h.unlock()
	h.serve()
	h.mu.Lock()
	var wg sync.WaitGroup
	wg.Go(h.mu.Unlock)
	h.serve()
	wg.Wait()
}

// What gives a lock back comes with what was read under it.
func (h *host) lockNow() (started bool, unlock func()) {
	h.mu.Lock()
	return h.started, h.mu.Unlock
}

func (h *host) unlockByPart() {
	started, unlock := h.lockNow()
	unlock()
	if started {
		h.serve()
	}
}

func once(f func()) func() {
	called := false
	return func() {
		if !called {
			called = true
			f()
		}
	}
}

func (h *host) unlockByPartOnce(work func() error) (err error) {
	started, unlock := h.lockNow()
	unlockOnce := once(unlock)
	defer unlockOnce()
	defer func() {
		if err != nil {
			unlockOnce()
			_, unlock := h.lockNow()
			defer unlock()
		}
	}()
	if !started {
		return nil
	}
	unlockOnce()
	return work()
}
