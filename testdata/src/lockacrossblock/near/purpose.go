package near

import (
	"sync"
	"time"
)

// A runner's lock serialises its runs and guards no field: whoever takes it
// means to wait.
type runner struct {
	runMu sync.Mutex
	jobs  chan int
	done  chan int
}

func (r *runner) run(job int) int {
	r.runMu.Lock()
	defer r.runMu.Unlock()
	r.jobs <- job
	return <-r.done
}

func (r *runner) runAll(jobs []int) {
	r.runMu.Lock()
	defer r.runMu.Unlock()
	for _, job := range jobs {
		r.jobs <- job
		<-r.done
	}
}

// A writer's lock keeps the frames of one message together; state has a lock
// of its own.
type writer struct {
	writeMu sync.Mutex
	stateMu sync.Mutex
	frames  chan []byte
	sent    int
}

func (w *writer) write(message [][]byte) {
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	for _, frame := range message {
		w.frames <- frame
	}
	w.stateMu.Lock()
	w.sent++
	w.stateMu.Unlock()
}

func (w *writer) count() int {
	w.stateMu.Lock()
	defer w.stateMu.Unlock()
	return w.sent
}

// A pacer's lock is there to make its callers wait in turn.
type pacer struct {
	mu   sync.Mutex
	step time.Duration
}

func (p *pacer) pace() {
	p.mu.Lock()
	defer p.mu.Unlock()
	time.Sleep(p.step)
}

// Nobody writes under this lock, so its readers wait for nobody.
type catalog struct {
	mu    sync.RWMutex
	names []string
}

func (c *catalog) stream(out chan<- string) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, name := range c.names {
		out <- name
	}
}

func (c *catalog) size() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.names)
}

// A limiter's channel is a semaphore: what is sent is received again in the
// same function, and taking a lock under a lock is not blocking.
type limiter struct {
	mu    sync.Mutex
	sem   chan struct{}
	calls int
}

func newLimiter(n int) *limiter {
	return &limiter{sem: make(chan struct{}, n)}
}

func (l *limiter) total() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.calls
}

func (l *limiter) count() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sem <- struct{}{}
	defer func() { <-l.sem }()
	l.calls++
}

// The same with a token that is taken out and put back.
type turnstile struct {
	mu     sync.Mutex
	token  chan struct{}
	passed int
}

func newTurnstile() *turnstile {
	t := &turnstile{token: make(chan struct{}, 1)}
	t.token <- struct{}{}
	return t
}

func (t *turnstile) total() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.passed
}

func (t *turnstile) pass() {
	t.mu.Lock()
	defer t.mu.Unlock()
	<-t.token
	t.passed++
	t.token <- struct{}{}
}

// Fan-in: the goroutines that send do not need the lock, there are as many
// receives as sends, and nobody takes the lock only to look at the hosts.
type prober struct {
	mu    sync.Mutex
	hosts []string
}

func (p *prober) probe(ping func(string) bool) (alive int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	results := make(chan bool, len(p.hosts))
	for _, host := range p.hosts {
		go func() { results <- ping(host) }()
	}
	for range cap(results) {
		if <-results {
			alive++
		}
	}
	return alive
}
