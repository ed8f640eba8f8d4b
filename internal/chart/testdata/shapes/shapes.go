// Package shapes has one of everything that a chart shows.
package shapes

import (
	"context"
	"sync"
	"time"
)

// A Pool has workers.
type Pool[T any] struct {
	jobs  chan T
	sizes chan<- int
	mu    sync.RWMutex
	wg    sync.WaitGroup
	ready *sync.Cond
	once  sync.Once
}

var stopped = make(chan struct{}, 2)

// NewPool starts workers in a loop.
func NewPool[T any](n, room int) *Pool[T] {
	p := &Pool[T]{jobs: make(chan T, room), ready: sync.NewCond(new(sync.Mutex))}
	for range n {
		p.wg.Add(1)
		go p.work()
	}
	return p
}

func (p *Pool[T]) work() {
	defer p.wg.Done()
	for range p.jobs {
		p.mu.RLock()
		p.mu.RUnlock()
	}
}

// Submit is bounded by a context, which is no thing of the chart.
func (p *Pool[T]) Submit(ctx context.Context, v T) bool {
	select {
	case p.jobs <- v:
		return true
	case <-ctx.Done():
	case <-time.After(time.Second):
	}
	return false
}

// Stop closes in a literal that another package calls.
func (p *Pool[T]) Stop() {
	p.once.Do(func() { close(p.jobs) })
	p.wg.Wait()
	stopped <- struct{}{}
}

// Await waits for a condition.
func (p *Pool[T]) Await() {
	p.ready.L.Lock()
	defer p.ready.L.Unlock()
	p.ready.Wait()
}

// Wake is entered from outside, and called here.
func (p *Pool[T]) Wake() { p.ready.Signal() }

// Merge passes channels along: parameters stand for what was passed.
func Merge() int {
	left, right := make(chan int), make(chan int, 8)
	go feed(left)
	go feed(right)
	go func() {
		<-left
		forward(right)
	}()
	return <-left
}

func feed(to chan<- int) { send(to, 1) }

func send(to chan<- int, v int) { to <- v }

func forward(from <-chan int) { <-from }

// Ask gets a reply from a channel that a function makes.
func Ask() error { return <-answer() }

func answer() <-chan error {
	reply := make(chan error, 1)
	go func() { reply <- nil }()
	return reply
}

// ping and pong call each other, and nobody calls them.
func ping(n int) {
	if n > 0 {
		pong(n - 1)
	}
}

func pong(n int) {
	<-stopped
	ping(n)
}

// Size, Room and Busy do the same, so the chart has them as one.
func (p *Pool[T]) Size() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.jobs)
}

// Room is like Size.
func (p *Pool[T]) Room() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return cap(p.jobs)
}

// Busy is like Size.
func (p *Pool[T]) Busy() bool { return p.Size() > 0 }

// Quiet has nothing to do with goroutines.
func Quiet() int { return 1 }
