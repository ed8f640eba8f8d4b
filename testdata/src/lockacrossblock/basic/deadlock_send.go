package basic

import "sync"

// A queue hands jobs to a worker that counts them under the queue's own lock.
// The worker may have one job in hand and wait for the lock while a sender
// that holds the lock waits for the worker.
type queue struct {
	mu   sync.Mutex
	jobs chan int
	quit chan struct{}
	done int
}

func newQueue() *queue {
	q := &queue{jobs: make(chan int), quit: make(chan struct{})}
	go q.work()
	return q
}

func (q *queue) work() {
	for range q.jobs {
		q.mu.Lock()
		q.done++
		q.mu.Unlock()
	}
}

func (q *queue) sendUnderLock(job int) {
	q.mu.Lock()
	q.done--
	q.jobs <- job // want "q\\.mu"
	q.mu.Unlock()
}

func (q *queue) sendAfterUnlock(job int) {
	q.mu.Lock()
	q.done--
	q.mu.Unlock()
	q.jobs <- job
}

func (q *queue) sendUnderDeferredUnlock(job int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.done < 0 {
		return
	}
	q.jobs <- job // want "q\\.mu"
}

func (q *queue) sendOnOneBranch(job int, urgent bool) {
	q.mu.Lock()
	if urgent {
		q.jobs <- job // want "q\\.mu"
	}
	q.mu.Unlock()
}

func (q *queue) sendOnOneBranchAfterUnlock(job int, urgent bool) {
	q.mu.Lock()
	if urgent {
		q.mu.Unlock()
		q.jobs <- job
		return
	}
	q.mu.Unlock()
}

func (q *queue) sendInLoop(jobs []int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, job := range jobs {
		q.jobs <- job // want "q\\.mu"
	}
}

func (q *queue) sendInLoopBetweenLocks(jobs []int) {
	for _, job := range jobs {
		q.mu.Lock()
		q.done--
		q.mu.Unlock()
		q.jobs <- job
	}
}

// submit is called with and without the lock, so it is not to blame itself.
func (q *queue) submit(job int) {
	q.jobs <- job
}

func (q *queue) sendThroughHelper(job int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.submit(job) // want "q\\.mu"
}

func (q *queue) sendThroughHelperAfterUnlock(job int) {
	q.mu.Lock()
	q.done--
	q.mu.Unlock()
	q.submit(job)
}

func (q *queue) submitTwice(job int) {
	q.submit(job)
	q.submit(job)
}

func (q *queue) sendThroughTwoHelpers(job int) {
	q.mu.Lock()
	q.submitTwice(job) // want "q\\.mu"
	q.mu.Unlock()
}

// stop can only run once the lock is free, so the second case of
// selectUnderLock does not help.
func (q *queue) stop() {
	q.mu.Lock()
	close(q.quit)
	q.mu.Unlock()
}

func (q *queue) selectUnderLock(job int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	select { // want "q\\.mu"
	case q.jobs <- job:
	case <-q.quit:
	}
}

func (q *queue) selectAfterUnlock(job int) {
	q.mu.Lock()
	q.done--
	q.mu.Unlock()
	select {
	case q.jobs <- job:
	case <-q.quit:
	}
}

// A backlog is a queue with room. Room does not help: the worker that waits
// for the lock does not empty it.
type backlog struct {
	mu   sync.Mutex
	jobs chan int
	done int
}

func newBacklog() *backlog {
	b := &backlog{jobs: make(chan int, 1000)}
	go func() {
		for range b.jobs {
			b.mu.Lock()
			b.done++
			b.mu.Unlock()
		}
	}()
	return b
}

func (b *backlog) sendToBufferUnderLock(jobs []int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, job := range jobs {
		b.jobs <- job // want "b\\.mu"
	}
}

func (b *backlog) sendToBufferAfterUnlock(jobs []int) {
	b.mu.Lock()
	b.done -= len(jobs)
	b.mu.Unlock()
	for _, job := range jobs {
		b.jobs <- job
	}
}

// Both ends of a channel are used with the lock held: one report, of the first.
type exchange struct {
	mu sync.Mutex
	ch chan int
}

func (e *exchange) give(v int) {
	e.mu.Lock()
	e.ch <- v // want `e.mu, locked on line \d+, is held across this send, which may block, and its receiver needs that lock \(line \d+\); unlock it first`
	e.mu.Unlock()
}

func (e *exchange) take() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return <-e.ch
}

// A register lets in more than it has room for.
type register struct {
	mu    sync.Mutex
	peers map[string]bool
	run   chan string
}

func newRegister() *register {
	r := &register{peers: map[string]bool{}, run: make(chan string, 4)}
	go r.serve()
	return r
}

func (r *register) add(peer string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.peers)+1 > 8 {
		return false
	}
	r.peers[peer] = true
	r.run <- peer // want `^r\.mu, locked on line \d+, is held across this send, which may block, and its receiver needs that lock \(line \d+\); unlock it first$`
	return true
}

func (r *register) serve() {
	for peer := range r.run {
		r.mu.Lock()
		r.peers[peer] = false
		r.mu.Unlock()
	}
}

// The loop that a drummer starts needs the lock between its first note and the
// second.
type drummer struct {
	mu    sync.Mutex
	beats int
}

func (d *drummer) start(stop <-chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	notes := make(chan string)
	perform(func() {
		for {
			select {
			case <-notes:
				d.beat()
			case <-stop:
				return
			}
		}
	})
	notes <- "first"
	notes <- "second" // want `^d\.mu, locked on line \d+, is held across this send, which may block, and the other side needs that lock \(line \d+\); unlock it first$`
}

func (d *drummer) beat() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.beats++
}

func perform(f func()) { go f() }

// The loop that would receive the first note is started behind it.
func (d *drummer) late() {
	d.mu.Lock()
	defer d.mu.Unlock()
	notes := make(chan string)
	notes <- "first" // want `^d\.mu, locked on line \d+, is held across this send, which may block, and its receiver needs that lock \(line \d+\); unlock it first$`
	perform(func() {
		for range notes {
			d.beat()
		}
	})
}
