// Package fix has deadlocks, of which some are mended by an unlock that comes
// earlier.
package fix

import "sync"

type queue struct {
	mu    sync.Mutex
	jobs  chan int
	done  int
	calls map[string]int
}

func newQueue() *queue {
	q := &queue{jobs: make(chan int), calls: make(map[string]int)}
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

func (q *queue) send(job int) {
	q.mu.Lock()
	q.done--
	q.jobs <- job // want `q\.mu.*; unlock it first`
	q.mu.Unlock()
}

func (q *queue) sendDeferred(job int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	// One more is under way.
	q.done--
	q.calls["send"] = len(q.calls) + 1
	q.jobs <- job // want `q\.mu.*; unlock it first`
}

func (q *queue) sendOnBranch(job int, urgent bool) {
	q.mu.Lock()
	q.done--
	if urgent {
		job *= 2
		q.jobs <- job // want `q\.mu.*; unlock it first`
		q.mu.Unlock()
		return
	}
	q.mu.Unlock()
}

// No fix is offered for the others. What is sent is under the lock:
func (q *queue) sendDone() {
	q.mu.Lock()
	q.done--
	q.jobs <- q.done // want `q\.mu.*; unlock it first`
	q.mu.Unlock()
}

// More comes under the lock:
func (q *queue) sendAndCount(job int) {
	q.mu.Lock()
	q.done--
	q.jobs <- job // want `q\.mu.*; unlock it first`
	q.done--
	q.mu.Unlock()
}

// A call may panic, and the lock is then released by the deferred call only:
func (q *queue) sendAfterCall(job int, count func() int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.done -= count()
	q.jobs <- job // want `q\.mu.*; unlock it first`
}

// There is another way out:
func (q *queue) sendOrReturn(job int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.done < 0 {
		return
	}
	q.jobs <- job // want `q\.mu.*; unlock it first`
}

// The lock is there for nothing else:
func (q *queue) sendOnly(job int) {
	q.mu.Lock()
	q.jobs <- job // want `q\.mu.*; unlock it first`
	q.mu.Unlock()
}

// A comment belongs to the unlock:
func (q *queue) sendWithComment(job int) {
	q.mu.Lock()
	q.done--
	q.jobs <- job // want `q\.mu.*; unlock it first`
	q.mu.Unlock() // only now
}

// A line is closed under the lock, so that a send after the unlock might panic.
type line struct {
	mu   sync.Mutex
	out  chan int
	sent int
}

func newLine() *line {
	l := &line{out: make(chan int)}
	go func() {
		for range l.out {
			l.mu.Lock()
			l.sent++
			l.mu.Unlock()
		}
	}()
	return l
}

func (l *line) send(v int) {
	l.mu.Lock()
	l.sent--
	l.out <- v // want `l\.mu.*; unlock it first`
	l.mu.Unlock()
}

func (l *line) stop() {
	l.mu.Lock()
	close(l.out)
	l.mu.Unlock()
}

type crew struct {
	mu   sync.RWMutex
	wg   sync.WaitGroup
	done chan bool
	idle int
}

func newCrew() *crew {
	c := &crew{done: make(chan bool)}
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		c.mu.Lock()
		c.idle++
		c.mu.Unlock()
	}()
	go func() {
		c.mu.Lock()
		c.idle++
		c.mu.Unlock()
		c.done <- true
	}()
	return c
}

func (c *crew) wait() {
	c.mu.Lock()
	c.idle--
	c.wg.Wait() // want `c\.mu.*; unlock it first`
	c.mu.Unlock()
}

func (c *crew) await(idle *int) {
	c.mu.RLock()
	*idle = c.idle
	<-c.done // want `c\.mu.*; unlock it first`
	c.mu.RUnlock()
}
