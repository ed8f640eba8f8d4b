package broadcast

import (
	"runtime"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A Sender sends values to all receivers of a channel, and makes new ones.
// The channel stays open until each of its senders is closed; see [Sender.Clone]
// for more of them. It may be used by many goroutines.
type Sender[T any] struct {
	ring   *ring[T]
	net    runtime.Cleanup
	closed bool // guarded by ring.mu
}

func newSender[T any](r *ring[T]) *Sender[T] {
	s := &Sender[T]{ring: r}
	s.net = chans.AddCleanup(s, (*ring[T]).leakSender, r)
	return s
}

// shared returns what s stands for, for the method named.
func (s *Sender[T]) shared(method string) *ring[T] {
	if s == nil || s.ring == nil {
		panic("broadcast: " + method + " of a Sender that New did not make")
	}
	return s.ring
}

// Send gives v to each receiver there is, and returns how many. It never
// waits: a receiver that is too slow loses its oldest value instead, and is
// told so.
//
// With no receiver it returns [ErrNoReceivers], and v is not kept for later
// ones. After Close it returns [ErrClosed].
func (s *Sender[T]) Send(v T) (receivers int, err error) {
	r := s.shared("Send")
	r.mu.Lock()
	if s.closed {
		r.mu.Unlock()
		return 0, ErrClosed
	}
	n := len(r.cursors)
	if n == 0 {
		r.mu.Unlock()
		return 0, ErrNoReceivers
	}
	r.put(v)
	woken := r.waiting.takeAll()
	r.mu.Unlock()
	wakeAll(woken)
	return n, nil
}

// Subscribe returns a new receiver. It gets the values sent from now on. If the
// channel is closed, the receiver is at the end of it.
func (s *Sender[T]) Subscribe() *Receiver[T] {
	return s.shared("Subscribe").subscribe()
}

// Clone returns another sender for the channel, which must be closed as well.
// The clone of a closed sender is closed.
func (s *Sender[T]) Clone() *Sender[T] {
	r := s.shared("Clone")
	r.mu.Lock()
	closed := s.closed
	if !closed {
		r.senders++
	}
	r.mu.Unlock()
	if closed {
		return &Sender[T]{ring: r, closed: true}
	}
	return newSender(r)
}

// Weak returns a reference to the channel that does not keep it open.
func (s *Sender[T]) Weak() WeakSender[T] {
	return WeakSender[T]{s.shared("Weak")}
}

// Close gives up s. Closing the last sender ends the channel: receivers get
// the values that are left, and then [ErrClosed]. Nothing is lost by it, and
// only then are waiting receivers woken. To close again does nothing. The error
// is always nil.
func (s *Sender[T]) Close() error {
	r := s.shared("Close")
	r.mu.Lock()
	closed := s.closed
	s.closed = true
	r.mu.Unlock()
	if !closed {
		s.net.Stop()
		r.dropSender(false)
	}
	return nil
}

// Idle returns a channel that is closed when there is no receiver, which may
// be now. A receiver that subscribes later does not open it again, so call
// Idle anew each time, in the select that waits for it:
//
//	select {
//	case <-tx.Idle():
//		return // nobody listens
//	case event := <-events:
//		tx.Send(event)
//	}
func (s *Sender[T]) Idle() <-chan struct{} {
	r := s.shared("Idle")
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.cursors) == 0 {
		return alwaysReady
	}
	if r.idle == nil {
		r.idle = make(chan struct{})
	}
	return r.idle
}

// Len returns how many values the slowest receiver has not read yet, at most
// the capacity. It looks at each receiver.
func (s *Sender[T]) Len() int {
	r := s.shared("Len")
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.len()
}

// Capacity returns how many values the channel keeps, as given to [New].
func (s *Sender[T]) Capacity() int { return len(s.shared("Capacity").slots) }

// Receivers returns how many receivers are open.
func (s *Sender[T]) Receivers() int {
	r := s.shared("Receivers")
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.cursors)
}

// Same reports whether s and other send to the same channel.
func (s *Sender[T]) Same(other *Sender[T]) bool {
	return s.shared("Same") == other.shared("Same")
}

// Stats returns what the channel knows about itself.
func (s *Sender[T]) Stats() chans.Stats { return s.shared("Stats").Stats() }

// A WeakSender is a reference to a channel that does not keep it open: for
// those who are to send only as long as somebody else may. It is a value, needs
// no Close, and its zero value refers to no channel.
type WeakSender[T any] struct{ ring *ring[T] }

// Upgrade returns a new sender for the channel, which must be closed. It
// reports false if the channel is closed.
func (w WeakSender[T]) Upgrade() (*Sender[T], bool) {
	r := w.ring
	if r == nil {
		return nil, false
	}
	r.mu.Lock()
	open := r.senders > 0
	if open {
		r.senders++
	}
	r.mu.Unlock()
	if !open {
		return nil, false
	}
	return newSender(r), true
}
