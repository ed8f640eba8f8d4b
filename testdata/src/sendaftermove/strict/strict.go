// Package strict has what is reported with -strict only: what is wrong if it is
// used in a way that the package does not show.
package strict

import (
	"context"
	"sync"
)

// A Watcher is closed by its users.
type Watcher struct {
	mu     sync.Mutex
	once   sync.Once
	done   chan struct{}
	quit   chan struct{}
	peeked chan struct{}
	events chan int
	locked chan int
	closed bool
	ended  chan struct{}
	again  chan struct{}
	once2  chan struct{}
}

// Close does nothing for a Watcher without a channel. Nobody is seen to call it
// twice.
func (w *Watcher) Close() {
	if w.done != nil {
		close(w.done)
	}
}

// Quit does.
func (w *Watcher) Quit() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.quit != nil {
		close(w.quit)
		w.quit = nil
	}
}

// Peek looks before it closes, without a lock, for who calls it once more.
func (w *Watcher) Peek() {
	select {
	case <-w.peeked:
	default:
		close(w.peeked)
	}
}

// Publish is called by a goroutine of the package.
func (w *Watcher) Publish(v int) { w.events <- v }

// Stop may be called meanwhile.
func (w *Watcher) Stop() {
	close(w.events) // want `^w.events is closed while a call of Publish may send on it \(line \d+\), which panics; close another channel to stop$`
}

// Pump starts that goroutine.
func (w *Watcher) Pump(in <-chan int) {
	go func() {
		for v := range in {
			w.Publish(v)
		}
	}()
}

// PublishLocked sends under a lock.
func (w *Watcher) PublishLocked(v int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.locked <- v
	}
}

// StopLocked closes under the same.
func (w *Watcher) StopLocked() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.closed = true
		close(w.locked)
	}
}

// Start starts a goroutine that closes what another one may have closed.
func (w *Watcher) Start() {
	go w.run() // want `^w.ended is closed by the goroutine that each call of Start starts \(line \d+\), and a second close panics; make it anew here$`
}

func (w *Watcher) run() {
	defer close(w.ended)
	<-w.quit
}

// Resume starts it again.
func (w *Watcher) Resume() { w.Start() }

// Reset too.
func (w *Watcher) Reset() {
	close(w.quit)
	w.quit = make(chan struct{})
	w.Start()
	w.StartAgain()
}

// Once starts what nobody else does.
func (w *Watcher) Once() { go w.runOnce() }

func (w *Watcher) runOnce() { close(w.once2) }

// StartBoth is another caller of StartAgain.
func (w *Watcher) StartBoth() { w.StartAgain() }

// StartAgain makes the channel anew.
func (w *Watcher) StartAgain() {
	w.again = make(chan struct{})
	go w.runAgain()
}

func (w *Watcher) runAgain() {
	defer close(w.again)
	<-w.quit
}

// A Gate has two ways to open, of which a caller takes one.
type Gate struct {
	opened chan struct{}
	failed error
}

// Open opens it.
func (g *Gate) Open() { close(g.opened) }

// Fail opens it with an error.
func (g *Gate) Fail(err error) {
	g.failed = err
	close(g.opened)
}

// A Session is ended by its owner, or by its goroutine.
type Session struct {
	ended chan struct{}
	err   error
}

// Run starts the goroutine.
func (s *Session) Run(read func() error) {
	go func() {
		if err := read(); err != nil {
			s.fail(err)
		}
	}()
}

func (s *Session) fail(err error) {
	s.err = err
	close(s.ended)
}

// Close ends it.
func (s *Session) Close() {
	close(s.ended) // want `^s.ended is closed here and by fail \(line \d+\), and nothing keeps them from doing both; close it in a sync.Once$`
}

// A Filter hands on what it has let pass.
type Filter struct{ passed chan int }

// Put is called by who also closes it.
func (f *Filter) Put(v int) { f.passed <- v }

// Finish comes after the last of them.
func (f *Filter) Finish() { close(f.passed) }

type worker struct{ jobs chan int }

// run closes what others send on, when it has what it waited for.
func (w *worker) run(use func(int) bool) {
	for j := range w.jobs {
		if !use(j) {
			close(w.jobs)
			return
		}
	}
}

func (w *worker) add(j int) { w.jobs <- j }

type state struct {
	counts map[string]int
	total  int
}

// publish sends a struct whose map it goes on to change.
func publish(words []string, out chan<- state) {
	s := state{counts: make(map[string]int)}
	for _, w := range words {
		s.counts[w]++
		s.total++
		out <- s // want `^s is modified \(line \d+\) after it was sent, so the receiver may see it change; send a copy$`
	}
}

// publishPointer sends a pointer to what it goes on to change.
func publishPointer(words []string, out chan<- *state) {
	s := new(state)
	for range words {
		s.total++
		out <- s // want `s is modified \(line \d+\) after it was sent`
	}
}

// publishNew makes a struct for each.
func publishNew(words []string, out chan<- *state) {
	for i := range words {
		s := new(state)
		s.total = i
		out <- s
	}
}

type job struct{ done chan int }

// wait closes when it has the one value.
func (j *job) wait() int {
	v := <-j.done
	close(j.done)
	return v
}

func (j *job) run() { j.done <- 1 }

// feed sends under the lock of those that stop the worker.
type feed struct {
	mu   sync.Mutex
	in   chan int
	stop chan struct{}
}

func (f *feed) add(v int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.in <- v
}

func (f *feed) run(use func(int)) {
	for {
		select {
		case v := <-f.in:
			use(v)
		case <-f.stop:
			close(f.in)
			return
		}
	}
}

type request struct {
	body []byte
	done chan error
}

type client struct {
	requests chan request
}

// ask waits for the reply, or not.
func (c *client) ask(ctx context.Context, body []byte) error {
	req := request{body, make(chan error, 1)}
	c.requests <- req // want `^req belongs to the caller again when ask gives up \(line \d+\), but the receiver may still use it; send a copy$`
	select {
	case err := <-req.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// wait always waits.
func (c *client) wait(body []byte) error {
	req := request{body, make(chan error, 1)}
	c.requests <- req
	return <-req.done
}

// give never does.
func (c *client) give(body []byte) error {
	c.requests <- request{body: body}
	return nil
}

type hub struct{ subs map[string]chan int }

// closeAll leaves the closed channels where publish finds them.
func (h *hub) closeAll() {
	for _, ch := range h.subs {
		close(ch) // want `^ch is closed but stays in h.subs, where publish finds it \(line \d+\); delete it too$`
	}
}

func (h *hub) publish(v int) {
	for _, ch := range h.subs {
		ch <- v
	}
}
