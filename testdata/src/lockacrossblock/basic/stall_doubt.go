package basic

import "sync"

// The receiver of a ledger leaves when it is told to stop, and who posts then
// waits with the lock.
type ledger struct {
	mu    sync.Mutex
	posts chan int
	stop  chan struct{}
	sum   int
}

func newLedger() *ledger {
	l := &ledger{posts: make(chan int), stop: make(chan struct{})}
	go l.loop(l.posts)
	return l
}

func (l *ledger) loop(posts chan int) {
	for {
		select {
		case <-posts:
		case <-l.stop:
			return
		}
	}
}

func (l *ledger) close() { close(l.stop) }

func (l *ledger) total() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sum
}

func (l *ledger) post(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sum += n
	l.posts <- n // want `^l\.mu, locked on line 39, is held across this send, which may block; unlock it first or send in a select with default$`
}

func (l *ledger) postAfterUnlock(n int) {
	l.mu.Lock()
	l.sum += n
	l.mu.Unlock()
	l.posts <- n
}

// A desk is asked when its user pleases.
type Desk struct {
	mu    sync.Mutex
	calls chan string
	open  bool
}

func NewDesk() *Desk { return &Desk{calls: make(chan string)} }

func (d *Desk) Accept() string { return <-d.calls }

func (d *Desk) isOpen() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.open
}

func (d *Desk) ring(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open {
		d.calls <- name // want `d\.mu`
	}
}

// The loop of an emitter takes the lock when it ends, to let those finish who
// send.
type emitter struct {
	mu     sync.RWMutex
	events chan int
	stop   chan struct{}
	ended  bool
}

func newEmitter() *emitter {
	e := &emitter{events: make(chan int, 32), stop: make(chan struct{})}
	go e.run()
	return e
}

func (e *emitter) run() {
	for {
		select {
		case <-e.events:
		case <-e.stop:
			e.mu.Lock()
			defer e.mu.Unlock()
			e.ended = true
			for {
				select {
				case <-e.events:
				default:
					return
				}
			}
		}
	}
}

func (e *emitter) setEnded() {
	e.mu.Lock()
	e.ended = true
	e.mu.Unlock()
}

func (e *emitter) emit(v int) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.ended {
		return
	}
	e.events <- v // want `e\.mu`
}

// A broadcaster's loop waits for each subscriber, and who broadcasts has room
// for one.
type broadcaster struct {
	mu      sync.Mutex
	names   []string
	publish chan string
	stop    chan struct{}
	subs    []chan string
}

func newBroadcaster(subs []chan string) *broadcaster {
	b := &broadcaster{publish: make(chan string, 1), stop: make(chan struct{}), subs: subs}
	go b.run()
	return b
}

func (b *broadcaster) run() {
	for {
		select {
		case <-b.stop:
			return
		case text := <-b.publish:
			for _, sub := range b.subs {
				sub <- text
			}
		}
	}
}

func (b *broadcaster) end() { close(b.stop) }

func (b *broadcaster) known() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.names
}

func (b *broadcaster) add(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.names = append(b.names, name)
	b.publish <- name // want `b\.mu`
}

func (b *broadcaster) addAfterUnlock(name string) {
	b.mu.Lock()
	b.names = append(b.names, name)
	b.mu.Unlock()
	b.publish <- name
}

// The workers of a pool do what they are told for as long as that takes, and more
// of them are started with the lock.
type workers struct {
	mu    sync.RWMutex
	tasks chan func()
	count int
	max   int
}

func newWorkers(max int) *workers { return &workers{tasks: make(chan func(), 8), max: max} }

func (w *workers) work() {
	for task := range w.tasks {
		task()
	}
}

func (w *workers) grow() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.count < w.max {
		w.count++
		go w.work()
	}
}

func (w *workers) size() int {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.count
}

// miss: how long a function value takes is not known, and mostly it is not long.
func (w *workers) push(task func()) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.count > 0 {
		w.tasks <- task
	}
}

// Who waits for a partner leaves at the end, with the lock, but is still in the
// list when the lock is given to the next.
type partners struct {
	mu     sync.Mutex
	wait   map[string]chan int
	quit   chan struct{}
	closed bool
}

func newPartners() *partners {
	return &partners{wait: map[string]chan int{}, quit: make(chan struct{})}
}

func (p *partners) find(name string) (int, bool) {
	wait := make(chan int)
	p.mu.Lock()
	p.wait[name] = wait
	p.mu.Unlock()
	select {
	case id := <-wait:
		return id, true
	case <-p.quit:
		p.mu.Lock()
		delete(p.wait, name)
		p.mu.Unlock()
		return 0, false
	}
}

func (p *partners) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		close(p.quit)
		p.closed = true
	}
}

func (p *partners) waiting() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.wait)
}

func (p *partners) meet(name string, id int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if wait, ok := p.wait[name]; ok {
		delete(p.wait, name)
		wait <- id // want `p\.mu`
	}
}

// A calendar tells its loop to end without the lock: who adds an entry may have
// seen before that it runs.
type calendar struct {
	mu      sync.Mutex
	running bool
	entries []string
	added   chan string
	ask     chan chan []string
	end     chan struct{}
}

func newCalendar() *calendar {
	return &calendar{added: make(chan string), ask: make(chan chan []string), end: make(chan struct{})}
}

func (c *calendar) start() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running = true
	go c.run()
}

func (c *calendar) run() {
	for {
		select {
		case e := <-c.added:
			c.entries = append(c.entries, e)
		case reply := <-c.ask:
			reply <- c.entries
		case <-c.end:
			return
		}
	}
}

func (c *calendar) runs() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.running
}

func (c *calendar) add(e string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running {
		c.added <- e // want `^c\.mu, locked on line \d+, is held across this send, which may block; unlock it first or send in a select with default$`
	}
}

func (c *calendar) all() []string {
	reply := make(chan []string, 1)
	c.ask <- reply
	return <-reply
}

func (c *calendar) stop() {
	close(c.end)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running = false
}

// A Listing tells the same again and again.
type Listing struct{ Changed chan string }

type listings struct {
	mu  sync.Mutex
	all map[string]*Listing
}

func (l *listings) Add(name string, to *Listing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all[name] = to
}

func (l *listings) Change(name, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if to, ok := l.all[name]; ok {
		to.Changed <- text // want `^l\.mu, locked on line \d+, is held across this send, which may block; unlock it first or send in a select with default$`
	}
}
