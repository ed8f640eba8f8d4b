// Package watchqueue reports wake-ups and latest values that are used as if each
// of them arrived.
//
// # Analyzer watchqueue
//
// watchqueue: report wake-ups and latest values used as queues
//
// A channel with room for one item, filled by who does not wait, tells that
// something happened, or what is so now. It does not tell how often, or what was
// so before: items merge on the way.
//
// # Why it is a bug
//
// Who counts wake-ups counts too few, and who does one thing for each of them
// leaves things undone, but only under load, when two come before the first is
// received. A total is a little too small, an item stays in the queue until the
// next one comes, a coordinator waits for an acknowledgement that was given. No
// test fails, and the race detector has nothing to say.
//
// What is right is to look again: the receiver takes a wake-up as a hint, and
// reads the state, or empties the queue, before it waits for the next. State
// belongs in a watch, events for all in a broadcast, and work in a queue such as
// mpsc. The examples count lines from their own top.
//
// # history
//
// What was merged is counted, added up or kept. The channel is one with room for
// one item, of which each send drops the item or replaces the old one when there
// is no room; or a watch of the companion library; or a channel that is known to
// hold the newest value only, as the LeaderCh of hashicorp/raft does. A goroutine
// that is started for each value of the latter two is reported too, because two
// equal values in a row mean that one between them was lost.
//
// With strict also reported are numbers that nothing in the function is decided
// by, and goroutines that are started for each item of a channel.
//
// Wrong:
//
//	type quorum struct{ votes chan struct{} }
//
//	func newQuorum() *quorum {
//		return &quorum{votes: make(chan struct{}, 1)}
//	}
//
//	func (q *quorum) vote() {
//		select {
//		case q.votes <- struct{}{}:
//		default:
//		}
//	}
//
//	func (q *quorum) await(n int) {
//		for range n {
//			<-q.votes
//			// this loop counts the items of q.votes, but a send that
//			// finds it full is dropped (line 8); count in the
//			// sender or use a queue such as mpsc
//		}
//	}
//
// Right:
//
//	func newQuorum() *quorum {
//		return &quorum{votes: make(chan struct{})}
//	}
//
//	func (q *quorum) vote() {
//		q.votes <- struct{}{}
//	}
//
// # single
//
// The receiver takes one item off a queue for each wake-up. Two items that were
// put while it worked leave one wake-up, and the second item waits for the next.
//
// Wrong:
//
//	type worker struct {
//		mu   sync.Mutex
//		jobs []func()
//		wake chan struct{}
//	}
//
//	func newWorker() *worker {
//		return &worker{wake: make(chan struct{}, 1)}
//	}
//
//	func (w *worker) add(job func()) {
//		w.mu.Lock()
//		if len(w.jobs) < 100 {
//			w.jobs = append(w.jobs, job)
//		}
//		w.mu.Unlock()
//		select {
//		case w.wake <- struct{}{}:
//		default:
//		}
//	}
//
//	func (w *worker) run() {
//		for range w.wake {
//			// one item of w.jobs is taken for each receive from
//			// w.wake, but wake-ups merge (line 17); take all that
//			// is there before the next wait
//			w.mu.Lock()
//			job := w.jobs[0]
//			w.jobs = w.jobs[1:]
//			w.mu.Unlock()
//			job()
//		}
//	}
//
// Right:
//
//	func (w *worker) run() {
//		for range w.wake {
//			w.mu.Lock()
//			jobs := w.jobs
//			w.jobs = nil
//			w.mu.Unlock()
//			for _, job := range jobs {
//				job()
//			}
//		}
//	}
//
// # unheard
//
// A wake-up is sent without waiting on a channel without room. It arrives only if
// the receiver waits at that very moment, and there is always a moment in which it
// has looked at the state and does not wait yet. With room for one the wake-up
// stays until the receiver comes.
//
// Wrong:
//
//	func flushLater(flush func()) (mark func()) {
//		wake := make(chan struct{})
//		go func() {
//			for range wake {
//				flush()
//			}
//		}()
//		return func() {
//			select {
//			case wake <- struct{}{}:
//				// this wake-up on wake is lost unless a receiver
//				// waits at this moment (line 4); make the
//				// channel with capacity 1
//			default:
//			}
//		}
//	}
//
// Right:
//
//	func flushLater(flush func()) (mark func()) {
//		wake := make(chan struct{}, 1)
//		go func() {
//			for range wake {
//				flush()
//			}
//		}()
//		return func() {
//			select {
//			case wake <- struct{}{}:
//			default:
//			}
//		}
//	}
//
// # late
//
// Who waits, or subscribes, does so when what it needs may have happened already:
// a wait on a condition that no state decides, or a subscription that is made
// behind the start of the goroutine that publishes. The fan-out is the broadcast
// of the companion library, or a type of the package that keeps the channels of
// its subscribers in a map or slice.
//
// Wrong:
//
//	func await(work func()) {
//		var mu sync.Mutex
//		done := sync.NewCond(&mu)
//		go func() {
//			work()
//			done.Signal()
//		}()
//		mu.Lock()
//		done.Wait()
//		// done.Wait misses a wake-up that came before (line 6), because
//		// no state is tested; wait in a loop over a condition
//		mu.Unlock()
//	}
//
// Right:
//
//	func await(work func()) {
//		var mu sync.Mutex
//		done := sync.NewCond(&mu)
//		over := false
//		go func() {
//			work()
//			mu.Lock()
//			over = true
//			mu.Unlock()
//			done.Signal()
//		}()
//		mu.Lock()
//		for !over {
//			done.Wait()
//		}
//		mu.Unlock()
//	}
//
// # baton
//
// With -watchqueue.strict. A call of Signal wakes one waiter of a condition, as a
// channel with room for one wake-up does. If that one leaves because of its own
// context, flag or deadline, without a look at the state and without another
// wake-up, then nobody takes what the wake-up was for. How many wait is not known:
// where only one does, nothing is lost.
//
// Wrong:
//
//	type stock struct {
//		mu   sync.Mutex
//		some *sync.Cond
//		left int
//	}
//
//	func newStock() *stock {
//		s := &stock{}
//		s.some = sync.NewCond(&s.mu)
//		return s
//	}
//
//	func (s *stock) put() {
//		s.mu.Lock()
//		s.left++
//		s.mu.Unlock()
//		s.some.Signal()
//	}
//
//	func (s *stock) get(ctx context.Context) error {
//		s.mu.Lock()
//		defer s.mu.Unlock()
//		for s.left == 0 {
//			s.some.Wait()
//			// s.some.Wait may take a wake-up along when get gives up
//			// (line 28); call Signal before leaving, or test the
//			// state first
//			if ctx.Err() != nil {
//				return ctx.Err()
//			}
//		}
//		s.left--
//		return nil
//	}
//
// Right:
//
//	func (s *stock) get(ctx context.Context) error {
//		stop := context.AfterFunc(ctx, s.some.Broadcast)
//		defer stop()
//		s.mu.Lock()
//		defer s.mu.Unlock()
//		for s.left == 0 {
//			if ctx.Err() != nil {
//				return ctx.Err()
//			}
//			s.some.Wait()
//		}
//		s.left--
//		return nil
//	}
//
// # polled
//
// With -watchqueue.strict. A loop looks at an atomic value now and then, and
// counts, keeps or sends each change that it sees. It does not see those between
// two looks.
//
// Wrong:
//
//	func follow(phase *atomic.Int32, changes chan<- int32) {
//		last := phase.Load()
//		for range time.Tick(time.Second) {
//			now := phase.Load()
//			// phase may change more than once between two looks,
//			// but this loop acts on each change; use a broadcast, or
//			// a watch for the newest
//			if now != last {
//				changes <- now
//				last = now
//			}
//		}
//	}
//
// Right:
//
//	func follow(phase *atomic.Int32, show func(int32)) {
//		for range time.Tick(time.Second) {
//			show(phase.Load())
//		}
//	}
//
// # What is not reported
//
//   - A receiver that reads the state again, takes all that is queued, or looks at
//     the queue before each wait.
//   - A receiver that wakes the next one, or that a timer wakes as well, or who
//     sends by closing the channel for the last time.
//   - A channel with room for more than one item, or on which somebody waits to
//     send.
//   - A send that takes note when there is no room: it returns something, counts,
//     or does the work itself; or of which a comment says that what nobody waits
//     for is lost.
//   - A channel that is used as a lock, or to pass permits.
//   - A number that starts anew, or that only tells.
//   - A waiter that leaves for a reason that all waiters have in common, or whose
//     function wakes all of them by Broadcast.
//   - A subscription to an object that comes from elsewhere, or to one that goes on
//     publishing.
//   - A channel without room in a call of signal.Notify, which vet reports.
//   - Generated files, and test files without -watchqueue.tests.
//
// # What it cannot see
//
// Values are followed within a package, by field and by variable. A channel that
// is passed to a function is not followed, as its sends may be anywhere. Nor is
// what other functions do with a number in a field, or what a callback does.
//
// A receiver that handles one value for each item is not reported, because it is
// right for state and wrong for events, and the code does not tell which.
//
// Reported in error may be a channel of which it is known that no two items come
// before the first is received, as those of workers that take turns.
//
// # How to silence it
//
// Give the reason behind the line of the report, or above it:
//
//	<-done //chanlint:ignore watchqueue the workers take turns
//
// In the comment above a function, type or file it holds for all of that. Also
// understood are //nolint:watchqueue, //nolint:chanlint and
// //lint:ignore chanlint REASON.
package watchqueue
