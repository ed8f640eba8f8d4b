package broadcast

// A waiter is one goroutine blocked in a receive, or the channel that one call
// of Ready returned.
type waiter struct {
	owner any // the cursor
	wake  chan struct{}
	once  bool // wake gets closed; else it gets a token, for which it has room

	prev, next *waiter
	epoch      uint64 // of the list when it was pushed, plus 1; 0 when removed
}

// newToken returns a waiter for a goroutine, to be used again and again.
func newToken(owner any) *waiter {
	return &waiter{owner: owner, wake: make(chan struct{}, 1)}
}

// newBell returns a waiter for any number of goroutines, to be used once.
func newBell(owner any) *waiter {
	return &waiter{owner: owner, wake: make(chan struct{}), once: true}
}

// A waitList holds waiters in order of arrival. Its zero value is empty.
//
// Taking all of them is one step, so that it can be done under a lock and the
// waking after it. The epoch tells the waiters which that step took from those
// that came later, without a visit to each.
type waitList struct {
	head, tail *waiter
	epoch      uint64
}

// push appends w, which is in no list.
func (l *waitList) push(w *waiter) {
	w.epoch = l.epoch + 1
	w.prev, w.next = l.tail, nil
	if l.tail == nil {
		l.head = w
	} else {
		l.tail.next = w
	}
	l.tail = w
}

// has reports whether w, which may have been pushed, is still there.
func (l *waitList) has(w *waiter) bool { return w.epoch == l.epoch+1 }

// remove takes w out. It reports false if somebody else did, who will wake w.
func (l *waitList) remove(w *waiter) bool {
	if !l.has(w) {
		return false
	}
	if w.prev == nil {
		l.head = w.next
	} else {
		w.prev.next = w.next
	}
	if w.next == nil {
		l.tail = w.prev
	} else {
		w.next.prev = w.prev
	}
	w.prev, w.next, w.epoch = nil, nil, 0
	return true
}

// takeAll empties the list and returns its first waiter, for wakeAll.
func (l *waitList) takeAll() *waiter {
	first := l.head
	if first != nil {
		l.head, l.tail = nil, nil
		l.epoch++
	}
	return first
}

// takeOwn takes those of owner out and returns the first, for wakeAll. It
// looks at every waiter.
func (l *waitList) takeOwn(owner any) *waiter {
	var first *waiter
	for w := l.head; w != nil; {
		next := w.next
		if w.owner == owner {
			l.remove(w)
			w.next, first = first, w
		}
		w = next
	}
	return first
}

// wakeAll wakes first and those after it. It never blocks.
func wakeAll(first *waiter) {
	for w := first; w != nil; {
		next := w.next
		w.prev, w.next = nil, nil // once awake, w may be pushed again
		if w.once {
			close(w.wake)
		} else {
			w.wake <- struct{}{}
		}
		w = next
	}
}

// alwaysReady is what Ready and Idle return when there is nothing to wait for.
var alwaysReady = func() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()
