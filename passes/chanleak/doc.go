// Package chanleak reports goroutines that can be left blocked for ever.
//
// # Analyzer chanleak
//
// chanleak: report goroutines that can never move again
//
// A goroutine that sends to a receiver who has gone, or waits for a sender who
// will not come, stays for as long as the program runs, with everything that
// it refers to.
//
// # Why it is a bug
//
// What is left behind is memory, and often more: a connection, a file, a lock,
// a place in a wait group that somebody waits for at shutdown. It adds up
// exactly when there is trouble, because the way that leaves the goroutine
// behind is the timeout or the error. No test fails, and the race detector
// has nothing to say.
//
// Each report is a schedule that was found by a search: which goroutine does
// what, in order, until one of them can never move again. Its steps are shown
// with the report. The examples count lines from their own top.
//
// # abandoned
//
// A goroutine sends, and the function that should receive has returned. Room
// in the channel lets the goroutine end; so does a select with a case for the
// receiver's leaving.
//
// Wrong:
//
//	func ask(ctx context.Context, question func() int) (int, error) {
//		answers := make(chan int)
//		go func() {
//			answers <- question()
//			// this send on answers blocks for ever once ask leaves
//			// (line 11); make answers with capacity 1
//		}()
//		select {
//		case v := <-answers:
//			return v, nil
//		case <-ctx.Done():
//			return 0, ctx.Err()
//		}
//	}
//
// Right:
//
//	func ask(ctx context.Context, question func() int) (int, error) {
//		answers := make(chan int, 1)
//		go func() {
//			answers <- question()
//		}()
//		select {
//		case v := <-answers:
//			return v, nil
//		case <-ctx.Done():
//			return 0, ctx.Err()
//		}
//	}
//
// For a type with a constructor all is looked at that callers may do with an
// object, two of them at a time: they call its exported functions and methods,
// each that ends the object once. What another call could still bring to an end
// is not stuck.
//
// Wrong:
//
//	type Queue struct{ items, quit chan int }
//
//	func NewQueue() *Queue {
//		q := &Queue{make(chan int), make(chan int)}
//		go q.loop()
//		return q
//	}
//
//	func (q *Queue) loop() {
//		for {
//			select {
//			case n := <-q.items:
//				fmt.Println(n)
//			case <-q.quit:
//				return
//			}
//		}
//	}
//
//	func (q *Queue) Stop() { close(q.quit) }
//
//	func (q *Queue) Put(n int) {
//		q.items <- n
//		// this send on q.items blocks for ever once loop leaves (line 14);
//		// send in a select with a case for that
//	}
//
// Right:
//
//	func (q *Queue) Put(n int) {
//		select {
//		case q.items <- n:
//		case <-q.quit:
//		}
//	}
//
// # unserved
//
// A goroutine receives, and the function that should send, or close the
// channel, has returned on a way on which it does neither.
//
// Wrong:
//
//	func copyLines(next func() (string, error), store func(string)) error {
//		lines := make(chan string)
//		go func() {
//			for line := range lines {
//				// this range loop over lines blocks for ever
//				// once copyLines returns early (line 14),
//				// nobody is left to end it; close lines on
//				// every path
//				store(line)
//			}
//		}()
//		for {
//			line, err := next()
//			if err != nil {
//				return err
//			}
//			lines <- line
//		}
//	}
//
// Right:
//
//	func copyLines(next func() (string, error), store func(string)) error {
//		lines := make(chan string)
//		defer close(lines)
//		go func() {
//			for line := range lines {
//				store(line)
//			}
//		}()
//		for {
//			line, err := next()
//			if err != nil {
//				return err
//			}
//			lines <- line
//		}
//	}
//
// # deadlock
//
// The function that makes the channel is stuck as well, or alone: it waits for
// an answer that one way does not give, or for goroutines that wait for it.
//
// Wrong:
//
//	func answer(question func() (int, error)) int {
//		answers := make(chan int)
//		go func() {
//			v, err := question()
//			if err != nil {
//				return
//			}
//			answers <- v
//		}()
//		return <-answers
//		// this receive from answers can block for ever, because nobody
//		// is left to end it; close answers on every path
//	}
//
// Right:
//
//	func answer(question func() (int, error)) int {
//		answers := make(chan int)
//		go func() {
//			defer close(answers)
//			v, err := question()
//			if err != nil {
//				return
//			}
//			answers <- v
//		}()
//		return <-answers
//	}
//
// A lock that is never free again is a deadlock too: two locks that are taken in
// two orders, a lock that one way does not give back, a lock that is read-locked
// again while a writer waits.
//
// Wrong:
//
//	type Store struct {
//		mu, cache sync.Mutex
//		n         int
//	}
//
//	func NewStore() *Store {
//		s := new(Store)
//		go s.expire()
//		return s
//	}
//
//	func (s *Store) expire() {
//		for range time.Tick(time.Minute) {
//			s.mu.Lock()
//			s.cache.Lock()
//			s.n = 0
//			s.cache.Unlock()
//			s.mu.Unlock()
//		}
//	}
//
//	func (s *Store) Get() int {
//		s.cache.Lock()
//		defer s.cache.Unlock()
//		s.mu.Lock()
//		// s.mu.Lock can block for ever, because s.cache is locked while it
//		// is held (line 15); lock both in one order
//		defer s.mu.Unlock()
//		return s.n
//	}
//
// Right:
//
//	func (s *Store) Get() int {
//		s.mu.Lock()
//		defer s.mu.Unlock()
//		s.cache.Lock()
//		defer s.cache.Unlock()
//		return s.n
//	}
//
// # caller
//
// With -chanleak.strict. A function that other packages call returns a channel,
// and a goroutine sends on it without a stop case. A caller that has heard enough,
// or fails, leaves the goroutine behind. It is fine to leave that to callers if the
// comment of the function says so: that the channel is to be drained, for example.
//
// Wrong:
//
//	func Lines(r io.Reader) <-chan string {
//		lines := make(chan string)
//		go func() {
//			defer close(lines)
//			for s := bufio.NewScanner(r); s.Scan(); {
//				lines <- s.Text()
//				// this send on lines blocks for ever once the
//				// caller of Lines stops receiving; send in a
//				// select with a stop case
//			}
//		}()
//		return lines
//	}
//
// Right:
//
//	func Lines(ctx context.Context, r io.Reader) <-chan string {
//		lines := make(chan string)
//		go func() {
//			defer close(lines)
//			for s := bufio.NewScanner(r); s.Scan(); {
//				select {
//				case lines <- s.Text():
//				case <-ctx.Done():
//					return
//				}
//			}
//		}()
//		return lines
//	}
//
// # What is not reported
//
//   - A channel that goes where it is not followed: to another package, a global
//     variable, a structure that comes from elsewhere, or to whoever called, but for
//     what is said above.
//   - A channel with room for all that is sent, also if the room is the length
//     of what is ranged over.
//   - A send or receive in a select with a timer, a context, or a channel that
//     comes from elsewhere: it may end the wait.
//   - What is left is received by another goroutine or a deferred call.
//   - A receiver that leaves after a value on which its sender leaves too.
//   - Loops that may have the same number of rounds, and are fine if they do; and
//     all, if there are more than two such numbers.
//   - What depends on a variable that goroutines share and that is not just set
//     to constants, counted, and compared with constants; or that is compared
//     with nil, unless all that is stored there is nil or certainly is not.
//   - A lock held across an operation that its other end needs the lock for:
//     lockacrossblock reports it.
//   - A call of a method of a type that is not exported, and what makes or starts
//     an object, unless it is a lock that they wait for: the package makes these
//     calls itself, and mostly knows when not to.
//   - Package main without -chanleak.strict, because what is left behind mostly
//     ends with the program; and so the functions that a command line runs, which
//     take a command of cobra or a context of urfave/cli, but for what the rounds
//     of their loops leave behind, and for what keeps them from ending. What
//     function main leaves behind when it returns always ends then, and is not
//     reported at all.
//   - A channel of which all that is done with it is one receive: it is meant to
//     wait for good.
//   - A receive of a permit that only the same goroutine puts there: it counts
//     something, and knows how many there are.
//   - A wait for what another call makes, before that call: whoever makes the calls
//     knows their order.
//   - The error of a server, which is sent unless the server was shut down, if the
//     function that leaves shuts it down.
//   - A wait for one of several goroutines that are started on conditions, if none
//     was.
//   - A reply to what comes from a channel on which others send as well, where it
//     is not followed.
//   - Generated files. Without -chanleak.tests, test files and files that import
//     package testing, or a library for tests such as testify.
//
// # What it cannot see
//
// A model is made of one function and what it calls and starts in its package, or
// of one object, its constructor and its exported functions. Channels in an
// element of a slice or map are told apart by constant indices only. What several
// functions store in one variable is not known, nor is a channel that is replaced
// by another.
//
// Values are not followed, and what is called outside returns in the end.
// Reported in error may be a way that cannot be taken because of a value, such
// as an error that a function never returns; and calls in an order that the
// documentation of a type forbids.
//
// # How to silence it
//
// Give the reason behind the line of the report, or above it:
//
//	answers <- v //chanlint:ignore chanleak the caller never gives up
//
// In the comment above a function, type or file it holds for all of that. Also
// understood are //nolint:chanleak, //nolint:chanlint and
// //lint:ignore chanlint REASON.
package chanleak
