package broadcast

import (
	"sync"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A ring is what the handles of a channel share. Values are numbered as they
// are sent, from 0; value q lies in slots[q%len(slots)] until value
// q+len(slots) takes its place.
//
// One mutex guards it all. Readers that copy slots without the lock would
// scale better on many cores, at the price of slots that cannot be reused
// before every reader has left them.
type ring[T any] struct {
	mu      sync.Mutex
	slots   []T
	next    uint64 // number of the next value
	slot    int    // next%len(slots): divisions are a good part of a receive
	senders int    // open handles; 0 is for ever
	cursors map[*cursor[T]]struct{}
	waiting waitList
	idle    chan struct{} // closed when cursors gets empty; nil if nobody asked

	highWater uint64 // the most values that a receiver had before it

	// Read less often.
	received  uint64 // by closed receivers
	lagged    uint64
	missed    uint64
	cancelled uint64
	leaked    uint64
	cfg       chans.Config
}

// A cursor is the state of an open or closed receiver, guarded by the mutex of
// the ring. It is an object apart from the handle so that the ring does not
// keep the handle alive.
type cursor[T any] struct {
	ring    *ring[T]
	next    uint64 // number of the next value to read
	slot    int    // next%len(slots)
	skipped uint64 // next minus the values it was given
	closed  bool
	blocked int     // goroutines in await
	hook    hook    // wakes one of them when its context ends
	ready   *waiter // made by the last Ready that found nothing; may be nil
	spare   *waiter // for the next goroutine that blocks; may be nil
}

// put stores v as the next value. The mutex is held.
func (r *ring[T]) put(v T) {
	r.slots[r.slot] = v
	r.next++
	if r.slot++; r.slot == len(r.slots) {
		r.slot = 0
	}
}

// readable reports whether a receive has an answer other than ErrEmpty.
func (c *cursor[T]) readable() bool {
	return c.next != c.ring.next || c.closed || c.ring.senders == 0
}

// behind returns how many values were sent since the last one read.
func (c *cursor[T]) behind() uint64 {
	if c.closed {
		return 0
	}
	return c.ring.next - c.next
}

// lost returns how many of those are gone.
func (c *cursor[T]) lost() uint64 {
	return c.behind() - min(c.behind(), uint64(len(c.ring.slots)))
}

// take returns the next value if there is one.
func (c *cursor[T]) take() (v T, ok bool) {
	r := c.ring
	behind := r.next - c.next
	if behind-1 >= uint64(len(r.slots)) || c.closed {
		return v, false // 0 behind, or more than there are slots
	}
	v = r.slots[c.slot]
	c.next++
	if c.slot++; c.slot == len(r.slots) {
		c.slot = 0
	}
	if behind > r.highWater {
		r.highWater = behind
	}
	return v, true
}

// takeMany appends up to limit values to dst, and reports whether there was one.
func (c *cursor[T]) takeMany(dst []T, limit int) ([]T, bool) {
	r := c.ring
	behind := c.behind()
	if behind == 0 || behind > uint64(len(r.slots)) {
		return dst, false
	}
	n := int(min(behind, uint64(limit)))
	head := r.slots[c.slot:min(c.slot+n, len(r.slots))]
	dst = append(dst, head...)
	dst = append(dst, r.slots[:n-len(head)]...)
	c.next += uint64(n)
	c.slot = (c.slot + n) % len(r.slots)
	r.highWater = max(r.highWater, behind)
	return dst, true
}

// miss returns why there is no value to take. If it is a lag, the cursor goes
// to the oldest value that is left.
func (c *cursor[T]) miss() error {
	switch {
	case !c.readable():
		return ErrEmpty
	case c.behind() == 0:
		return ErrClosed
	}
	return c.skip()
}

// skip moves the cursor to the oldest value that is left, and reports what it
// passed over.
func (c *cursor[T]) skip() error {
	r := c.ring
	missed := c.lost()
	c.next += missed
	c.skipped += missed
	c.slot = r.slot // the ring is full, so this one is overwritten next
	r.lagged++
	r.missed += missed
	r.highWater = uint64(len(r.slots))
	return &LaggedError{Missed: missed}
}

// subscribe adds a cursor that starts with the next value sent.
func (r *ring[T]) subscribe() *Receiver[T] {
	c := &cursor[T]{ring: r}
	r.mu.Lock()
	c.next, c.slot, c.skipped = r.next, r.slot, r.next
	r.cursors[c] = struct{}{}
	r.mu.Unlock()
	return newReceiver(c)
}

// drop takes c out. leaked says that its handle was not closed but collected.
func (r *ring[T]) drop(c *cursor[T], leaked bool) {
	r.mu.Lock()
	if c.closed {
		r.mu.Unlock()
		return
	}
	c.closed = true
	delete(r.cursors, c)
	r.received += c.next - c.skipped
	if leaked {
		r.leaked++
	}
	if len(r.cursors) == 0 {
		clear(r.slots) // nobody can read them any more
		if r.idle != nil {
			close(r.idle)
			r.idle = nil
		}
	}
	var woken *waiter
	switch {
	case c.blocked > 0:
		woken = r.waiting.takeOwn(c)
	case c.ready != nil && r.waiting.remove(c.ready):
		woken = c.ready
	}
	stop := c.hook.stop
	c.hook.stop = nil
	c.ready, c.spare = nil, nil
	r.mu.Unlock()
	if stop != nil {
		stop()
	}
	wakeAll(woken)
}

// dropSender takes a sender out. leaked is as for drop.
func (r *ring[T]) dropSender(leaked bool) {
	r.mu.Lock()
	r.senders--
	if leaked {
		r.leaked++
	}
	var woken *waiter
	if r.senders == 0 {
		woken = r.waiting.takeAll()
	}
	r.mu.Unlock()
	wakeAll(woken)
}

// leakSender is dropSender for a handle that was garbage collected.
func (r *ring[T]) leakSender() {
	r.dropSender(true)
	r.cfg.Leaked("broadcast.Sender")
}

// leak is drop for a handle that was garbage collected.
func (c *cursor[T]) leak() {
	c.ring.drop(c, true)
	c.ring.cfg.Leaked("broadcast.Receiver")
}

// len returns how far the slowest receiver is behind, at most the capacity.
// The mutex is held.
func (r *ring[T]) len() int {
	var most uint64
	for c := range r.cursors {
		most = max(most, c.behind())
	}
	return int(min(most, uint64(len(r.slots))))
}

// Stats implements chans.Source.
func (r *ring[T]) Stats() chans.Stats {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := r.len()
	received := r.received
	for c := range r.cursors {
		received += c.next - c.skipped
	}
	return chans.Stats{
		Name:          r.cfg.Name,
		Kind:          "broadcast",
		Len:           n,
		Cap:           len(r.slots),
		HighWater:     max(int(r.highWater), n),
		Senders:       r.senders,
		Receivers:     len(r.cursors),
		Sent:          r.next,
		Received:      received,
		Lagged:        r.lagged,
		Missed:        r.missed,
		Cancelled:     r.cancelled,
		LeakedHandles: r.leaked,
		Closed:        r.senders == 0,
	}
}
