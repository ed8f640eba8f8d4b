// Package near has loops that only look as if a branch starved others.
package near

import (
	"context"
	"errors"
	"fmt"
	"log"
	"sync"
	"time"
)

func handle(v int) { log.Print(v) }

// A stop and work are peers: after the stop there is one more round on average.
func plain(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			handle(v)
		}
	}
}

// Nothing in the package closes it.
type open struct{ in chan int }

func (o *open) put(v int) { o.in <- v }

func (o *open) loop(quit <-chan bool) {
	for {
		select {
		case v := <-o.in:
			handle(v)
		case <-quit:
			return
		}
	}
}

// Zero ends the loop.
type zeroEnds struct{ in chan *int }

func (z *zeroEnds) close() { close(z.in) }

func (z *zeroEnds) loop() {
	for {
		v := <-z.in
		if v == nil {
			return
		}
		handle(*v)
	}
}

// A field of zero ends the loop.
type message struct {
	text string
	n    int
}

type fieldEnds struct{ in chan message }

func (z *fieldEnds) close() { close(z.in) }

func (z *fieldEnds) loop(quit <-chan bool) {
	for {
		select {
		case m := <-z.in:
			if len(m.text) == 0 {
				return
			}
			handle(m.n)
		case <-quit:
			return
		}
	}
}

// The channel is set to nil, here or in a function.
type nils struct{ a, b chan int }

func (n *nils) close() { close(n.a); close(n.b) }

func (n *nils) forgetB() { n.b = nil }

func (n *nils) loop(quit <-chan bool) {
	a := n.a
	for {
		select {
		case v := <-a:
			if v == 0 {
				a = nil
			}
			handle(v)
		case v := <-n.b:
			handle(v)
			n.forgetB()
		case <-quit:
			return
		}
	}
}

// The loop closes its channel when it is over.
func closesItself(in chan int, quit <-chan bool) {
	defer close(in)
	for {
		select {
		case v := <-in:
			handle(v)
		case <-quit:
			return
		}
	}
}

type closesLater struct {
	in   chan int
	quit chan bool
}

func (c *closesLater) run() {
	defer c.cleanup()
	c.loop()
}

func (c *closesLater) cleanup() { close(c.in) }

func (c *closesLater) loop() {
	for {
		select {
		case v := <-c.in:
			handle(v)
		case <-c.quit:
			return
		}
	}
}

// The close waits for the loop.
type waits struct {
	in   chan int
	quit chan bool
	wg   sync.WaitGroup
}

func (w *waits) start() {
	w.wg.Add(1)
	go func() {
		defer w.wg.Done()
		w.loop()
	}()
}

func (w *waits) stop() {
	w.quit <- true
	w.wg.Wait()
	close(w.in)
}

func (w *waits) loop() {
	for {
		select {
		case v := <-w.in:
			handle(v)
		case <-w.quit:
			return
		}
	}
}

// The loop is told to leave before the close.
type told struct {
	in   chan int
	quit chan struct{}
}

func (t *told) stop() {
	close(t.quit)
	close(t.in)
}

func (t *told) loop() {
	for {
		select {
		case v := <-t.in:
			handle(v)
		case <-t.quit:
			return
		}
	}
}

// The producer closes when the context has ended, on which the loop leaves.
func sameContext(ctx context.Context, next func() int) {
	out := make(chan int)
	go func() {
		defer close(out)
		for {
			select {
			case out <- next():
			case <-ctx.Done():
				return
			}
		}
	}()
	for {
		select {
		case v := <-out:
			handle(v)
		case <-ctx.Done():
			return
		}
	}
}

// Each close makes place for a new channel.
type broadcast struct {
	mu      sync.Mutex
	changed chan struct{}
}

func (b *broadcast) signal() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.changed)
	b.changed = make(chan struct{})
}

func (b *broadcast) watch(quit <-chan bool) {
	for {
		select {
		case <-b.changed:
			handle(0)
		case <-quit:
			return
		}
	}
}

// A send panics on the channel that is closed with it: nobody is there then.
type throttle struct {
	permits chan struct{}
	errs    chan error
}

func (t *throttle) acquire() error {
	for {
		select {
		case t.permits <- struct{}{}:
			return nil
		case err := <-t.errs:
			if err != nil {
				return err
			}
		}
	}
}

func (t *throttle) finish() {
	close(t.permits)
	close(t.errs)
}

// The loop has a number of rounds.
type numbered struct{ in chan int }

func (n *numbered) close() { close(n.in) }

func (n *numbered) collect(want int) (sum int) {
	for range want {
		sum += <-n.in
	}
	return sum
}

// Something else sets the pace.
type polled struct{ in chan int }

func (p *polled) close() { close(p.in) }

func (p *polled) loop() {
	for {
		handle(<-p.in)
		time.Sleep(time.Second)
	}
}

// What is noted makes another case leave.
func noted(ctx context.Context, tick <-chan time.Time) {
	done := false
	for {
		select {
		case <-tick:
			handle(0)
			if done {
				return
			}
		case <-ctx.Done():
			done = true
		}
	}
}

// An error that is nil is not the end; errors.Is knows.
var errEnd = errors.New("end")

type ends struct{ errs chan error }

func (e *ends) close() { close(e.errs) }

func (e *ends) loop() error {
	for {
		err := <-e.errs
		if !errors.Is(err, errEnd) {
			return fmt.Errorf("loop: %w", err)
		}
	}
}

// Each round has a context of its own.
func contexts(next func() context.Context, in <-chan int) {
	for {
		ctx := next()
		select {
		case <-ctx.Done():
			log.Print("late")
		case v := <-in:
			handle(v)
		}
	}
}

// The wait goes on with another context.
func replaced(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			log.Print("draining")
			ctx = context.Background()
		case v, ok := <-in:
			if !ok {
				return
			}
			handle(v)
		}
	}
}

// The loop ends with its condition.
func condition(ctx context.Context, in <-chan int) {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case v := <-in:
			handle(v)
		}
	}
}

// The channel is closed when output is, which is after the loop.
type producer struct {
	output    chan<- int
	responses <-chan int
}

func newProducer() *producer {
	output, responses := make(chan int), make(chan int)
	go func() {
		defer close(responses)
		for v := range output {
			responses <- v
		}
	}()
	return &producer{output, responses}
}

func (p *producer) loop(in <-chan int) {
	for {
		select {
		case v, ok := <-in:
			if !ok {
				close(p.output)
				return
			}
			p.output <- v
		case v, ok := <-p.responses:
			if ok {
				handle(v)
			}
		}
	}
}

type pipe struct {
	cancel context.CancelFunc
	err    error
}

func (p *pipe) fail(err error) {
	p.err = err
	p.cancel()
}

// The case that stays ready makes the other one ready.
func (p *pipe) watch(ctx, done context.Context) {
	for {
		select {
		case <-ctx.Done():
			p.fail(ctx.Err())
		case <-done.Done():
			return
		}
	}
}

// The case makes the condition of the loop false.
func fills(ctx context.Context, in <-chan int, out []int) {
	for n := 0; n < len(out); {
		select {
		case v := <-in:
			out[n] = v
			n++
		case <-ctx.Done():
			for i := n; i < len(out); i++ {
				out[i] = -1
			}
			n = len(out)
		}
	}
}

// The same, with the number computed in front of the loop, or in memory.
func fillsLast(ctx context.Context, in <-chan int, out []int) {
	n, last := 0, len(out)-1
	for n != last {
		select {
		case v := <-in:
			out[n] = v
			n++
		case <-ctx.Done():
			n = len(out) - 1
		}
	}
}

func fillsKept(ctx context.Context, in <-chan int, most int) (status func() int) {
	n := 0
	go func() {
		for n < most {
			select {
			case v := <-in:
				handle(v)
				n++
			case <-ctx.Done():
				n = most
			}
		}
	}()
	return func() int { most++; return n }
}

// Flags and numbers.
func flags(ctx context.Context, in <-chan int, n int) {
	for done := false; !done; {
		select {
		case v := <-in:
			handle(v)
		case <-ctx.Done():
			done = true
		}
	}
	for n > 0 {
		select {
		case v := <-in:
			handle(v)
			n--
		case <-ctx.Done():
			n = 0
		}
	}
}

// Nothing is left to wait for.
func forgets(ctx context.Context, in <-chan int, pending map[int]bool) {
	for len(pending) > 0 {
		select {
		case v := <-in:
			delete(pending, v)
		case <-ctx.Done():
			clear(pending)
		}
	}
}

// A stream is given up with its context: what is called then cancels the context
// that ends the loop.
type stream struct {
	cancel func()
	closed bool
}

func newStream(ctx context.Context) *stream {
	own, cancel := context.WithCancel(context.Background())
	s := &stream{cancel: cancel}
	go func() {
		for {
			select {
			case <-ctx.Done():
				s.close()
			case <-own.Done():
				return
			}
		}
	}()
	return s
}

func (s *stream) close() {
	s.closed = true
	s.cancel()
}

// A literal puts another channel in the place of the one that was closed.
func reconnects(ctx context.Context, dial func(chan<- int) error) {
	var in chan int
	again := make(chan bool, 1)
	connect := func() error {
		var err error
		in = make(chan int, 16)
		err = dial(in)
		if err != nil {
			go func() {
				time.Sleep(time.Second)
				again <- true
			}()
			return err
		}
		feed(in)
		return nil
	}
	connect()
	for {
		select {
		case <-ctx.Done():
			return
		case <-again:
			connect()
		case v, ok := <-in:
			if !ok {
				if err := connect(); err != nil {
					handle(0)
				}
				continue
			}
			handle(v)
		}
	}
}

func feed(in chan int) { close(in) }
