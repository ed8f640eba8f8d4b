// Package sendaftermove reports channels that are used after they were closed,
// and values that are changed after they were sent.
//
// # Analyzer sendaftermove
//
// sendaftermove: report use of what was closed or sent
//
// A channel that is closed cannot be sent on or closed again: both panic. A
// value that is sent belongs to the receiver, with what it refers to.
//
// # Why it is a bug
//
// A panic in a goroutine ends the program, and this one comes when two things
// happen to meet: a shutdown and a late sender, two calls of Close, an error
// and a deferred call. A buffer that is used again gives the receiver the bytes
// of the next message, which no test with one message shows. The race detector
// finds both only on the day that they happen.
//
// The examples count lines from their own top.
//
// # closed
//
// A channel is sent on after it was closed, by the function itself, by what it
// calls or defers, or by a goroutine that it starts. The same goes for a Sender
// of the library that comes with chanlint after its Close, and for a Permit that
// was used or released.
//
// Wrong:
//
//	func report(errs chan<- error, work func() error) {
//		var err error
//		defer func() { errs <- err }()
//		// errs is sent on by this call (line 3) after the close on line 6,
//		// which panics; close it after the last send
//		defer close(errs)
//		err = work()
//	}
//
// Right:
//
//	func report(errs chan<- error, work func() error) {
//		var err error
//		defer close(errs)
//		defer func() { errs <- err }()
//		err = work()
//	}
//
// # twice
//
// A channel is closed again: on another path, by a deferred call, in the next
// round of a loop, or by each of several goroutines.
//
// Wrong:
//
//	func square(in []int) <-chan int {
//		out := make(chan int)
//		for _, v := range in {
//			go func() {
//				// out is closed by every goroutine that is
//				// started here, and the second close panics;
//				// close it once, after all have ended
//				defer close(out)
//				out <- v * v
//			}()
//		}
//		return out
//	}
//
// Right:
//
//	func square(in []int) <-chan int {
//		out := make(chan int)
//		var wg sync.WaitGroup
//		for _, v := range in {
//			wg.Go(func() { out <- v * v })
//		}
//		go func() {
//			wg.Wait()
//			close(out)
//		}()
//		return out
//	}
//
// # racing
//
// A channel is closed while somebody else may still send on it: a goroutine that
// nobody has waited for, a method that has looked whether the channel is closed
// but released the lock before it sends, or package signal. With
// -sendaftermove.strict this includes methods that other packages can call, too.
//
// Wrong:
//
//	func first(work func() int) (int, error) {
//		results := make(chan int, 1)
//		defer close(results)
//		// results is closed while the goroutine started on line 6 may still
//		// send on it, which panics; wait for it first
//		go func() { results <- work() }()
//		select {
//		case v := <-results:
//			return v, nil
//		case <-time.After(time.Second):
//			return 0, context.DeadlineExceeded
//		}
//	}
//
// Right:
//
//	func first(work func() int) (int, error) {
//		results := make(chan int, 1) // not every channel needs a close
//		go func() { results <- work() }()
//		select {
//		case v := <-results:
//			return v, nil
//		case <-time.After(time.Second):
//			return 0, context.DeadlineExceeded
//		}
//	}
//
// # guard
//
// A select looks whether the channel is closed, and two goroutines can look at
// the same time. It is reported if the package itself has two such goroutines.
//
// Wrong:
//
//	type conn struct{ done chan struct{} }
//
//	func (c *conn) stop() {
//		select {
//		case <-c.done:
//		default:
//			close(c.done)
//			// c.done may be closed by two callers of stop at once, both
//			// past the select; close it in a sync.Once or under a lock
//		}
//	}
//
//	func (c *conn) Close() { c.stop() }
//
//	func (c *conn) serve(work func()) {
//		go func() {
//			work()
//			c.stop()
//		}()
//	}
//
// Right:
//
//	type conn struct {
//		done chan struct{}
//		once sync.Once
//	}
//
//	func (c *conn) stop() { c.once.Do(func() { close(c.done) }) }
//
// # element
//
// A channel in a map or slice is closed and stays there, where another function
// finds it, to send on it or to close it again.
//
// Wrong:
//
//	type hub struct{ subs map[string]chan int }
//
//	func (h *hub) forget(name string) {
//		close(h.subs[name])
//		// h.subs[name] is closed but stays in h.subs, where publish finds it
//		// (line 11); delete it too
//	}
//
//	func (h *hub) publish(v int) {
//		for _, ch := range h.subs {
//			ch <- v
//		}
//	}
//
// Right:
//
//	func (h *hub) forget(name string) {
//		close(h.subs[name])
//		delete(h.subs, name)
//	}
//
// # modified
//
// A slice or map is changed after it was sent, itself or in a struct, mostly in
// the next round of a loop.
//
// Wrong:
//
//	func read(r io.Reader, out chan<- []byte) error {
//		buf := make([]byte, 4096)
//		for {
//			n, err := r.Read(buf)
//			if err != nil {
//				return err
//			}
//			out <- buf[:n]
//			// buf[:n] is modified (line 4) after it was sent, so the
//			// receiver may see it change; send a copy
//		}
//	}
//
// Right:
//
//	func read(r io.Reader, out chan<- []byte) error {
//		buf := make([]byte, 4096)
//		for {
//			n, err := r.Read(buf)
//			if err != nil {
//				return err
//			}
//			out <- bytes.Clone(buf[:n])
//		}
//	}
//
// # pooled
//
// A value, or what holds its memory, is put back to a pool after it was sent, and
// somebody else gets it.
//
// Wrong:
//
//	var pool = sync.Pool{New: func() any { return new(bytes.Buffer) }}
//
//	func encode(v string, out chan<- []byte) {
//		buf := pool.Get().(*bytes.Buffer)
//		defer pool.Put(buf)
//		buf.Reset()
//		buf.WriteString(v)
//		out <- buf.Bytes()
//		// buf.Bytes() is put back to the pool (line 5) while its receiver may
//		// still use it; have the receiver put it back
//	}
//
// Right:
//
//	func encode(v string, out chan<- []byte) {
//		buf := pool.Get().(*bytes.Buffer)
//		defer pool.Put(buf)
//		buf.Reset()
//		buf.WriteString(v)
//		out <- bytes.Clone(buf.Bytes())
//	}
//
// # retained
//
// A method Write sends the bytes of its caller and returns, which the contract of
// io.Writer forbids: the caller uses them again. With -sendaftermove.strict this
// includes functions that wait for the receiver on one path, and give up on
// another.
//
// Wrong:
//
//	type queue struct{ out chan []byte }
//
//	func (q *queue) Write(b []byte) (int, error) {
//		q.out <- b
//		// b belongs to the caller again when Write returns (line 7), but the
//		// receiver may still use it; send a copy
//		return len(b), nil
//	}
//
// Right:
//
//	func (q *queue) Write(b []byte) (int, error) {
//		q.out <- bytes.Clone(b)
//		return len(b), nil
//	}
//
// # unguarded
//
// With -sendaftermove.strict. Nothing keeps a field from being closed twice: by a
// method and by a goroutine of the package, or by a goroutine that closes at its
// end and can be started again.
//
// Wrong:
//
//	type Session struct{ ended chan struct{} }
//
//	func (s *Session) Run(read func() error) {
//		go func() {
//			if read() != nil {
//				s.fail()
//			}
//		}()
//	}
//
//	func (s *Session) fail() { close(s.ended) }
//
//	func (s *Session) Close() {
//		close(s.ended)
//		// s.ended is closed here and by fail (line 11), and nothing
//		// keeps them from doing both; close it in a sync.Once
//	}
//
// Right:
//
//	type Session struct {
//		ended chan struct{}
//		once  sync.Once
//	}
//
//	func (s *Session) fail() { s.once.Do(func() { close(s.ended) }) }
//
//	func (s *Session) Close() { s.once.Do(func() { close(s.ended) }) }
//
// # shared
//
// With -sendaftermove.strict. What a pointer leads to, or a map in a struct, is
// changed after it was sent. The receiver may be meant to see that.
//
// Wrong:
//
//	type state struct{ total int }
//
//	func publish(words []string, out chan<- *state) {
//		s := new(state)
//		for range words {
//			s.total++
//			out <- s
//			// s is modified (line 6) after it was sent, so the receiver
//			// may see it change; send a copy
//		}
//	}
//
// Right:
//
//	func publish(words []string, out chan<- *state) {
//		s := new(state)
//		for range words {
//			s.total++
//			now := *s
//			out <- &now
//		}
//	}
//
// # What is not reported
//
//   - A close in a sync.Once, under a flag, after a comparison with nil if the
//     field is then set to nil, or by a select under a lock.
//   - A close after a WaitGroup, or after a receive from the goroutines that send,
//     of an element also if all who call the function have waited.
//   - Closes on paths that exclude each other, or under conditions that may know
//     of each other: a flag, a call, a field.
//   - A close where a goroutine that sends may have been started, but on no path
//     with both: the branch that starts it sets a flag, or is the other one.
//   - A channel that is made anew in between, also by a function that is called.
//   - A function that recovers from the panic.
//   - A close in a method that is meant to be called once, and one by who receives.
//   - What was sent and then appended to without being cut back; what is copied by
//     Clone, append, or conversion to a string; a variable that gets another value
//     before it is changed.
//   - What the receiver has handed back: by a reply, a WaitGroup, or any other
//     channel that it may send on.
//   - Generated files, and test files without -sendaftermove.tests.
//
// # What it cannot see
//
// Two conditions that can both hold, and aliases through memory: a slice that is
// also in another field, a channel that is in two maps. A function that does
// nothing with channels is not read, so it is not known to write to a buffer that
// it is given. A field that one method sends and another one changes is not
// looked at, nor are channels in different packages, but for what a called
// function closes or sends on whenever it is called.
//
// Reported in error may be a goroutine that has ended for a reason that cannot be
// seen, or a receiver that is known to be done.
//
// # How to silence it
//
// Give the reason behind the line of the report, or above it:
//
//	close(s.done) //chanlint:ignore sendaftermove the test wants the panic
//
// In the comment above a function, type or file it holds for all of that. Also
// understood are //nolint:sendaftermove, //nolint:chanlint and
// //lint:ignore chanlint REASON.
package sendaftermove
