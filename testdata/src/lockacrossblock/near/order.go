package near

import (
	"sync"
	"time"
)

// A relay's reader takes the lock, so each send below would be a deadlock if
// the lock were held. It is not: the order of the calls is the point.
type relay struct {
	mu     sync.Mutex
	out    chan int
	passed int
	paused bool
}

func newRelay() *relay {
	r := &relay{out: make(chan int)}
	go func() {
		for range r.out {
			r.mu.Lock()
			r.passed++
			r.mu.Unlock()
		}
	}()
	return r
}

func (r *relay) send(v int) {
	r.out <- v
}

// What is sent is collected under the lock and sent after it.
func (r *relay) collectThenSend(values map[int]bool) {
	var ready []int
	r.mu.Lock()
	for v, ok := range values {
		if ok {
			ready = append(ready, v)
		}
	}
	r.mu.Unlock()
	for _, v := range ready {
		r.out <- v
	}
}

// The lock is released around the send, inside a function that unlocks in a
// defer.
func (r *relay) unlockSendRelock(v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.passed--
	r.mu.Unlock()
	r.out <- v
	r.mu.Lock()
}

// Each iteration starts and ends locked, and sends unlocked.
func (r *relay) unlockSendRelockInLoop(values []int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, v := range values {
		if r.paused {
			continue
		}
		r.mu.Unlock()
		r.out <- v
		r.mu.Lock()
	}
}

// The branch that sends has unlocked, and returns.
func (r *relay) unlockOnBranch(v int) {
	r.mu.Lock()
	if r.paused {
		r.mu.Unlock()
		r.out <- v
		return
	}
	r.passed--
	r.mu.Unlock()
}

// The defers run last in, first out: the send after the unlock.
func (r *relay) sendInFirstDefer(v int) {
	defer func() { r.out <- v }()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.passed--
}

// The deferred closure unlocks before it sends.
func (r *relay) sendInDeferAfterUnlock(v int) (err error) {
	r.mu.Lock()
	defer func() {
		r.mu.Unlock()
		if err == nil {
			r.send(v)
		}
	}()
	r.passed--
	return nil
}

// The unlock is the last of the defers, so it runs first.
func (r *relay) sendBetweenDefers(v int) {
	r.mu.Lock()
	defer r.send(v)
	defer r.mu.Unlock()
	r.passed--
}

// The two branches on locked are taken together or not at all.
func (r *relay) lockIfAsked(v int, locked bool) {
	if locked {
		r.mu.Lock()
	}
	r.passed--
	if locked {
		r.mu.Unlock()
	}
	r.out <- v
}

// The lock is held only where held is true, and released there.
func (r *relay) unlockIfHeld(v int) {
	r.mu.Lock()
	held := true
	if r.paused {
		r.mu.Unlock()
		held = false
	}
	if held {
		r.mu.Unlock()
	}
	r.out <- v
}

// The send is on the branch on which the lock was not taken.
func (r *relay) sendIfNotLocked(v int) {
	if !r.mu.TryLock() {
		r.out <- v
		return
	}
	defer r.mu.Unlock()
	r.passed--
}

// The sleep comes after the unlock in each round.
func (r *relay) pollUntilPaused() {
	for {
		r.mu.Lock()
		paused := r.paused
		r.mu.Unlock()
		if paused {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// The switch unlocks in every case before anything is sent.
func (r *relay) unlockInEveryCase(v int) {
	r.mu.Lock()
	switch {
	case r.paused:
		r.mu.Unlock()
		return
	case v < 0:
		r.passed--
		r.mu.Unlock()
	default:
		r.mu.Unlock()
	}
	r.out <- v
}
