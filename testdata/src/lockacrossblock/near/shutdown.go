package near

import "sync"

// A daemon's goroutine does not take its lock, so Close waits under the lock
// for no longer than the goroutine takes to leave.
type daemon struct {
	mu   sync.Mutex
	name string
	quit chan struct{}
	done chan struct{}
	work chan int
}

func newDaemon() *daemon {
	d := &daemon{
		quit: make(chan struct{}),
		done: make(chan struct{}),
		work: make(chan int),
	}
	go d.run()
	return d
}

func (d *daemon) run() {
	defer close(d.done)
	for {
		select {
		case <-d.work:
		case <-d.quit:
			return
		}
	}
}

func (d *daemon) title() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.name
}

// The handshake is over at once: run selects on quit and closes done.
func (d *daemon) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	close(d.quit)
	<-d.done
}

// A ticker's goroutine answers on the channel it is stopped with.
type ticker struct {
	mu   sync.Mutex
	n    int
	stop chan chan error
}

func newTicker() *ticker {
	t := &ticker{stop: make(chan chan error)}
	go t.run()
	return t
}

func (t *ticker) run() {
	reply := <-t.stop
	reply <- nil
}

func (t *ticker) ticks() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.n
}

// The same handshake with an answer: used for shutting down only.
func (t *ticker) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	reply := make(chan error)
	t.stop <- reply
	return <-reply
}

// A team's workers leave as soon as quit is closed, and take no lock.
type team struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	quit chan struct{}
	size int
}

func (t *team) start(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.size = n
	for range n {
		t.wg.Go(func() { <-t.quit })
	}
}

func (t *team) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.size
}

// The handshake with several goroutines.
func (t *team) Stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	close(t.quit)
	t.wg.Wait()
	t.size = 0
}

// A batch's goroutines take the lock when their starter has released it.
type batch struct {
	mu    sync.Mutex
	total int
}

func (b *batch) waitAfterUnlock(values []int) int {
	var wg sync.WaitGroup
	b.mu.Lock()
	b.total = 0
	for _, v := range values {
		wg.Go(func() {
			b.mu.Lock()
			b.total += v
			b.mu.Unlock()
		})
	}
	b.mu.Unlock()
	wg.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.total
}
