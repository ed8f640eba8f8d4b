// Package unbounded reports queues that grow without a limit, or have one that
// nobody feels.
//
// # Analyzer unbounded
//
// unbounded: report queues without a limit that is felt
//
// A queue between two goroutines is there for bursts. If it takes whatever comes,
// who sends never learns that who receives is too slow.
//
// # Why it is a bug
//
// A receiver that is a little too slow for a little too long is hidden by the
// queue until the memory is gone, and by then everything in the queue is too old
// to be of use. A queue that is short makes its sender wait, or gives it an error,
// while something can still be done: less is accepted, more receivers are started,
// what is not needed is thrown away. A channel allocates its room when it is made,
// for each connection if it belongs to one. The examples count lines from their
// own top.
//
// # capacity
//
// With -unbounded.strict. A channel has room for 10000 elements or more, or for one
// MiB of them, and all sends wait when it is full, one for as long as it takes. A
// constant is somebody's choice, which can be right. Two flags set the limits: -unbounded.elements and
// -unbounded.bytes.
//
// Wrong:
//
//	type event struct{ from, text string }
//
//	type log struct{ events chan event }
//
//	func newLog() *log {
//		return &log{events: make(chan event, 50_000)}
//		// events has room for 50000 elements of 32 bytes, 1562 KiB in
//		// all, which hides a receiver that is too slow; size it for a
//		// burst
//	}
//
//	func (l *log) add(e event) { l.events <- e }
//
// Right:
//
//	func newLog() *log {
//		return &log{events: make(chan event, 64)}
//	}
//
// # input
//
// A channel gets as much room as a peer asks for: a number that is parsed from a
// form, a query or a header, read from a message or from bytes, and not compared
// with anything. With strict the number may also be a parameter of an exported
// function that is no constructor, or a product of two numbers.
//
// Wrong:
//
//	func handle(w http.ResponseWriter, r *http.Request) {
//		n, _ := strconv.Atoi(r.FormValue("n"))
//		lines := make(chan string, n)
//		// lines gets its room from FormValue, which a peer chooses,
//		// without a limit; cap it with min
//		go read(lines)
//		for line := range lines {
//			io.WriteString(w, line)
//		}
//	}
//
//	func read(lines chan<- string) { close(lines) }
//
// Right:
//
//	func handle(w http.ResponseWriter, r *http.Request) {
//		n, _ := strconv.Atoi(r.FormValue("n"))
//		lines := make(chan string, max(0, min(n, 100)))
//		go read(lines)
//		for line := range lines {
//			io.WriteString(w, line)
//		}
//	}
//
// # growth
//
// With -unbounded.strict. A goroutine receives from one channel, keeps what it gets
// in a list, and sends the first of the list on another channel when that has room.
// It always receives, so nobody who sends to it waits: most who write this want it
// so. The same is a list under a lock whose length is never compared, and a queue
// without a limit of the companion library or another one that is known.
//
// Wrong:
//
//	func relay(in <-chan int, out chan<- int) {
//		var queue []int
//		for {
//			var send chan<- int
//			first := 0
//			if len(queue) > 0 {
//				send, first = out, queue[0]
//			}
//			select {
//			case v := <-in:
//				queue = append(queue, v)
//				// queue grows with each receive from in while
//				// nobody takes its items (line 16); receive only
//				// while it is short
//			case send <- first:
//				queue = queue[1:]
//			}
//		}
//	}
//
// Right:
//
//	func relay(in <-chan int, out chan<- int) {
//		var queue []int
//		for {
//			var send chan<- int
//			first := 0
//			if len(queue) > 0 {
//				send, first = out, queue[0]
//			}
//			receive := in
//			if len(queue) >= 100 {
//				receive = nil
//			}
//			select {
//			case v := <-receive:
//				queue = append(queue, v)
//			case send <- first:
//				queue = queue[1:]
//			}
//		}
//	}
//
// # goroutine
//
// A goroutine is started for each item that is received, and may then wait for
// room in a channel: the goroutines are the queue. The same if it waits for a
// permit first, because it exists already by then. With strict also reported are
// goroutines whose wait ends with a context or a stop channel.
//
// Wrong:
//
//	func resize(in <-chan []byte, out chan<- int) {
//		for image := range in {
//			go func() {
//				// each item from in starts a goroutine that may
//				// block on a send (line 8), however many wait
//				// there; limit them with a semaphore or
//				// errgroup.SetLimit
//				out <- len(image)
//			}()
//		}
//	}
//
// Right:
//
//	func resize(in <-chan []byte, out chan<- int) {
//		permits := make(chan struct{}, 8)
//		for image := range in {
//			permits <- struct{}{}
//			go func() {
//				defer func() { <-permits }()
//				out <- len(image)
//			}()
//		}
//	}
//
// # What is not reported
//
//   - A channel whose elements have no size, or that passes permits, or keeps what
//     is free.
//   - A large channel on which nobody is seen to wait, or somebody does not: a send
//     is in a select with default, or ends with a context.
//   - Room for as many as are sent: the capacity is the bound of a loop of the
//     function, or the length of something.
//   - A capacity from a configuration, a flag or the environment: who runs the
//     program answers for it.
//   - A number that is compared with anything but zero and one, or passed to min.
//   - A list whose length is compared, or that is emptied in the loop that fills
//     it, without receiving meanwhile.
//   - A list that takes only what a map does not have yet, and has from then on: it
//     is no longer than the map.
//   - A loop over a list, or one in which something waits: for a permit, for the
//     goroutines, or for another channel.
//   - A goroutine that gives up if there is no room, or that has a channel of its
//     own to send on.
//   - A goroutine for each connection that is accepted, which waits for its peer
//     only: whoever sets up the server limits those, if need be.
//   - Goroutines that are started by an errgroup or a pool, which may have a limit.
//   - Generated files, and test files without -unbounded.tests.
//
// # What it cannot see
//
// A number is followed through conversions and, once, from a parameter to the
// callers in the package, but not through fields of decoded values. Lists are
// slices. Items come from channels, or from what is known to read from the
// network: a loop that reads in another way, or recursion, is not looked at.
//
// Reported in error may be a size that a caller limits in another package, and
// goroutines whose number is limited by who sends the items.
//
// # How to silence it
//
// Give the reason behind the line of the report, or above it:
//
//	samples := make(chan float64, 86_400) //chanlint:ignore unbounded a day, all of which is kept
//
// In the comment above a function, type or file it holds for all of that. Also
// understood are //nolint:unbounded, //nolint:chanlint and
// //lint:ignore chanlint REASON.
package unbounded
