package mpmc

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/chanlint/chanlint/runtime/chans"
)

// The errors of this package are those of package chans.
var (
	ErrClosed = chans.ErrClosed
	ErrEmpty  = chans.ErrEmpty
	ErrFull   = chans.ErrFull
)

// maxCapacity is where a capacity must be a mistake: the buffer is allocated at
// once.
const maxCapacity = 1 << 30

// New makes a queue for capacity values, and returns its first sender and its
// first receiver. With capacity 0, a send waits until the value is received.
// It panics if capacity is negative or more than 1<<30.
func New[T any](capacity int, opts ...chans.Option) (*Sender[T], *Receiver[T]) {
	if capacity < 0 || capacity > maxCapacity {
		panic(fmt.Sprintf("mpmc: New with capacity %d, which is not within 0 and %d", capacity, maxCapacity))
	}
	q := &queue[T]{
		ch:        make(chan T, capacity),
		done:      make(chan struct{}),
		cfg:       chans.NewConfig(opts...),
		senders:   1,
		receivers: 1,
	}
	chans.Register(q.cfg, q)
	return newSender(q), &Receiver[T]{q: q}
}

// A queue is what the handles share. Its gate is shut when one side is gone.
// Then ch is closed as soon as nobody is inside who might send to it.
type queue[T any] struct {
	ch   chan T
	done chan struct{} // closed when the gate is shut
	cfg  chans.Config

	gate      gate
	abandoned atomic.Bool // no receiver is left

	refused    atomic.Uint64 // passed the gate without having sent
	full       atomic.Uint64
	cancelled  atomic.Uint64
	blocked    atomic.Uint64
	blockedFor atomic.Int64
	dropped    atomic.Uint64 // by discard

	mu                 sync.Mutex
	senders, receivers int
	leaked             uint64
	// As Stats returned them, so that they never fall.
	sent, received uint64
	highWater      int
}

// send is the way in when there is no room. The caller is inside the gate.
func (q *queue[T]) send(ctx context.Context, v T) error {
	q.blocked.Add(1)
	start := time.Now()
	var err error
	select {
	case q.ch <- v:
	case <-q.done:
		err = ErrClosed
	case <-ctx.Done():
		err = ctx.Err()
		q.cancelled.Add(1)
	}
	q.blockedFor.Add(int64(time.Since(start)))
	return q.leave(err)
}

// leave leaves the gate. err is nil if a value was sent, and is returned.
func (q *queue[T]) leave(err error) error {
	if err != nil {
		q.refused.Add(1)
	}
	if q.gate.leave() {
		q.close()
	}
	return err
}

// shut has no further value accepted, and wakes senders that wait. It is
// called once or twice: by the last sender and by the last receiver.
func (q *queue[T]) shut() {
	q.mu.Lock()
	if !q.gate.isShut() {
		close(q.done)
	}
	last := q.gate.shut()
	q.mu.Unlock()
	if last {
		q.close()
	}
	q.discard()
}

// close closes the channel. The gate calls for it once.
func (q *queue[T]) close() {
	close(q.ch)
	q.discard()
}

// discard releases what is queued if there is no receiver left to take it.
func (q *queue[T]) discard() {
	if !q.abandoned.Load() {
		return
	}
	for {
		select {
		case _, ok := <-q.ch:
			if !ok {
				return
			}
			q.dropped.Add(1)
		default:
			return
		}
	}
}

// dropSender takes a sender out. leaked says that it was not closed but
// garbage collected.
func (q *queue[T]) dropSender(leaked bool) {
	q.mu.Lock()
	q.senders--
	if leaked {
		q.leaked++
	}
	last := q.senders == 0
	q.mu.Unlock()
	if last {
		q.shut()
	}
}

// leakSender is dropSender for a handle that was garbage collected.
func (q *queue[T]) leakSender() {
	q.dropSender(true)
	q.cfg.Leaked("mpmc.Sender")
}

// dropReceiver takes a receiver out.
func (q *queue[T]) dropReceiver() {
	q.mu.Lock()
	q.receivers--
	last := q.receivers == 0
	q.mu.Unlock()
	if last {
		q.abandoned.Store(true)
		q.shut()
	}
}

// Stats implements chans.Source. What was sent and received follows from the
// gate and from the length, at no cost to sending or receiving.
func (q *queue[T]) Stats() chans.Stats {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := len(q.ch)
	passed := q.gate.out.Load() // first: who is refused is counted before they pass
	refused := q.refused.Load()
	q.sent = max(q.sent, passed-min(passed, refused))
	kept := uint64(n) + q.dropped.Load()
	q.received = max(q.received, q.sent-min(q.sent, kept))
	q.highWater = max(q.highWater, n)
	if q.blocked.Load()+q.full.Load() > 0 {
		q.highWater = cap(q.ch)
	}
	return chans.Stats{
		Name:          q.cfg.Name,
		Kind:          "mpmc",
		Len:           n,
		Cap:           cap(q.ch),
		HighWater:     q.highWater,
		Senders:       q.senders,
		Receivers:     q.receivers,
		Sent:          q.sent,
		Received:      q.received,
		Full:          q.full.Load(),
		Cancelled:     q.cancelled.Load(),
		Blocked:       q.blocked.Load(),
		BlockedFor:    time.Duration(q.blockedFor.Load()),
		LeakedHandles: q.leaked,
		Closed:        q.gate.isShut(),
	}
}
