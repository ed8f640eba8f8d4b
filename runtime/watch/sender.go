package watch

import (
	"runtime"
	"sync/atomic"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A Sender replaces the value of a watch. It is made by [New] or Clone. It may
// be shared by goroutines; clone it for parts of a program that close on their
// own.
type Sender[T any] struct {
	w       *watch[T]
	state   *source
	cleanup runtime.Cleanup
}

// A source is what remains of a Sender when it is garbage: it tells the clean-up
// whether the Sender was closed.
type source struct{ closed atomic.Bool } // written under watch.mu

// newSender adds a sender to w. w.mu is held.
func newSender[T any](w *watch[T]) *Sender[T] {
	w.senders++
	s := &Sender[T]{w: w, state: new(source)}
	state := s.state
	s.cleanup = chans.AddCleanup(s, func(w *watch[T]) {
		if w.dropSender(state) {
			w.countLeak("watch.Sender")
		}
	}, w)
	return s
}

// Send makes v the value and wakes all who wait. It returns [ErrClosed], and
// changes nothing, if s was closed. It does not need a receiver, and does not
// block.
func (s *Sender[T]) Send(v T) error {
	s.check("Send")
	_, err := s.w.replace(s.state, &snapshot[T]{val: v}, nil)
	runtime.KeepAlive(s) // else the clean-up could close it in the midst
	return err
}

// Swap is Send, and returns the value that it replaced. If s was closed, it
// returns the value that stays, and [ErrClosed].
func (s *Sender[T]) Swap(v T) (T, error) {
	s.check("Swap")
	old, err := s.w.replace(s.state, &snapshot[T]{val: v}, nil)
	runtime.KeepAlive(s)
	return old.val, err
}

// Update changes the value by a function: f is given a copy, and if it reports
// true the changed copy becomes the value and all who wait are woken. Update
// reports whether that happened; it is false if f said so or s is closed, and
// then nothing has changed. If f panics, nothing has changed either.
//
// The copy is shallow: f must replace maps, slices and what pointers point to,
// not change them. It must not keep the pointer.
//
// f is not called under a lock. If another sender stores a value meanwhile, f
// is called again with a copy of that one; so f should do nothing but change
// its argument. It must not write to the same watch, which would make each of
// its own calls come too late.
func (s *Sender[T]) Update(f func(*T) bool) bool {
	s.check("Update")
	defer runtime.KeepAlive(s)
	for !s.state.closed.Load() {
		old := s.w.cur.Load()
		next := &snapshot[T]{val: old.val}
		if !f(&next.val) {
			return false
		}
		if was, err := s.w.replace(s.state, next, old); err == nil && was == old {
			return true
		}
	}
	return false
}

// replace makes next the current snapshot, unless the sender is closed or, if
// only is not nil, another one than only is current. It returns the one that was
// current.
func (w *watch[T]) replace(sender *source, next, only *snapshot[T]) (*snapshot[T], error) {
	w.mu.Lock()
	old := w.cur.Load()
	if sender.closed.Load() {
		w.mu.Unlock()
		return old, ErrClosed
	}
	if only != nil && old != only {
		w.mu.Unlock()
		return old, nil
	}
	next.version = old.version + 1
	list := w.store(next)
	w.mu.Unlock()
	w.wake(list)
	return old, nil
}

// Get returns the value.
func (s *Sender[T]) Get() T {
	s.check("Get")
	return s.w.cur.Load().val
}

// Subscribe returns a new receiver, which has seen the present value.
func (s *Sender[T]) Subscribe() *Receiver[T] {
	s.check("Subscribe")
	s.w.mu.Lock()
	defer s.w.mu.Unlock()
	return newReceiver(s.w, s.w.cur.Load().version)
}

// Receivers returns how many receivers are open.
func (s *Sender[T]) Receivers() int { return s.Stats().Receivers }

// Idle returns a channel that is closed when there is no open receiver. A later
// Subscribe does not open that channel again; call Idle anew in each select.
func (s *Sender[T]) Idle() <-chan struct{} {
	s.check("Idle")
	w := s.w
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.receivers == 0 {
		return closedChan
	}
	if w.idle == nil {
		w.idle = make(chan struct{})
	}
	return w.idle
}

// Clone returns another sender of the same watch, which is to be closed too.
// The clone of a closed sender is closed.
func (s *Sender[T]) Clone() *Sender[T] {
	s.check("Clone")
	defer runtime.KeepAlive(s)
	s.w.mu.Lock()
	defer s.w.mu.Unlock()
	if s.state.closed.Load() {
		return &Sender[T]{w: s.w, state: s.state}
	}
	return newSender(s.w)
}

// Close closes s. If it was the last sender, the watch is closed: receivers that
// have seen the last value get [ErrClosed], others after they have seen it.
func (s *Sender[T]) Close() {
	s.check("Close")
	if s.w.dropSender(s.state) {
		s.cleanup.Stop()
	}
}

// dropSender takes a sender away and reports whether it was open.
func (w *watch[T]) dropSender(state *source) bool {
	w.mu.Lock()
	if state.closed.Load() {
		w.mu.Unlock()
		return false
	}
	state.closed.Store(true)
	if w.senders--; w.senders > 0 {
		w.mu.Unlock()
		return true
	}
	last := *w.cur.Load()
	last.closed = true
	list := w.store(&last)
	w.mu.Unlock()
	w.wake(list)
	return true
}

// Stats returns the state of the watch. Sent counts the values after the first;
// values received are not counted.
func (s *Sender[T]) Stats() chans.Stats {
	s.check("Stats")
	return s.w.Stats()
}

// check panics if s was not made by this package.
func (s *Sender[T]) check(op string) {
	if s == nil || s.w == nil {
		panic(unmade("Sender", op))
	}
}
