// Package shapes has the shapes in which goroutines are left behind most often
// in real projects, by number, each with its right twin.
package shapes

import (
	"context"
	"errors"
	"sync"
	"time"
)

func work() int { return 1 }

func check() error { return nil }

func fail() bool { return false }

var errLate = errors.New("late")

// 1. The result of one goroutine is raced with a timeout.
func oneShot() (int, error) {
	c := make(chan int)
	go func() {
		c <- work() // want `this send on c blocks for ever once oneShot leaves \(line \d+\); make c with capacity 1`
	}()
	select {
	case n := <-c:
		return n, nil
	case <-time.After(time.Second):
		return 0, errLate
	}
}

func oneShotRight() (int, error) {
	c := make(chan int, 1)
	go func() { c <- work() }()
	select {
	case n := <-c:
		return n, nil
	case <-time.After(time.Second):
		return 0, errLate
	}
}

// 2. The first of several results wins.
func firstWins(sources []func() int) int {
	c := make(chan int)
	for _, s := range sources {
		go func() {
			c <- s() // want `this send on c blocks for ever once firstWins returns \(line \d+\); make c with room for every send`
		}()
	}
	return <-c
}

func firstWinsRight(sources []func() int) int {
	c := make(chan int, len(sources))
	for _, s := range sources {
		go func() { c <- s() }()
	}
	return <-c
}

// 2, with errors on a channel of their own.
func firstError() error {
	done, errs := make(chan struct{}), make(chan error)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if err := check(); err != nil {
				errs <- err // want `this send on errs blocks for ever once firstError returns \(line \d+\); make errs with room for every send`
			}
		})
	}
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case err := <-errs:
		return err
	case <-done:
		return nil
	}
}

func firstErrorRight() error {
	done, errs := make(chan struct{}), make(chan error, 3)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if err := check(); err != nil {
				errs <- err
			}
		})
	}
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case err := <-errs:
		return err
	case <-done:
		return nil
	}
}

// 3. The reply channel is in a table of those that wait, and who waits leaves.
type Client struct {
	mu      sync.Mutex
	waiting map[int]chan int
	in      chan int
}

func NewClient() *Client {
	c := &Client{waiting: make(map[int]chan int), in: make(chan int)}
	go c.loop()
	return c
}

func (c *Client) loop() {
	for id := range c.in {
		c.mu.Lock()
		reply := c.waiting[id]
		delete(c.waiting, id)
		c.mu.Unlock()
		reply <- work() // want `this send on reply blocks for ever once Call leaves .*; make the channel with capacity 1`
	}
}

func (c *Client) Call(ctx context.Context, id int) (int, error) {
	reply := make(chan int)
	c.mu.Lock()
	c.waiting[id] = reply
	c.mu.Unlock()
	c.in <- id
	select {
	case n := <-reply:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

type ClientRight struct {
	mu      sync.Mutex
	waiting map[int]chan int
	in      chan int
}

func NewClientRight() *ClientRight {
	c := &ClientRight{waiting: make(map[int]chan int), in: make(chan int)}
	go c.loop()
	return c
}

func (c *ClientRight) loop() {
	for id := range c.in {
		c.mu.Lock()
		reply := c.waiting[id]
		delete(c.waiting, id)
		c.mu.Unlock()
		reply <- work()
	}
}

func (c *ClientRight) Call(ctx context.Context, id int) (int, error) {
	reply := make(chan int, 1)
	c.mu.Lock()
	c.waiting[id] = reply
	c.mu.Unlock()
	c.in <- id
	select {
	case n := <-reply:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// 4. More replies than there is room for.
func twoReplies(ctx context.Context) error {
	errs := make(chan error, 1)
	go func() {
		if err := check(); err != nil {
			errs <- err
		}
		errs <- check() // want `this send on errs blocks for ever once twoReplies leaves .*`
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func oneReply(ctx context.Context) error {
	errs := make(chan error, 1)
	go func() {
		if err := check(); err != nil {
			errs <- err
			return
		}
		errs <- check()
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// 5. One way gives no reply.
func noReply() int {
	c := make(chan int)
	go func() {
		if fail() {
			return
		}
		c <- work()
	}()
	return <-c // want `this receive from c blocks for ever once its sender leaves .*`
}

func everyReply() int {
	c := make(chan int)
	go func() {
		defer close(c)
		if fail() {
			return
		}
		c <- work()
	}()
	return <-c
}

// 6. The peer leaves by a stop that the send does not know.
type Writer struct {
	lines chan string
	quit  chan struct{}
}

func NewWriter() *Writer {
	w := &Writer{lines: make(chan string), quit: make(chan struct{})}
	go w.loop()
	return w
}

func (w *Writer) loop() {
	for {
		select {
		case <-w.lines:
		case <-w.quit:
			return
		}
	}
}

func (w *Writer) Write(line string) {
	w.lines <- line // want `this send on w.lines blocks for ever once loop leaves .*; send in a select with a case for that`
}

func (w *Writer) Close() { close(w.quit) }

type WriterRight struct {
	lines chan string
	quit  chan struct{}
}

func NewWriterRight() *WriterRight {
	w := &WriterRight{lines: make(chan string), quit: make(chan struct{})}
	go w.loop()
	return w
}

func (w *WriterRight) loop() {
	for {
		select {
		case <-w.lines:
		case <-w.quit:
			return
		}
	}
}

func (w *WriterRight) Write(line string) {
	select {
	case w.lines <- line:
	case <-w.quit:
	}
}

func (w *WriterRight) Close() { close(w.quit) }

// 7. An early return abandons the producer.
func abandoned(keys []string) error {
	c := make(chan string)
	go func() {
		defer close(c)
		for _, k := range keys {
			c <- k // want `this send on c blocks for ever once abandoned returns early .*`
		}
	}()
	for range c {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func drained(keys []string) error {
	c := make(chan string)
	go func() {
		defer close(c)
		for _, k := range keys {
			c <- k
		}
	}()
	for range c {
		if err := check(); err != nil {
			go func() {
				for range c {
				}
			}()
			return err
		}
	}
	return nil
}

// 8. Stop does not end a loop over the ticker's channel.
func every(f func()) (stop func()) {
	t := time.NewTicker(time.Second)
	go func() {
		for range t.C { // want `this range loop over t.C never ends, .*`
			f()
		}
	}()
	return func() { t.Stop() }
}

func everyRight(f func()) (stop func()) {
	t, done := time.NewTicker(time.Second), make(chan struct{})
	go func() {
		for {
			select {
			case <-t.C:
				f()
			case <-done:
				return
			}
		}
	}()
	return func() { t.Stop(); close(done) }
}

// 9. An event loop sends to itself.
type Loop struct {
	events chan int
	again  chan int
}

func NewLoop() *Loop {
	l := &Loop{events: make(chan int), again: make(chan int)}
	go l.run()
	return l
}

func (l *Loop) run() {
	for {
		select {
		case n := <-l.events:
			if fail() {
				l.again <- n // want `this send on l.again can block for ever, .*`
			}
		case <-l.again:
		}
	}
}

func (l *Loop) Post(n int) { l.events <- n }

type LoopRight struct {
	events chan int
	again  []int
}

func NewLoopRight() *LoopRight {
	l := &LoopRight{events: make(chan int)}
	go l.run()
	return l
}

func (l *LoopRight) run() {
	for n := range l.events {
		if fail() {
			l.again = append(l.again, n)
		}
	}
}

func (l *LoopRight) Post(n int) { l.events <- n }

// 10. The stop is sent to a goroutine that may have ended.
type Poll struct{ stop chan struct{} }

func NewPoll() *Poll {
	p := &Poll{stop: make(chan struct{})}
	go p.run()
	return p
}

func (p *Poll) run() {
	for {
		select {
		case <-p.stop:
			return
		case <-time.After(time.Second):
			if check() != nil {
				return
			}
		}
	}
}

func (p *Poll) Stop() {
	p.stop <- struct{}{} // want `this send on p.stop blocks for ever once run leaves .*`
}

type PollRight struct{ stop chan struct{} }

func NewPollRight() *PollRight {
	p := &PollRight{stop: make(chan struct{}, 1)}
	go p.run()
	return p
}

func (p *PollRight) run() {
	for {
		select {
		case <-p.stop:
			return
		case <-time.After(time.Second):
			if check() != nil {
				return
			}
		}
	}
}

func (p *PollRight) Stop() { p.stop <- struct{}{} }

// 11. A hand-over without room, while the other side may take another case.
func handOver(ctx context.Context, jobs <-chan int) {
	idle := make(chan int)
	go func() {
		for n := range jobs {
			idle <- n // want `this send on idle blocks for ever once handOver leaves .*`
		}
	}()
	for {
		select {
		case <-idle:
		case <-ctx.Done():
			return
		}
	}
}

func handOverRight(ctx context.Context, jobs <-chan int) {
	idle := make(chan int)
	go func() {
		for n := range jobs {
			select {
			case idle <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	for {
		select {
		case <-idle:
		case <-ctx.Done():
			return
		}
	}
}
