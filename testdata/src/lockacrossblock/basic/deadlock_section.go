package basic

import "sync"

// A lease's count is taken back with the lock held, on another way through the
// function than the one that waits, so another call has to do it.
type lease struct {
	mu   sync.Mutex
	open sync.WaitGroup
	n    int
}

func newLease() *lease {
	l := &lease{}
	l.open.Add(1)
	return l
}

func (l *lease) doneOrWait(last bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
	if last {
		l.open.Done()
		return
	}
	l.open.Wait() // want `^l\.mu, locked on line \d+, is held across l\.open\.Wait`
}

// A round's count is taken back before the wait, but in another round, which
// locks again.
type round struct {
	mu   sync.Mutex
	open sync.WaitGroup
	n    int
}

func newRound() *round {
	r := &round{}
	r.open.Add(1)
	return r
}

func (r *round) doneInOtherRound(last func() bool) {
	for range 10 {
		r.mu.Lock()
		r.n++
		if last() {
			r.open.Done()
		} else {
			r.open.Wait() // want `^r\.mu, locked on line \d+, is held across r\.open\.Wait`
		}
		r.mu.Unlock()
	}
}

// A turnstile's count is taken back after the wait.
type turnstile struct {
	mu   sync.Mutex
	open sync.WaitGroup
	n    int
}

func newTurnstile() *turnstile {
	t := &turnstile{}
	t.open.Add(1)
	return t
}

func (t *turnstile) doneAfterWait(first bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n++
	if first {
		t.open.Wait() // want `^t\.mu, locked on line \d+, is held across t\.open\.Wait`
	}
	t.open.Done()
}
