// Package lockacrossblock reports locks that are held across an operation
// that blocks.
//
// # Analyzer lockacrossblock
//
// lockacrossblock: report locks held across a blocking operation
//
// A goroutine that sends, receives, waits or sleeps while it holds a lock
// passes its wait on to everybody who needs that lock. If whoever would end
// the wait is one of them, it never ends.
//
// # Why it is a bug
//
// A lock is meant to be held for a moment, and those who lock it count on
// that. A channel operation lasts as long as somebody else pleases. Nothing
// goes wrong while the other side is quick, so tests and the race detector
// pass; it takes a slow client, a full queue or a shutdown under load.
//
// Two that happened. A VPN relay published an event with the lock of its
// connection held, while the only subscriber was waiting for that lock; the
// log counted the seconds, up to 116 hours:
// https://github.com/tailscale/tailscale/issues/17830.
// A websocket hub removed slow clients from inside the loop that sends to
// them. The loop had the read lock, the removal takes the write lock, and one
// browser tab in the background froze the page of every user until the
// process was restarted: https://github.com/superplanehq/superplane/issues/6427.
//
// Each report has a category, explained below. The examples count lines from
// their own top, and what is right replaces what is wrong; the rest stays.
//
// # relock
//
// The goroutine takes a lock that it holds already, itself or in what it calls,
// and waits for itself. The locks of package sync are not reentrant; a read
// lock under a write lock waits as well. A call of Once.Do by the function that
// Do runs is the same mistake.
//
// Wrong:
//
//	type account struct {
//		mu      sync.Mutex
//		balance int
//	}
//
//	func (a *account) Balance() int {
//		a.mu.Lock()
//		defer a.mu.Unlock()
//		return a.balance
//	}
//
//	func (a *account) Withdraw(amount int) bool {
//		a.mu.Lock()
//		defer a.mu.Unlock()
//		if a.Balance() < amount {
//			// a.mu, locked on line 13, is locked again by the call
//			// to Balance (line 7), which waits for itself; unlock
//			// it first
//			return false
//		}
//		a.balance -= amount
//		return true
//	}
//
// Right: exported methods lock, and call unexported ones that do not.
//
//	func (a *account) Balance() int {
//		a.mu.Lock()
//		defer a.mu.Unlock()
//		return a.balanceLocked()
//	}
//
//	func (a *account) balanceLocked() int { return a.balance }
//
//	func (a *account) Withdraw(amount int) bool {
//		a.mu.Lock()
//		defer a.mu.Unlock()
//		if a.balanceLocked() < amount {
//			return false
//		}
//		a.balance -= amount
//		return true
//	}
//
// # deadlock
//
// The lock is held across a wait, and whoever would end that wait has to take
// the lock first: the receiver of what is sent, the sender or closer of what is
// received, a goroutine of the wait group, who signals the condition. For a
// channel, all of them have to; for a wait group, one is enough.
//
// Wrong:
//
//	type worker struct {
//		mu   sync.Mutex
//		wg   sync.WaitGroup
//		jobs chan func()
//		done int
//	}
//
//	func (w *worker) Start() {
//		w.wg.Add(1)
//		go w.run()
//	}
//
//	func (w *worker) run() {
//		defer w.wg.Done()
//		for job := range w.jobs {
//			job()
//			w.mu.Lock()
//			w.done++
//			w.mu.Unlock()
//		}
//	}
//
//	func (w *worker) Stop() int {
//		w.mu.Lock()
//		defer w.mu.Unlock()
//		close(w.jobs)
//		w.wg.Wait()
//		// w.mu, locked on line 24, is held across w.wg.Wait, and a
//		// goroutine it waits for needs that lock (line 17); unlock it
//		// first
//		return w.done
//	}
//
// Right: wait first, then lock.
//
//	func (w *worker) Stop() int {
//		close(w.jobs)
//		w.wg.Wait()
//		w.mu.Lock()
//		defer w.mu.Unlock()
//		return w.done
//	}
//
// # stall
//
// The lock is held across a wait without a bound, or a sleep, and other
// functions take the lock only to read or set a field. They wait as long. The
// wait may be one call away. For a channel, there is a reason to expect that it
// lasts: the other end is in another package or comes when an exported function
// is called, or it may leave by another case of its select, or take the lock.
//
// Wrong:
//
//	type hub struct {
//		mu   sync.Mutex
//		subs map[chan string]bool
//	}
//
//	func (h *hub) Subscribe(c chan string) {
//		h.mu.Lock()
//		defer h.mu.Unlock()
//		h.subs[c] = true
//	}
//
//	func (h *hub) Publish(s string) {
//		h.mu.Lock()
//		defer h.mu.Unlock()
//		for c := range h.subs {
//			c <- s
//			// h.mu, locked on line 13, is held across this send,
//			// which may block; unlock it first or send in a select
//			// with default
//		}
//	}
//
// Right: copy what is needed under the lock, and send without it. A subscriber
// that is too slow still delays the publisher, but nobody else.
//
//	func (h *hub) Publish(s string) {
//		h.mu.Lock()
//		subs := slices.Collect(maps.Keys(h.subs))
//		h.mu.Unlock()
//		for _, c := range subs {
//			c <- s
//		}
//	}
//
// Or send in a select with a default case, and count what was dropped.
//
// # bounded
//
// With -lockacrossblock.strict. As stall, but a timer, a context or a stop
// channel ends the wait, if nothing else does, or the receiver, a goroutine of
// the package, comes back from another goroutine or the network.
//
// Wrong:
//
//	type queue struct {
//		mu   sync.Mutex
//		out  chan int
//		sent int
//	}
//
//	func (q *queue) Sent() int {
//		q.mu.Lock()
//		defer q.mu.Unlock()
//		return q.sent
//	}
//
//	func (q *queue) Send(ctx context.Context, v int) error {
//		q.mu.Lock()
//		defer q.mu.Unlock()
//		select {
//		// q.mu, locked on line 14, is held across this select, which may
//		// block; unlock it first
//		case q.out <- v:
//			q.sent++
//			return nil
//		case <-ctx.Done():
//			return ctx.Err()
//		}
//	}
//
// Right:
//
//	func (q *queue) Send(ctx context.Context, v int) error {
//		select {
//		case q.out <- v:
//		case <-ctx.Done():
//			return ctx.Err()
//		}
//		q.mu.Lock()
//		defer q.mu.Unlock()
//		q.sent++
//		return nil
//	}
//
// # io
//
// With -lockacrossblock.strict. As stall, but the wait is for the network, a
// database or a process. A lock that is there for the use of one connection, so
// that the connection is reached from where the lock is, is not reported.
//
// Wrong:
//
//	type peer struct {
//		mu   sync.Mutex
//		conn net.Conn
//		sent int
//	}
//
//	func (p *peer) Sent() int {
//		p.mu.Lock()
//		defer p.mu.Unlock()
//		return p.sent
//	}
//
//	func (p *peer) Connect(addr string) (err error) {
//		p.mu.Lock()
//		defer p.mu.Unlock()
//		p.conn, err = net.Dial("tcp", addr)
//		// p.mu, locked on line 14, is held across the call to Dial,
//		// which connects over the network; unlock it first
//		return err
//	}
//
// Right:
//
//	func (p *peer) Connect(addr string) error {
//		conn, err := net.Dial("tcp", addr)
//		if err != nil {
//			return err
//		}
//		p.mu.Lock()
//		defer p.mu.Unlock()
//		p.conn = conn
//		return nil
//	}
//
// # indirect
//
// With -lockacrossblock.strict. As stall, but the wait is less certain: it is
// behind a function value, an interface of the package, or two calls, or in
// another package, for a channel or a time that only that package knows.
//
// Wrong:
//
//	type listener interface{ changed(v int) }
//
//	type queue chan int
//
//	func (q queue) changed(v int) { q <- v }
//
//	type setting struct {
//		mu        sync.Mutex
//		value     int
//		listeners []listener
//	}
//
//	func (s *setting) get() int {
//		s.mu.Lock()
//		defer s.mu.Unlock()
//		return s.value
//	}
//
//	func (s *setting) set(v int) {
//		s.mu.Lock()
//		defer s.mu.Unlock()
//		s.value = v
//		for _, l := range s.listeners {
//			l.changed(v)
//			// s.mu, locked on line 20, is held across the call to
//			// changed, which sends on q (line 5); unlock it first
//		}
//	}
//
// Right:
//
//	func (s *setting) set(v int) {
//		s.mu.Lock()
//		s.value = v
//		listeners := slices.Clone(s.listeners)
//		s.mu.Unlock()
//		for _, l := range listeners {
//			l.changed(v)
//		}
//	}
//
// # What is not reported
//
//   - A select with a default case, and a send that finds room: the channel was
//     just made, or is made for as many values as are sent, or the code looks
//     first, or takes the old value out. A receive from a channel that was just
//     closed, or that drains a stopped timer. A sleep under 10 milliseconds.
//   - A lock that is released around the wait, here or by the function that is
//     called, also if it only may be: by a function or an object that was made
//     with the lock or with its Unlock, or by a Once. Cond.Wait releases its own
//     lock, but no other.
//   - A lock that is taken again under a condition on a parameter, or on a field
//     that tells of what kind an object is: callers know whether it is.
//   - A goroutine started under the lock: it does not hold it. If it unlocks the
//     lock, that is handed over to it. The first send to one that receives first
//     of all.
//   - A send to a goroutine that is told to leave under the same lock, which the
//     sender finds out by a flag or in a list; an answer to a request that is
//     deleted from its map with it; a send that a comparison with the capacity
//     decides on; and a wait in another package for room for eight or more.
//   - An operation lock, held by whoever does one whole thing, so that waiting
//     for it is waiting for that. If no other function takes the lock only to
//     touch state, or nearly all who take it wait under it, it is one.
//   - A channel used as a semaphore: what is sent is received again in the same
//     function, or the other way round. Nor does waiting for another lock count
//     as a wait.
//   - A handshake: waiting for an answer or an end, after a close, a send, a
//     cancel or a call that tells the other side to give it. Nor is the send, if its
//     function then waits for the answer in any case.
//   - Own work: waiting for goroutines that the function itself started.
//   - A gate: waiting for a wait group under the lock that everybody takes to add
//     to it, so that nobody does meanwhile.
//   - A send to receivers of the package that stay and wait for nothing else, or
//     to a list that one of its goroutines keeps; a receive from
//     goroutines that wait for nothing before they send or close, or on a channel
//     that the package makes itself.
//   - A send to who leaves, if a goroutine then takes what comes and throws it
//     away, so that nobody has to wait.
//   - A receive on a condition, where the lock is also held by those who send:
//     the condition says that there is something to receive. A wait group whose
//     count is taken back under the lock, on the way to the wait.
//   - The lock of an object that is still being made.
//   - A lock that is taken again by a function which can do without, behind a test
//     of a field that ends in a panic otherwise: not every caller gets there.
//   - A send on a channel with room for one or two that nobody receives from
//     twice: it is for a reply.
//   - Without -lockacrossblock.strict, a sleep under 50 milliseconds or for a time
//     that is not a constant, or before the one repetition of what has failed: the
//     rest of a limit, or a pause, is waited for by everybody.
//   - A select without cases, which is meant to wait for ever.
//   - A deadlock that no schedule leads to, where all goroutines that use the
//     lock and the channel are known.
//   - Generated files, and test files without -lockacrossblock.tests.
//
// A handshake or own work is still reported if it is a deadlock.
//
// # What it cannot see
//
// Locks, channels and wait groups are told apart by name: the variable, and the
// fields on the way from it. So of two objects of one type, the analyzer knows
// which is meant only if the function shows it, and takes a lock and a channel
// of the same object to belong together everywhere.
//
// Missed are: a deadlock through a channel that other packages can use, or a
// lock that the other side's caller takes; a lock taken and released under the
// same condition twice; a wait behind reflection or assembly, or behind function
// values and interfaces that only other packages fill; the order in which
// several locks are taken.
//
// Reported in error may be: a deadlock where the other side takes the lock on
// a path that it does not take while anybody waits; a stall where it is agreed
// that the wait is short, or that the others may wait.
//
// # How to silence it
//
// Give the reason behind the line of the report, or above it:
//
//	s.out <- v //chanlint:ignore lockacrossblock the reader never locks
//
// In the comment above a function, type or file it holds for all of that. Also
// understood are //nolint:lockacrossblock, //nolint:chanlint and
// //lint:ignore chanlint REASON.
package lockacrossblock
