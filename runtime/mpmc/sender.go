package mpmc

import (
	"context"
	"runtime"
	"sync/atomic"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A Sender sends values to a queue. The queue stays open until each of its
// senders is closed; see [Sender.Clone] for more of them. It may be used by
// many goroutines.
type Sender[T any] struct {
	q      *queue[T]
	closed atomic.Bool // changes under q.mu
	net    runtime.Cleanup
}

func newSender[T any](q *queue[T]) *Sender[T] {
	s := &Sender[T]{q: q}
	s.net = chans.AddCleanup(s, (*queue[T]).leakSender, q)
	return s
}

// queue returns what s stands for, for the method named.
func (s *Sender[T]) queue(method string) *queue[T] {
	if s == nil || s.q == nil {
		panic("mpmc: " + method + " of a Sender that New did not make")
	}
	return s.q
}

// Send sends v, and waits for room if need be. If it returns an error, v was
// not sent: the error is [ErrClosed] if s or every receiver is closed, or else
// that of ctx, once ctx has ended.
func (s *Sender[T]) Send(ctx context.Context, v T) error {
	q := s.queue("Send")
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.closed.Load() {
		return ErrClosed
	}
	if !q.gate.enter() {
		return q.leave(ErrClosed)
	}
	select {
	case q.ch <- v:
		if q.gate.leave() {
			q.close()
		}
		return nil
	default: // a select over more cases costs three times as much
	}
	err := q.send(ctx, v)
	runtime.KeepAlive(s) // the garbage collector must not close s meanwhile
	return err
}

// TrySend is Send without waiting: it returns [ErrFull] if there is no room.
// With capacity 0, there is room if a receiver waits.
func (s *Sender[T]) TrySend(v T) error {
	q := s.queue("TrySend")
	if s.closed.Load() {
		return ErrClosed
	}
	if !q.gate.enter() {
		return q.leave(ErrClosed)
	}
	select {
	case q.ch <- v:
		return q.leave(nil)
	default:
		q.full.Add(1)
		return q.leave(ErrFull)
	}
}

// Done returns a channel that is closed when no value is accepted any more,
// because one side is gone. It always returns the same channel.
func (s *Sender[T]) Done() <-chan struct{} { return s.queue("Done").done }

// Clone returns another sender for the queue, which must be closed as well.
// The clone of a closed sender is closed.
func (s *Sender[T]) Clone() *Sender[T] {
	q := s.queue("Clone")
	q.mu.Lock()
	closed := s.closed.Load()
	if !closed {
		q.senders++
	}
	q.mu.Unlock()
	if closed {
		clone := &Sender[T]{q: q}
		clone.closed.Store(true)
		return clone
	}
	return newSender(q)
}

// Weak returns a reference to the queue that does not keep it open.
func (s *Sender[T]) Weak() WeakSender[T] { return WeakSender[T]{s.queue("Weak")} }

// Close gives up s. Closing the last sender ends the queue: receivers get what
// is queued, and then the end; sends still waiting return [ErrClosed]. To close
// again does nothing. The error is always nil.
func (s *Sender[T]) Close() error {
	q := s.queue("Close")
	q.mu.Lock()
	closed := s.closed.Swap(true)
	q.mu.Unlock()
	if !closed {
		s.net.Stop()
		q.dropSender(false)
	}
	return nil
}

// Len returns how many values are queued.
func (s *Sender[T]) Len() int { return len(s.queue("Len").ch) }

// Capacity returns how many values can be queued, as given to [New].
func (s *Sender[T]) Capacity() int { return cap(s.queue("Capacity").ch) }

// Stats returns what the queue knows about itself.
func (s *Sender[T]) Stats() chans.Stats { return s.queue("Stats").Stats() }

// A WeakSender is a reference to a queue that does not keep it open: for
// those who are to send only as long as somebody else may. It is a value, needs
// no Close, and its zero value refers to no queue.
type WeakSender[T any] struct{ q *queue[T] }

// Upgrade returns a new sender for the queue, which must be closed. It reports
// false if every sender is closed.
func (w WeakSender[T]) Upgrade() (*Sender[T], bool) {
	q := w.q
	if q == nil {
		return nil, false
	}
	q.mu.Lock()
	open := q.senders > 0
	if open {
		q.senders++
	}
	q.mu.Unlock()
	if !open {
		return nil, false
	}
	return newSender(q), true
}
