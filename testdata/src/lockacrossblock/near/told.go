package near

import "sync"

// Who tells a queue to end takes it out of the list, both under the lock of who
// sends.
type consumers struct {
	mu    sync.Mutex
	chans map[string]chan int
	ended chan struct{}
}

func newConsumers() *consumers {
	return &consumers{chans: map[string]chan int{}, ended: make(chan struct{})}
}

func (c *consumers) buffer(in chan int, out chan<- int) {
	for v := range in {
		queue := []int{v}
		for len(queue) > 0 {
			select {
			case <-c.ended:
				return
			case v := <-in:
				queue = append(queue, v)
			case out <- queue[0]:
				queue = queue[1:]
			}
		}
	}
}

func (c *consumers) add(tag string, out chan<- int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	in := make(chan int)
	c.chans[tag] = in
	go c.buffer(in, out)
}

func (c *consumers) has(tag string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.chans[tag] != nil
}

func (c *consumers) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.ended)
	clear(c.chans)
}

func (c *consumers) send(tag string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if in, ok := c.chans[tag]; ok {
		in <- v
	}
}

// A pool fills the channel that it has just made for as many.
type slicePool struct {
	mu      sync.RWMutex
	max     int
	permits chan struct{}
	slices  chan []byte
}

func (p *slicePool) get() []byte {
	p.mu.RLock()
	defer p.mu.RUnlock()
	select {
	case <-p.permits:
		return make([]byte, 1024)
	case s := <-p.slices:
		return s
	default:
		return nil
	}
}

func (p *slicePool) grow(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.max += n
	before := len(p.permits)
	p.permits = make(chan struct{}, p.max)
	for range before + n {
		p.permits <- struct{}{}
	}
	p.slices = make(chan []byte, p.max)
	for range n {
		p.slices <- nil
	}
}

// Each order is told of its first failure only.
type orders struct {
	mu     sync.Mutex
	all    map[int]*order
	failed int
}

type order struct {
	failure error
	errs    chan error
}

func (o *orders) failures() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.failed
}

func (o *orders) place(id int) <-chan error {
	n := &order{errs: make(chan error, 10)}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.all[id] = n
	return n.errs
}

func (o *orders) fail(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.failed++
	for _, n := range o.all {
		if n.failure == nil {
			if n.errs != nil {
				n.errs <- err
			}
			n.failure = err
		}
	}
}

// Each errand has room for its answer, and who asks several waits for one after
// the other.
type client struct {
	mu      sync.Mutex
	pending map[int]*errand
	last    int
}

type errand struct {
	id     int
	answer chan error
}

func (c *client) ask() <-chan error {
	q := &errand{answer: make(chan error, 1)}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last++
	q.id = c.last
	c.pending[q.id] = q
	return q.answer
}

func (c *client) askAll(n int, stop <-chan struct{}) error {
	for range n {
		answer := c.ask()
		select {
		case err := <-answer:
			if err != nil {
				return err
			}
		case <-stop:
			return nil
		}
	}
	return nil
}

func (c *client) asked() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last
}

func (c *client) flush(err error) {
	c.mu.Lock()
	for _, q := range c.pending {
		q.answer <- err
	}
	c.pending = map[int]*errand{}
	c.mu.Unlock()
}

// A timetable tells its loop to end under the lock, and notes that it does not
// run any more: who adds an entry finds that. Replies have room.
type timetable struct {
	mu      sync.Mutex
	running bool
	entries []string
	added   chan string
	ask     chan chan []string
	end     chan struct{}
}

func newTimetable() *timetable {
	return &timetable{added: make(chan string), ask: make(chan chan []string), end: make(chan struct{})}
}

func (t *timetable) start() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running {
		return
	}
	t.running = true
	go t.run()
}

func (t *timetable) run() {
	for {
		select {
		case e := <-t.added:
			t.entries = append(t.entries, e)
		case reply := <-t.ask:
			reply <- t.entries
		case <-t.end:
			return
		}
	}
}

func (t *timetable) runs() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.running
}

func (t *timetable) add(e string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running {
		t.added <- e
	} else {
		t.entries = append(t.entries, e)
	}
}

func (t *timetable) all() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.running {
		return t.entries
	}
	reply := make(chan []string, 1)
	t.ask <- reply
	return <-reply
}

func (t *timetable) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running {
		t.end <- struct{}{}
		t.running = false
	}
}

// A Call gets one answer, and is forgotten with it.
type Call struct{ Err chan error }

type calls struct {
	mu  sync.Mutex
	all map[uint64]*Call
}

func (c *calls) Add(key uint64, call *Call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all[key] = call
}

func (c *calls) Done(key uint64, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	call, ok := c.all[key]
	if !ok {
		return
	}
	delete(c.all, key)
	call.Err <- err
}

type packets struct {
	mu  sync.Mutex
	all map[uint16]packet
}

type packet struct {
	kind  byte
	reply chan<- string
}

func (p *packets) Add(id uint16, kind byte, reply chan<- string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all[id] = packet{kind, reply}
}

func (p *packets) End() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, each := range p.all {
		each.reply <- ""
		delete(p.all, id)
	}
}
