// Package selectstarve reports loops in which one branch of a select starves
// the others.
//
// # Analyzer selectstarve
//
// selectstarve: report selects of which one branch starves the others
//
// A select chooses at random among the cases that are ready. That is fair, as
// long as no case is ready all the time, none is put off by the others, and
// none was meant to go first.
//
// # Why it is a bug
//
// A case that is always ready, like a receive from a closed channel, takes the
// processor and handles zero values at full speed. A timer that each round
// makes anew fires when nothing else happens, which may be never. And code that
// relies on the order of the cases works in tests, where one case at a time is
// ready, and fails under load, when both are.
//
// What is not a bug is a stop next to work: when both are ready, the loop makes
// one more round on average, and that is hardly ever worth a line of code. The
// pass says nothing about it.
//
// # closed
//
// A receive does not wait once the channel is closed, and the loop comes back
// to it for ever. Reported are receives from channels that the package closes
// while the loop goes on; from those that a library is known to close, as of a
// watch that has ended; from a context's Done; and those that ask whether the
// channel is closed and then go on anyhow.
//
// Wrong:
//
//	type feed struct{ lines chan string }
//
//	func (f *feed) read(from []string) {
//		for _, line := range from {
//			f.lines <- line
//		}
//		close(f.lines)
//	}
//
//	func (f *feed) store(ctx context.Context, put func(string)) {
//		for {
//			select {
//			case line := <-f.lines:
//				// f.lines is closed (line 7), and this receive
//				// then never waits, so the loop spins; test ok
//				// and leave the loop
//				put(line)
//			case <-ctx.Done():
//				return
//			}
//		}
//	}
//
// Right:
//
//	func (f *feed) store(ctx context.Context, put func(string)) {
//		for {
//			select {
//			case line, ok := <-f.lines:
//				if !ok {
//					return
//				}
//				put(line)
//			case <-ctx.Done():
//				return
//			}
//		}
//	}
//
// If there is more to wait for, set the channel to nil: then it is never ready.
//
// # break
//
// A break in a select leaves the select, not the loop around it, which comes
// back to the closed channel. staticcheck's SA4011 reports a break that stands
// at the end of a case of a select directly in a loop; this is about the others.
//
// Wrong:
//
//	func store(lines <-chan string, flush <-chan bool, put func(string)) {
//		for {
//			select {
//			case line, ok := <-lines:
//				if !ok {
//					break
//					// this break leaves the select but not
//					// the loop, which then spins because
//					// lines is closed; leave the loop
//				}
//				put(line)
//			case <-flush:
//				put("\n")
//			}
//		}
//	}
//
// Right:
//
//	func store(lines <-chan string, flush <-chan bool, put func(string)) {
//	loop:
//		for {
//			select {
//			case line, ok := <-lines:
//				if !ok {
//					break loop
//				}
//				put(line)
//			case <-flush:
//				put("\n")
//			}
//		}
//	}
//
// # default
//
// With a default case the select does not wait, and nothing else in the round
// waits or works. staticcheck's SA5004 reports the empty default case of a
// select that is all of an endless loop.
//
// Wrong:
//
//	func store(lines <-chan string, quit <-chan bool, put func(string)) {
//		for {
//			select {
//			case line := <-lines:
//				put(line)
//			case <-quit:
//				return
//			default:
//				// this select spins while no case is ready;
//				// remove the default case or wait on a timer
//				continue
//			}
//		}
//	}
//
// Right:
//
//	func store(lines <-chan string, quit <-chan bool, put func(string)) {
//		for {
//			select {
//			case line := <-lines:
//				put(line)
//			case <-quit:
//				return
//			}
//		}
//	}
//
// # timer
//
// A timer is made in each round, for work that is due at an interval, and other
// cases begin the next round. It fires only if nothing happens for as long. An
// idle timeout, which ends the loop, or is called one, is meant to do that.
// With a default case such a timer never fires at all.
//
// Wrong:
//
//	func count(in <-chan int, interval time.Duration, show func(int)) {
//		n := 0
//		for {
//			select {
//			case v := <-in:
//				n += v
//			case <-time.After(interval):
//				// this timer starts anew whenever in is ready,
//				// so it may never fire; make a ticker in front
//				// of the loop
//				show(n)
//			}
//		}
//	}
//
// Right:
//
//	func count(in <-chan int, interval time.Duration, show func(int)) {
//		n := 0
//		ticker := time.NewTicker(interval)
//		defer ticker.Stop()
//		for {
//			select {
//			case v := <-in:
//				n += v
//			case <-ticker.C:
//				show(n)
//			}
//		}
//	}
//
// # priority
//
// It is said that one case goes first, and select chooses at random: the names
// of the channels say it, such as highJobs and lowJobs; a comment at the
// select or the case; or the directive
//
//	//chanlint:priority orders > audits
//
// which holds for the function that it stands in or above, and otherwise for
// the package.
//
// Wrong:
//
//	func work(highJobs, lowJobs <-chan int, do func(int)) {
//		for {
//			select {
//			case job := <-highJobs:
//				// highJobs goes first by its name, but select
//				// chooses among what is ready at random; look
//				// at highJobs first
//				do(job)
//			case job := <-lowJobs:
//				do(job)
//			}
//		}
//	}
//
// Right:
//
//	func work(highJobs, lowJobs <-chan int, do func(int)) {
//		for {
//			select {
//			case job := <-highJobs:
//				do(job)
//				continue
//			default:
//			}
//			select {
//			case job := <-highJobs:
//				do(job)
//			case job := <-lowJobs:
//				do(job)
//			}
//		}
//	}
//
// # forgotten
//
// With -selectstarve.strict. One channel is looked at first, and then the loop
// waits for others without it: what arrives meanwhile waits for them as well.
//
// Wrong:
//
//	func work(urgent, rest <-chan int, do func(int)) {
//		for {
//			select {
//			case job := <-urgent:
//				do(job)
//				continue
//			default:
//			}
//			do(<-rest)
//			// urgent goes first (line 3), but this wait for rest
//			// leaves it out; add a case for it
//		}
//	}
//
// Right:
//
//	func work(urgent, rest <-chan int, do func(int)) {
//		for {
//			select {
//			case job := <-urgent:
//				do(job)
//				continue
//			default:
//			}
//			select {
//			case job := <-urgent:
//				do(job)
//			case job := <-rest:
//				do(job)
//			}
//		}
//	}
//
// # unsubscribe
//
// With -selectstarve.strict. One case sends to subscribers, another removes them.
// A subscriber that asks to be removed does not receive any more, so the loop
// blocks in the send, the subscriber in the request, and everybody behind them.
//
// Wrong:
//
//	type hub struct {
//		subs         map[chan string]bool
//		publish      chan string
//		joined, left chan chan string
//	}
//
//	func (h *hub) run() {
//		for {
//			select {
//			case s := <-h.publish:
//				h.send(s)
//				// the call to send blocks on a subscriber that
//				// waits to be removed (line 15); send in a
//				// select with default or with its done channel
//			case c := <-h.left:
//				delete(h.subs, c)
//			case c := <-h.joined:
//				h.subs[c] = true
//			}
//		}
//	}
//
//	func (h *hub) send(s string) {
//		for c := range h.subs {
//			c <- s
//		}
//	}
//
// Right: whoever cannot keep up is dropped.
//
//	func (h *hub) send(s string) {
//		for c := range h.subs {
//			select {
//			case c <- s:
//			default:
//				delete(h.subs, c)
//				close(c)
//			}
//		}
//	}
//
// # result
//
// With -selectstarve.strict. A goroutine that has ended makes the result nil,
// an ended context makes it an error, and the goroutine ends with the context:
// the caller gets one or the other.
//
// Wrong:
//
//	func all(ctx context.Context, each func(context.Context)) error {
//		done := make(chan struct{})
//		go func() {
//			defer close(done)
//			each(ctx)
//		}()
//		select {
//		case <-done:
//			// the result is nil or the context's error at random,
//			// because done is ready too once the context ends; test
//			// ctx.Err first
//			return nil
//		case <-ctx.Done():
//			return ctx.Err()
//		}
//	}
//
// Right:
//
//	func all(ctx context.Context, each func(context.Context)) error {
//		done := make(chan struct{})
//		go func() {
//			defer close(done)
//			each(ctx)
//		}()
//		select {
//		case <-done:
//			return ctx.Err()
//		case <-ctx.Done():
//			return ctx.Err()
//		}
//	}
//
// # wait
//
// With -selectstarve.strict. A loop looks at a stop, and then waits for a timer
// or for a permit without it.
//
// Wrong:
//
//	func retry(ctx context.Context, try func() bool) {
//		for {
//			select {
//			case <-ctx.Done():
//				return
//			default:
//			}
//			if try() {
//				return
//			}
//			time.Sleep(time.Minute)
//			// ctx.Done() goes unheard during this wait; wait in a
//			// select with a case for it
//		}
//	}
//
// Right:
//
//	func retry(ctx context.Context, try func() bool) {
//		for !try() {
//			select {
//			case <-time.After(time.Minute):
//			case <-ctx.Done():
//				return
//			}
//		}
//	}
//
// # What is not reported
//
//   - A stop, or a context, next to work; a select with only such cases.
//   - A receive that asks, from an unexported field that nothing in the package is
//     seen to close while the loop goes on.
//   - A closed channel where the zero value ends the loop, where it is set to
//     nil or replaced, or where something else in the round waits.
//   - A close that comes after the loop: in its function or that of a caller,
//     deferred or not; behind a wait for it; together with the signal that
//     ends it; by a producer that ends with the same context.
//   - Without -selectstarve.strict, a case that sets a variable to a constant,
//     by which another case may leave.
//   - A default case that works, waits, yields, counts or ends the loop.
//   - A timer whose duration is called a timeout, a delay or the like, or is
//     not called an interval; that is computed from what is left; or that is
//     kept over the rounds. Nor one that only signals, wake-ups and requests for
//     an answer put off, which come now and then.
//   - A case that removes what it comes upon while it goes through all, because it
//     has its answer or its time is over: nobody waits to be removed.
//   - Names that go together with more than such words, a channel that the
//     function looks at first, and a low case that leaves the loop.
//   - Generated files, and test files without -selectstarve.tests.
//
// # What it cannot see
//
// Closes are found by the name of the channel: the field, or the variable, in
// the package, and through functions that it is passed to. So the channel of
// one element of a map is not told from that of another, and a close in another
// package is not seen. Comments are understood by a few words only.
//
// Reported in error may be a close that is never made while the loop runs, for
// a reason that is not in the code: that the owner of both has agreed on it; and
// a timer whose duration is changed by a function that does nothing else.
//
// # How to silence it
//
// Give the reason behind the line of the report, or above it:
//
//	case v := <-in: //chanlint:ignore selectstarve in is closed at exit only
//
// In the comment above a function, type or file it holds for all of that. Also
// understood are //nolint:selectstarve, //nolint:chanlint and
// //lint:ignore chanlint REASON.
package selectstarve
