package mpsc

import (
	"context"
	"math"
	"runtime"
	"time"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A Sender is a handle of the sending side of a channel. It may be used by
// many goroutines; [Sender.Clone] makes further handles, for owners that end
// at different times.
type Sender[T any] struct {
	q       *queue[T]
	closed  bool // guarded by q.mu
	cleanup runtime.Cleanup
}

// newSender returns a handle that q.handles already counts.
func newSender[T any](q *queue[T]) *Sender[T] {
	s := &Sender[T]{q: q}
	s.cleanup = chans.AddCleanup(s, (*queue[T]).senderGone, q)
	return s
}

func (s *Sender[T]) queue() *queue[T] {
	if s == nil || s.q == nil {
		panic("mpsc: nil or zero Sender; make one with New")
	}
	return s.q
}

// Send sends v, and blocks while the channel is full. Senders that wait are
// served in the order in which they came.
//
// Send returns nil if v was accepted. Otherwise v was not sent, and the error
// is [ErrClosed] if the receiver or this handle is closed, before the call or
// during it, or else that of ctx. If ctx has ended before the call, Send
// returns its error at once.
func (s *Sender[T]) Send(ctx context.Context, v T) error {
	q := s.queue()
	if err := ctx.Err(); err != nil {
		return err
	}
	q.mu.Lock()
	if q.fits(1) && !s.closed && !q.rxClosed {
		q.push(v)
		q.mu.Unlock()
		return nil
	}
	return s.sendSlow(ctx, nil, v)
}

// sendSlow waits for room. It is called with q.mu held.
func (s *Sender[T]) sendSlow(ctx context.Context, timeout <-chan time.Time, v T) error {
	q := s.q
	if s.closed || q.rxClosed {
		q.mu.Unlock()
		return ErrClosed
	}
	w := q.newWaiter(s)
	w.v = v
	_, err := q.outcome(ctx, timeout, w)
	return err
}

// TrySend sends v if that is possible without blocking. Otherwise it returns
// [ErrClosed], or else [ErrFull]; v was not sent. Room that is promised to
// senders that wait counts as taken.
func (s *Sender[T]) TrySend(v T) error {
	q := s.queue()
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case s.closed || q.rxClosed:
		return ErrClosed
	case !q.fits(1):
		q.full++
		return ErrFull
	}
	q.push(v)
	return nil
}

// SendTimeout sends v as [Sender.Send] does, but gives up with [ErrTimeout]
// after d. With d <= 0 it does not wait.
func (s *Sender[T]) SendTimeout(d time.Duration, v T) error {
	q := s.queue()
	q.mu.Lock()
	if d > 0 && !q.fits(1) {
		timer := time.NewTimer(d)
		defer timer.Stop()
		return s.sendSlow(context.Background(), timer.C, v)
	}
	defer q.mu.Unlock()
	switch {
	case s.closed || q.rxClosed:
		return ErrClosed
	case !q.fits(1):
		return ErrTimeout
	}
	q.push(v)
	return nil
}

// Reserve sets room aside for one value, and blocks while the channel is full.
// It waits its turn among the calls of [Sender.Send], and returns the same
// errors; after an error, nothing is set aside.
func (s *Sender[T]) Reserve(ctx context.Context) (Permit[T], error) {
	return s.ReserveN(ctx, 1)
}

// ReserveN sets room aside for n values, all or nothing. It waits as
// [Sender.Reserve] does, until there is room for all of them; later senders
// wait behind it even if there is room for what they want. With n = 0 it does
// not wait. It returns [ErrTooMany] if n is larger than the capacity, and
// panics if n is negative.
func (s *Sender[T]) ReserveN(ctx context.Context, n int) (Permit[T], error) {
	q := s.queue()
	checkSlots(n)
	if err := ctx.Err(); err != nil {
		return Permit[T]{}, err
	}
	q.mu.Lock()
	if err := s.reservable(n); err != nil {
		q.mu.Unlock()
		return Permit[T]{}, err
	}
	if n == 0 || q.fits(n) {
		p := q.reserve(n)
		q.mu.Unlock()
		return p, nil
	}
	w := q.newWaiter(s)
	w.want = n
	return q.outcome(ctx, nil, w)
}

// TryReserve sets room aside for one value if that is possible without
// blocking. Otherwise it returns [ErrClosed], or else [ErrFull].
func (s *Sender[T]) TryReserve() (Permit[T], error) {
	return s.TryReserveN(1)
}

// TryReserveN sets room aside for n values, all or nothing, if that is
// possible without blocking. Otherwise it returns [ErrClosed], [ErrTooMany] or
// [ErrFull]. It panics if n is negative.
func (s *Sender[T]) TryReserveN(n int) (Permit[T], error) {
	q := s.queue()
	checkSlots(n)
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := s.reservable(n); err != nil {
		return Permit[T]{}, err
	}
	if n > 0 && !q.fits(n) {
		q.full++
		return Permit[T]{}, ErrFull
	}
	return q.reserve(n), nil
}

// reservable reports why n slots can never be had. q.mu is held.
func (s *Sender[T]) reservable(n int) error {
	switch {
	case s.closed || s.q.rxClosed:
		return ErrClosed
	case n > s.q.bound:
		return ErrTooMany
	}
	return nil
}

func checkSlots(n int) {
	if n < 0 {
		panic("mpsc: negative number of slots to reserve")
	}
}

// Clone returns a further handle, to be closed on its own. A clone of a closed
// handle is closed.
func (s *Sender[T]) Clone() *Sender[T] {
	q := s.queue()
	q.mu.Lock()
	defer q.mu.Unlock()
	if s.closed {
		return &Sender[T]{q: q, closed: true}
	}
	q.handles++
	return newSender(q)
}

// Close closes this handle, and has sends that wait on it return [ErrClosed].
// When all handles are closed and all permits used or released, the receiver
// gets what is queued and then [ErrClosed]. Close is idempotent, never blocks,
// may be called at any time, and always returns nil.
func (s *Sender[T]) Close() error {
	q := s.queue()
	q.mu.Lock()
	defer q.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	s.cleanup.Stop()
	q.refuse(s)
	q.grant() // one that wants less may have waited behind
	q.handles--
	q.seal()
	return nil
}

// Done returns a channel that is closed when the receiver is closed or gone,
// for senders that should stop making values.
func (s *Sender[T]) Done() <-chan struct{} {
	q := s.queue()
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.done == nil {
		q.done = make(chan struct{})
		if q.rxClosed {
			close(q.done)
		}
	}
	return q.done
}

// Weak returns a reference that does not keep the channel open.
func (s *Sender[T]) Weak() WeakSender[T] { return WeakSender[T]{s.queue()} }

// Same reports whether s and t send to the same channel.
func (s *Sender[T]) Same(t *Sender[T]) bool { return s.queue() == t.queue() }

// Len returns the number of values queued.
func (s *Sender[T]) Len() int { return s.queue().length() }

// Cap returns the capacity given to [New], or 0 if there is no bound.
func (s *Sender[T]) Cap() int { return s.queue().capacity() }

// Free returns the room that is neither taken by a value nor set aside by a
// permit. Without a bound that is a very large number.
func (s *Sender[T]) Free() int {
	q := s.queue()
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.bound - q.n - q.held
}

// Stats returns what the channel knows about itself.
func (s *Sender[T]) Stats() chans.Stats { return s.queue().Stats() }

// String describes the state of the channel. It does not show values.
func (s *Sender[T]) String() string { return s.queue().Stats().String() }

func (q *queue[T]) length() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.n
}

func (q *queue[T]) capacity() int {
	if q.bound == math.MaxInt {
		return 0
	}
	return q.bound
}

// A WeakSender refers to a channel without keeping it open. Use it where
// something must be able to send to itself, and yet end when nobody else can
// send to it. The zero WeakSender refers to none.
type WeakSender[T any] struct {
	q *queue[T]
}

// Upgrade returns a new handle, to be closed by the caller, and true, if the
// channel has an open sender or an unused permit. Otherwise it returns nil and
// false, now and ever after.
func (w WeakSender[T]) Upgrade() (*Sender[T], bool) {
	if w.q == nil {
		return nil, false
	}
	q := w.q
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.handles == 0 && q.held == 0 {
		return nil, false
	}
	q.handles++
	return newSender(q), true
}
