// Package lagignored reports signals of lost values that nobody looks at.
//
// # Analyzer lagignored
//
// lagignored: report signals of lost values that nobody looks at
//
// A stream that does not wait for its slowest reader has to lose values, and
// a stream over a network breaks. Those that are well made say so, next to the
// values: in an Err method, on a channel of errors, in a field, to a handler.
// Who does not look there takes a gap for silence and a failure for the end.
//
// # Why it is a bug
//
// The reader goes on with what it has: a cache that is out of date, a file
// that was never scanned, a total that is too small. There is no panic and no
// log, and it happens under load, which no test has. A metrics database hung
// with old data, because it did not tell an etcd watch whose revision was
// compacted from other errors: https://github.com/m3db/m3/issues/2979.
//
// The rules are those of vet's checks of sql.Rows and bufio.Scanner. Any
// mention of the signal is a look at it, "_ = x.Err()" included. A value that
// leaves the package is left alone, as somebody else may look.
//
// What tells of losses in fsnotify, etcd, Kubernetes, NATS, Kafka, MongoDB and
// others is known; docs/ecosystem.md has the list. Other types are
// recognized by their shape, or described by their author:
//
//	//chanlint:lagsignal NAME...
//
// Above a type, a NAME is a method or field that is to be looked at, or an
// error of its methods after which it goes on; above a function, a parameter
// that must not be nil, or "return" for a result that must not be discarded.
// Packages that import it see that as well.
//
// # ended
//
// A value with an Err method is read to its end, and nobody asks why it ended.
// Its type has a method that returns a channel, or a method Next that returns a
// bool; then it also takes a context, has to be closed, or is an interface, as
// others mostly read from memory. Where the function returns an error, a fix is
// offered. The Token of paho.mqtt.golang, which is no stream but the outcome of one
// thing, is among them: who waits for it and does not ask for its error takes a
// failure for success.
//
// Wrong:
//
//	type cursor struct {
//		rows []string
//		err  error
//	}
//
//	func (c *cursor) Next() bool  { return len(c.rows) > 0 }
//	func (c *cursor) Row() string { return c.rows[0] }
//	func (c *cursor) Err() error  { return c.err }
//	func (c *cursor) Close()      {}
//
//	func query() *cursor { return &cursor{} }
//
//	func names() ([]string, error) {
//		var all []string
//		c := query()
//		for c.Next() {
//			// c.Next is used but c.Err is never checked, so an early
//			// end passes for the end of the data; check it then
//			all = append(all, c.Row())
//		}
//		return all, nil
//	}
//
// Right:
//
//	func names() ([]string, error) {
//		var all []string
//		c := query()
//		for c.Next() {
//			all = append(all, c.Row())
//		}
//		return all, c.Err()
//	}
//
// # channel
//
// Values come on one channel and errors on another, which nobody receives
// from: it is discarded, or never mentioned. Some libraries stop when that
// channel is full.
//
// Wrong:
//
//	func tail(name string) (<-chan string, <-chan error) { return nil, nil }
//
//	func follow(name string, show func(string)) error {
//		lines, _ := tail(name)
//		// the channel of errors that tail returns is discarded, so a
//		// broken stream looks like a quiet one; receive from both
//		for line := range lines {
//			show(line)
//		}
//		return nil
//	}
//
// Right:
//
//	func follow(name string, show func(string)) error {
//		lines, errs := tail(name)
//		for {
//			select {
//			case line := <-lines:
//				show(line)
//			case err := <-errs:
//				return err
//			}
//		}
//	}
//
// # element
//
// What is received has a field for an error, or for a gap before it, and only
// its other fields are used. Where the function returns an error, a fix is
// offered.
//
// Wrong:
//
//	type answer struct {
//		size int
//		err  error
//	}
//
//	func total(answers <-chan answer) (n int, err error) {
//		for a := range answers {
//			n += a.size
//			// a.size is used but a.err is never looked at, so an
//			// error or a gap passes for data; check it first
//		}
//		return n, nil
//	}
//
// Right:
//
//	func total(answers <-chan answer) (n int, err error) {
//		for a := range answers {
//			if a.err != nil {
//				return 0, a.err
//			}
//			n += a.size
//		}
//		return n, nil
//	}
//
// # handler
//
// The function that is to be told of losses is nil, does nothing, or does not
// mention the error that it is given.
//
// Wrong:
//
//	// newRing overwrites what is not read in time, and tells alert.
//	//
//	//chanlint:lagsignal alert
//	func newRing(size int, alert func(missed int)) chan string {
//		return make(chan string, size)
//	}
//
//	func logRing() chan string {
//		return newRing(100, nil)
//		// the handler passed to newRing is nil, so nobody is told of
//		// what was lost; pass one that counts or logs
//	}
//
// Right:
//
//	func logRing() chan string {
//		return newRing(100, func(missed int) { log.Print(missed, " lines are missing") })
//	}
//
// # result
//
// A result that says whether something was done is discarded.
//
// Wrong:
//
//	type counter struct {
//		mu sync.Mutex
//		n  int
//	}
//
//	func (c *counter) add() {
//		c.mu.TryLock()
//		// the result of c.mu.TryLock, which says whether the lock was
//		// taken, is discarded; look at it
//		c.n++
//		c.mu.Unlock()
//	}
//
// Right:
//
//	func (c *counter) add() bool {
//		if !c.mu.TryLock() {
//			return false
//		}
//		c.n++
//		c.mu.Unlock()
//		return true
//	}
//
// # lagged
//
// A receiver that has lost values returns an error once, and goes on. A loop
// takes it for the end, skips it, or discards it. So do the receivers of
// runtime/broadcast with ErrLagged.
//
// Wrong:
//
//	// A reader returns errGap after a gap, and then the next value.
//	//
//	//chanlint:lagsignal errGap
//	type reader struct{}
//
//	var errGap = errors.New("gap")
//
//	func (*reader) Receive() (string, error) { return "", errGap }
//
//	func show(r *reader) {
//		for {
//			v, err := r.Receive()
//			// any error of r.Receive ends this loop, but after errGap
//			// values go on; handle that one and continue
//			if err != nil {
//				return
//			}
//			fmt.Println(v)
//		}
//	}
//
// Right:
//
//	func show(r *reader) {
//		for {
//			v, err := r.Receive()
//			if errors.Is(err, errGap) {
//				fmt.Println("...")
//				continue
//			}
//			if err != nil {
//				return
//			}
//			fmt.Println(v)
//		}
//	}
//
// # drop
//
// With -lagignored.strict. A value is dropped if there is no room for it, and
// nothing says so: no count, no log, no result, and no comment. The channel
// has room for several values, so it is not the place of the latest one, and
// by its type and name it carries data.
//
// Wrong:
//
//	type bus struct {
//		out     chan string
//		dropped int
//	}
//
//	func newBus() *bus { return &bus{out: make(chan string, 64)} }
//
//	func (b *bus) publish(event string) {
//		select {
//		case b.out <- event:
//			// a value is lost without a trace if b.out is full; count
//			// it, log it or return an error
//		default:
//		}
//	}
//
// Right:
//
//	func (b *bus) publish(event string) {
//		select {
//		case b.out <- event:
//		default:
//			b.dropped++
//		}
//	}
//
// # logged
//
// With -lagignored.strict. The signal is looked at, and all that happens is a
// line in the log.
//
// Wrong:
//
//	// A watcher may miss events; then there is something in errors.
//	//
//	//chanlint:lagsignal errors
//	type watcher struct {
//		events, errors chan error
//	}
//
//	func watch(w *watcher, list func()) {
//		for err := range w.errors {
//			// what w.errors tells is only logged, so what is missing
//			// stays missing; resynchronize or return
//			log.Print(err)
//		}
//	}
//
// Right:
//
//	func watch(w *watcher, list func()) {
//		for err := range w.errors {
//			log.Print(err)
//			list()
//		}
//	}
//
// # unasked
//
// With -lagignored.strict. Errors are looked at, but nothing in the package
// tells a loss from other errors: an error after which a stream goes on is
// returned, the error that stands for a loss is never mentioned, or
// losses are left to a default handler, which prints them at best.
//
// Wrong:
//
//	// A reader returns errGap after a gap, and then the next value.
//	//
//	//chanlint:lagsignal errGap
//	type reader struct{}
//
//	var errGap error
//
//	func (*reader) Receive() (string, error) { return "", io.EOF }
//
//	func show(r *reader) error {
//		for {
//			v, err := r.Receive()
//			// the error of r.Receive ends this loop, also if it is
//			// errGap, after which values go on; continue then
//			if err != nil {
//				return err
//			}
//			fmt.Println(v)
//		}
//	}
//
// Right:
//
//	func show(r *reader) error {
//		for {
//			v, err := r.Receive()
//			if errors.Is(err, errGap) {
//				continue
//			}
//			if err != nil {
//				return err
//			}
//			fmt.Println(v)
//		}
//	}
//
// # What is not reported
//
//   - A signal that is mentioned, wherever and for whatever, "_ = x.Err()"
//     included; or that a comment next to the loop mentions by its name.
//   - A value that is returned, sent, put in a map or an exported field, or
//     passed to another package, an interface or a function value; a parameter
//     that others than the visible calls may give.
//   - An iterator that is not read in a loop, a message that was not received,
//     a receiver that is asked for one value.
//   - bufio.Scanner and sql.Rows, which vet looks after.
//   - Results that are lossy by design, such as those of a cache; and results of
//     which a comment says that they do not matter.
//   - Dropped tokens, numbers, errors and functions; channels for one value,
//     drained ones, pools, names like notify; what a comment says may go.
//   - A field for an error beside one for a kind or status that is looked at.
//   - Generated files. Test files and files that import package testing, or a
//     library for tests, without -lagignored.tests.
//
// # What it cannot see
//
// Variables are told apart by name, without regard to order. So a look at one
// of the values that a variable holds is a look at all. Whether what is done
// about a loss is right is not looked at: a watch that starts again at the
// revision that was compacted, a response that is used although its error was
// seen, an error that ends the process.
//
// Reported in error may be an Err that never fails.
//
// # How to silence it
//
// Say that the signal does not matter:
//
//	_ = it.Err() // it reads from memory
//
// Or give the reason behind the line of the report, or above it:
//
//	for it.Next() { //chanlint:ignore lagignored it reads from memory
//
// In the comment above a function, type or file it holds for all of that. Also
// understood are //nolint:lagignored, //nolint:chanlint and
// //lint:ignore chanlint REASON.
package lagignored
