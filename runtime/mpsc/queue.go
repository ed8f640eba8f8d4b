package mpsc

import (
	"math"
	"sync"
	"time"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A queue is the state that all handles of a channel share: a ring of values,
// the room left in it, and who waits for what. Everything is guarded by mu,
// which is held for a few instructions at a time and never while waiting.
//
// A mutex and not a lock-free ring: it is as fast as native channels with one
// sender and receiver or many, every count is exact, and a send that is half
// done cannot be seen.
type queue[T any] struct {
	mu sync.Mutex

	// What every send and receive looks at comes first, to share cache lines.

	ring        []T
	head        int // index in ring of the oldest value
	n           int // values queued
	held        int // room held by permits; Inv: n + held <= bound
	bound       int // room altogether; math.MaxInt if there is no bound
	shrinkBelow int // n below which the ring shrinks; 0 never

	waiters waiterList[T] // senders waiting for room, first come first served
	sent    uint64        // received is what is neither queued nor dropped
	high    int           // largest n so far

	// The receiving side waits on ready, which holds at most one token.
	// Inv: while somebody listens and nothing is queued, wake is true; while
	// somebody listens and something is, there is a token in ready, or the
	// one who took it has yet to look.
	listeners int  // goroutines in await, and one more for ever once Ready was called
	wake      bool // the next value must be announced by a token
	polled    bool // Ready was called
	nap       nap  // how the first in await waits, instead of on ready

	rxClosed bool // the receiver is closed or gone
	rxGone   bool // the receiver is gone: values are dropped
	sealed   bool // no value can come any more; Inv: ready is closed
	ready    chan struct{}

	handles int           // open senders
	spare   *waiter[T]    // waiters for reuse, linked by next
	nspare  int           // how many
	permits permitTable   // what each permit has left
	done    chan struct{} // closed with rxClosed; nil until asked for

	full, cancelled, blocked, dropped, leaked uint64
	blockedFor                                time.Duration
	config                                    chans.Config
}

// minRing is the size at which the ring of an unbounded channel starts, and
// below which it does not shrink.
const minRing = 16

func newQueue[T any](bound, size int, opts []chans.Option) *queue[T] {
	q := &queue[T]{
		ring:    make([]T, size),
		bound:   bound,
		handles: 1,
		ready:   make(chan struct{}, 1),
		config:  chans.NewConfig(opts...),
	}
	chans.Register(q.config, q)
	return q
}

// fits reports whether n slots can be taken now, without passing anybody by.
func (q *queue[T]) fits(n int) bool {
	return n <= q.bound-q.n-q.held && q.waiters.first == nil
}

// push appends v to the ring, for which there must be room.
func (q *queue[T]) push(v T) {
	if q.n == len(q.ring) {
		q.resize(max(minRing, 2*q.n)) // only ever happens without a bound
	}
	i := q.head + q.n
	if i >= len(q.ring) {
		i -= len(q.ring)
	}
	q.ring[i] = v
	q.n++
	q.sent++
	if q.n > q.high {
		q.high = q.n
	}
	if q.wake {
		q.announce()
	}
}

// take removes the oldest value, of which there must be one, and gives its
// room to whoever has waited longest.
func (q *queue[T]) take() T {
	var zero T
	slot := &q.ring[q.head]
	v := *slot
	*slot = zero
	if q.head++; q.head == len(q.ring) {
		q.head = 0
	}
	q.n--
	if q.waiters.first != nil || q.listeners > 0 || q.n < q.shrinkBelow {
		q.taken()
	}
	return v
}

// taken does what is seldom needed after values were taken.
func (q *queue[T]) taken() {
	q.grant()
	if q.listeners > 0 {
		q.passOn()
	}
	if q.n < q.shrinkBelow {
		size := len(q.ring)
		for size > minRing && q.n < size/4 {
			size /= 2
		}
		q.resize(size)
	}
}

// takeMany appends up to limit values to dst.
func (q *queue[T]) takeMany(dst []T, limit int) []T {
	for limit = min(limit, q.n); limit > 0; {
		run := q.ring[q.head:min(q.head+limit, len(q.ring))]
		dst = append(dst, run...)
		clear(run)
		if q.head += len(run); q.head == len(q.ring) {
			q.head = 0
		}
		q.n -= len(run)
		limit -= len(run)
	}
	q.taken()
	return dst
}

// resize moves the values to a ring of the given size.
func (q *queue[T]) resize(size int) {
	ring := make([]T, size)
	k := copy(ring, q.ring[q.head:min(q.head+q.n, len(q.ring))])
	copy(ring[k:], q.ring[:q.n-k])
	q.ring, q.head = ring, 0
	q.shrinkBelow = 0
	if size > minRing {
		q.shrinkBelow = size / 4
	}
}

// announce leaves a token for the receiving side.
func (q *queue[T]) announce() {
	q.wake = false
	if q.sealed {
		return // ready is closed: nobody sleeps
	}
	if q.nap.end() {
		return
	}
	select {
	case q.ready <- struct{}{}:
	default: // there is one already
	}
}

// passOn restores the invariant of ready for those who still listen, after one
// of them may have taken the token.
func (q *queue[T]) passOn() {
	if q.n > 0 {
		q.announce()
	} else {
		q.wake = true
	}
}

// seal notes that no value can come any more, if that is so.
func (q *queue[T]) seal() {
	if q.sealed || q.held > 0 || !q.rxClosed && q.handles > 0 {
		return
	}
	q.sealed = true
	close(q.ready)
	q.nap.end()
}

// closeReceiver refuses all further sends, and those that wait.
func (q *queue[T]) closeReceiver() {
	if q.rxClosed {
		return
	}
	q.rxClosed = true
	if q.done != nil {
		close(q.done)
	}
	q.refuse(nil)
	q.seal()
}

// receiverGone is the cleanup of the receiver: nobody can take what is queued.
func (q *queue[T]) receiverGone() {
	q.mu.Lock()
	leak := !q.rxClosed && !(q.sealed && q.n == 0)
	if leak {
		q.leaked++
	}
	q.closeReceiver()
	q.rxGone = true
	q.dropped += uint64(q.n)
	q.ring, q.head, q.n, q.shrinkBelow = nil, 0, 0, 0
	hook := q.nap.unhook()
	q.mu.Unlock()
	hook.Drop()
	if leak {
		q.config.Leaked("mpsc.Receiver")
	}
}

// senderGone is the cleanup of a sender that was not closed.
func (q *queue[T]) senderGone() {
	q.mu.Lock()
	leak := !q.rxClosed
	if leak {
		q.leaked++
	}
	q.handles--
	q.seal()
	q.mu.Unlock()
	if leak {
		q.config.Leaked("mpsc.Sender")
	}
}

// Stats implements [chans.Source].
func (q *queue[T]) Stats() chans.Stats {
	q.mu.Lock()
	defer q.mu.Unlock()
	s := chans.Stats{
		Name:          q.config.Name,
		Kind:          "mpsc",
		Len:           q.n,
		Reserved:      q.held,
		HighWater:     q.high,
		Senders:       q.handles,
		Sent:          q.sent,
		Received:      q.sent - q.dropped - uint64(q.n),
		Full:          q.full,
		Blocked:       q.blocked,
		BlockedFor:    q.blockedFor,
		Cancelled:     q.cancelled,
		LeakedHandles: q.leaked,
		Closed:        q.rxClosed || q.handles == 0 && q.held == 0,
	}
	if q.bound != math.MaxInt {
		s.Cap = q.bound
	}
	if !q.rxClosed {
		s.Receivers = 1
	}
	return s
}
