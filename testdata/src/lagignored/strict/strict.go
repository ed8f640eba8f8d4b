// Package strict looks at the signals of lost values, but not so that a loss
// is told from anything else.
package strict

import (
	"context"
	"errors"
	"log"
	"sync"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// A cursor may lose rows.
//
//chanlint:lagsignal Err
type cursor struct{ n int }

func (c *cursor) Next() bool { return c.n > 0 }
func (c *cursor) Err() error { return failed }

func query() *cursor { return &cursor{} }

// A list is described by nobody.
type list struct{ n int }

func (l *list) Next() bool { return l.n > 0 }
func (l *list) Err() error { return failed }
func (l *list) Close()     {}

func items() *list { return &list{} }

func use(...any) {}

func loggedAfterLoop() {
	c := query()
	for c.Next() {
		use(c)
	}
	if err := c.Err(); err != nil { // want `^what c.Err tells is only logged, so what is missing stays missing; resynchronize or return$`
		log.Print(err)
	}
}

func returnedAfterLoop() error {
	c := query()
	for c.Next() {
		use(c)
	}
	if err := c.Err(); err != nil {
		log.Print(err)
		return err
	}
	return nil
}

// The first report, though the cursor leaves.
func countedAfterLoop(failures *int) {
	c := query()
	for c.Next() {
		use(c)
	}
	if err := c.Err(); err != nil {
		log.Print(err)
		*failures++
	}
}

// A watcher tells of overflows on its channel of errors.
//
//chanlint:lagsignal Errors
type watcher struct {
	events chan string
	Errors chan error
}

func (w *watcher) Events() <-chan string { return w.events }

func watch() *watcher { return &watcher{} }

func errorsLogged(ctx context.Context) {
	w := watch()
	for {
		select {
		case e := <-w.Events():
			use(e)
		case err := <-w.Errors: // want `what w.Errors tells is only logged`
			log.Print(err)
		case <-ctx.Done():
			return
		}
	}
}

func errorsDrained() {
	w := watch()
	go func() {
		for err := range w.Errors { // want `what w.Errors tells is only logged`
			log.Print(err)
		}
	}()
	for e := range w.Events() {
		use(e)
	}
}

// What is kept is looked at later.
func errorsKept() (err error) {
	w := watch()
	select {
	case e := <-w.Events():
		use(e)
	case err = <-w.Errors:
		log.Print("the end")
	}
	return err
}

func errorsResynchronize(ctx context.Context, list func()) {
	w := watch()
	for {
		select {
		case e := <-w.Events():
			use(e)
		case err := <-w.Errors:
			log.Print(err)
			list()
		case <-ctx.Done():
			return
		}
	}
}

// A response is not to be used if Err is not nil.
//
//chanlint:lagsignal Err
type response struct{ Events []string }

func (r response) Err() error { return failed }

func responseLogged(in <-chan response) {
	for r := range in {
		if err := r.Err(); err != nil { // want `what r.Err tells is only logged`
			log.Print(err)
			continue
		}
		use(r.Events)
	}
}

func responseSkipped(in <-chan response) {
	for r := range in {
		if r.Err() != nil { // want `what r.Err tells is skipped, so what is missing stays missing; resynchronize or return`
			continue
		}
		use(r.Events)
	}
}

// A value or an error: one of many that failed is logged.
type answer struct {
	value string
	err   error
}

func answerLogged(in <-chan answer) {
	for a := range in {
		if a.err != nil {
			log.Print(a.err)
			continue
		}
		use(a.value)
	}
}

func itemsLogged() {
	l := items()
	for l.Next() {
		use("row")
	}
	if err := l.Err(); err != nil {
		log.Print(err)
	}
}

func lagLogged(ctx context.Context, rx *broadcast.Receiver[string]) {
	for ctx.Err() == nil {
		v, err := rx.Recv(ctx) // want `what rx.Recv tells is only logged`
		if err != nil {
			log.Print(err)
			continue
		}
		use(v)
	}
}

// A stream is closed after ErrClosed only.
//
//chanlint:lagsignal ErrGap
type stream struct{}

var ErrGap = errors.New("gap")

func (*stream) Receive() (string, error) { return "", nil }

func lagMentioned(s *stream) {
	for {
		v, err := s.Receive()
		if errors.Is(err, ErrGap) {
			continue
		}
		use(v)
	}
}

// Somebody in the package knows of ErrGap: perhaps for this one, too.
func lagReturned(s *stream) error {
	for {
		v, err := s.Receive()
		if err != nil {
			return err
		}
		use(v)
	}
}

func lagReturnedByAll(ctx context.Context, rx *broadcast.Receiver[string]) error {
	for {
		v, err := rx.Recv(ctx) // want `^the error of rx.Recv ends this loop, also if it is ErrLagged, after which values go on; continue then$`
		if err != nil {
			return err
		}
		use(v)
	}
}

type event struct {
	name string
	data []byte
}

// A bus has room for some events.
type bus struct {
	mu      sync.Mutex
	out     chan event
	one     chan event
	wake    chan event
	lossy   chan event
	pool    chan event
	last    event
	dropped int
}

func newBus(n int) *bus {
	return &bus{
		out:   make(chan event, n),
		one:   make(chan event, 1),
		wake:  make(chan event, 8),
		lossy: make(chan event, 8),
		pool:  make(chan event, 8),
	}
}

func (b *bus) publish(e event) {
	select {
	case b.out <- e: // want `^a value is lost without a trace if b.out is full; count it, log it or return an error$`
	default:
	}
}

// The state goes the way of the event.
func (b *bus) publishAndKeep(e event) {
	select {
	case b.out <- e: // want `a value is lost without a trace if b.out is full`
		b.last = e
	default:
	}
}

func (b *bus) publishCounted(e event) {
	select {
	case b.out <- e:
	default:
		b.dropped++
	}
}

func (b *bus) publishTold(e event) bool {
	select {
	case b.out <- e:
		return true
	default:
	}
	return false
}

// publishBestEffort drops the event if nobody is fast enough.
func (b *bus) publishBestEffort(e event) {
	select {
	case b.lossy <- e:
	default:
	}
}

func (b *bus) publishCommented(e event) {
	select {
	case b.lossy <- e:
	default: // full
	}
}

func (b *bus) publishLatest(e event) {
	select {
	case <-b.lossy:
	default:
	}
	select {
	case b.lossy <- e:
	default:
	}
}

func (b *bus) publishOne(e event) {
	select {
	case b.one <- e:
	default:
	}
}

func (b *bus) publishWake(e event) {
	select {
	case b.wake <- e:
	default:
	}
}

func (b *bus) put(e event) {
	select {
	case b.pool <- e:
	default:
	}
}

func (b *bus) get() event {
	select {
	case e := <-b.pool:
		return e
	default:
		return event{}
	}
}

// Who made it knows how much room it has.
func publishTo(out chan<- event, e event) {
	select {
	case out <- e:
	default:
	}
}

func acquire(slots chan int) {
	free := make(chan string, 4)
	select {
	case free <- "a":
	default:
	}
}

// failed is what has gone wrong.
var failed error
