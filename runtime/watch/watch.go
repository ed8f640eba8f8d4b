package watch

import (
	"sync"
	"sync/atomic"

	"github.com/chanlint/chanlint/runtime/chans"
)

// ErrClosed is [chans.ErrClosed]. Readers get it when all senders are closed
// and they have seen the last value, senders when they are closed.
var ErrClosed = chans.ErrClosed

// ErrEmpty is [chans.ErrEmpty]: there is nothing new.
var ErrEmpty = chans.ErrEmpty

// New returns the first handles of a watch that holds v. The receiver has seen
// v: it can Get it, and waits for the next value.
func New[T any](v T, opts ...chans.Option) (*Sender[T], *Receiver[T]) {
	w := &watch[T]{cfg: chans.NewConfig(opts...)}
	w.cur.Store(&snapshot[T]{val: v, version: 1})
	chans.Register(w.cfg, w)
	w.mu.Lock()
	defer w.mu.Unlock()
	return newSender(w), newReceiver(w, 1)
}

// A snapshot is one version of the value. It is immutable once stored.
type snapshot[T any] struct {
	val     T
	version uint64 // from 1, one more at each store
	closed  bool   // there will be no later snapshot
}

// A watch is what all handles share.
//
// Readers load cur. Whoever waits is on the list of those to wake, which he
// joins under mu after he has looked at cur once more; a writer changes cur and
// takes the whole list, both under mu, so no wake-up can be lost between them.
// The waking itself is done without the lock.
type watch[T any] struct {
	cur atomic.Pointer[snapshot[T]] // written under mu
	cfg chans.Config

	cancelled atomic.Uint64 // waits ended by a context

	mu        sync.Mutex
	senders   int
	receivers int
	leaked    uint64
	idle      chan struct{} // nil until asked for; closed when receivers becomes 0
	waiting   *waitList     // nil if nobody waits
	spare     atomic.Pointer[waitList]
}

// store makes next the current snapshot and returns those who are to be woken,
// by wake, once w.mu is unlocked. w.mu is held.
func (w *watch[T]) store(next *snapshot[T]) *waitList {
	w.cur.Store(next)
	list := w.waiting
	if list == nil || len(list.calls) == 0 {
		return nil
	}
	list.release()
	w.waiting = w.spare.Swap(nil)
	return list
}

// wake wakes those on list and keeps it for reuse. w.mu is not held.
func (w *watch[T]) wake(list *waitList) {
	if list != nil {
		list.ring()
		w.spare.Store(list)
	}
}

// Stats tells the state of w at this moment.
func (w *watch[T]) Stats() chans.Stats {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.cur.Load()
	return chans.Stats{
		Name:          w.cfg.Name,
		Kind:          "watch",
		Senders:       w.senders,
		Receivers:     w.receivers,
		Sent:          s.version - 1,
		Cancelled:     w.cancelled.Load(),
		LeakedHandles: w.leaked,
		Closed:        s.closed,
	}
}

// countLeak notes that a handle was garbage collected before it was closed.
func (w *watch[T]) countLeak(handle string) {
	w.mu.Lock()
	w.leaked++
	w.mu.Unlock()
	w.cfg.Leaked(handle)
}

// unmade is the panic text for a method called on a handle that this package
// did not make.
func unmade(handle, method string) string {
	return "watch: " + method + " called on a nil or zero " + handle + "; make it with New"
}
