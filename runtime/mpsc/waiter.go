package mpsc

import (
	"context"
	"time"
)

// A waiter is a sender that waits for room. Whoever frees room serves the
// waiters in order: it queues the value, or makes the permit, on their behalf.
// So the room never looks free, and a waiter that is slow to run again keeps
// nobody from being served.
type waiter[T any] struct {
	next, prev *waiter[T]
	sender     *Sender[T]
	v          T   // the value to send, if want is 0
	want       int // the slots to reserve, or 0
	permit     Permit[T]
	answer     answer        // written before the token is put into wake
	wake       chan struct{} // holds one token
}

// An answer is what became of a waiter.
type answer uint8

const (
	pending answer = iota // the waiter is in the list
	served
	refused // the channel was closed
)

// A waiterList is a queue of waiters, linked in both directions so that one
// can leave from the middle.
type waiterList[T any] struct {
	first, last *waiter[T]
}

func (l *waiterList[T]) add(w *waiter[T]) {
	w.prev = l.last
	if l.last == nil {
		l.first = w
	} else {
		l.last.next = w
	}
	l.last = w
}

func (l *waiterList[T]) remove(w *waiter[T]) {
	if w.prev == nil {
		l.first = w.next
	} else {
		w.prev.next = w.next
	}
	if w.next == nil {
		l.last = w.prev
	} else {
		w.next.prev = w.prev
	}
	w.next, w.prev = nil, nil
}

// maxSpare bounds the memory that a burst of waiting senders leaves behind.
const maxSpare = 64

// newWaiter adds a waiter for s to the list.
func (q *queue[T]) newWaiter(s *Sender[T]) *waiter[T] {
	w := q.spare
	if w == nil {
		w = &waiter[T]{wake: make(chan struct{}, 1)}
	} else {
		q.spare, w.next = w.next, nil
		q.nspare--
	}
	w.sender = s
	q.waiters.add(w)
	q.blocked++
	return w
}

// putWaiter keeps w, which is in no list, for reuse.
func (q *queue[T]) putWaiter(w *waiter[T]) {
	if q.nspare == maxSpare {
		return
	}
	*w = waiter[T]{wake: w.wake, next: q.spare}
	q.spare = w
	q.nspare++
}

// settle removes w from the list and wakes it with the given answer.
func (q *queue[T]) settle(w *waiter[T], a answer) {
	q.waiters.remove(w)
	w.answer = a
	w.wake <- struct{}{} // never blocks: one token per turn in the list
}

// grant serves waiters in order as long as there is room for the first of them.
func (q *queue[T]) grant() {
	for w := q.waiters.first; w != nil; w = q.waiters.first {
		if max(w.want, 1) > q.bound-q.n-q.held {
			return // the next may want less, but must not pass this one by
		}
		if w.want == 0 {
			q.push(w.v)
		} else {
			w.permit = q.reserve(w.want)
		}
		q.settle(w, served)
	}
}

// refuse refuses the waiters of s, or of all senders if s is nil.
func (q *queue[T]) refuse(s *Sender[T]) {
	for w := q.waiters.first; w != nil; {
		next := w.next
		if s == nil || w.sender == s {
			q.settle(w, refused)
		}
		w = next
	}
}

// outcome waits until w is served or refused, or until ctx or timeout ends. It
// is called with q.mu held, which it gives up.
func (q *queue[T]) outcome(ctx context.Context, timeout <-chan time.Time, w *waiter[T]) (Permit[T], error) {
	q.mu.Unlock()
	start := time.Now()
	woken := wait(w.wake, ctx.Done(), timeout)
	waited := time.Since(start)

	q.mu.Lock()
	defer q.mu.Unlock()
	q.blockedFor += waited
	var err error
	switch {
	case w.answer == pending:
		q.waiters.remove(w)
		q.cancelled++
		q.grant() // the next may want less than w did
		if err = ErrTimeout; woken != timedOut {
			err = ctx.Err()
		}
	case woken != wokenUp:
		<-w.wake // served or refused all the same
	}
	if w.answer == refused {
		err = ErrClosed
	}
	permit := w.permit
	q.putWaiter(w)
	return permit, err
}

// A wakeup says why a wait ended.
type wakeup uint8

const (
	wokenUp wakeup = iota
	cancelled
	timedOut
)

// wait receives from wake, unless done or timeout is ready first. They may be
// nil. A receive from one channel is much cheaper than a select.
func wait(wake, done <-chan struct{}, timeout <-chan time.Time) wakeup {
	if done == nil && timeout == nil {
		<-wake
		return wokenUp
	}
	select {
	case <-wake:
		return wokenUp
	case <-done:
		return cancelled
	case <-timeout:
		return timedOut
	}
}
