// Package objects has goroutines that can be left blocked for ever on channels
// in structures, maps and requests, which one function and what it calls make
// and use; and the right twin of each.
package objects

import (
	"context"
	"sync"
	"time"
)

func work() int { return 1 }

func fail() bool { return false }

// A worker with its channels.
type worker struct {
	jobs chan int
	done chan struct{}
	stop chan struct{}
}

func newWorker() *worker {
	return &worker{jobs: make(chan int), done: make(chan struct{}), stop: make(chan struct{})}
}

func (w *worker) run() {
	for {
		select {
		case <-w.jobs:
		case <-w.stop:
			w.done <- struct{}{}
			return
		}
	}
}

func (w *worker) close() {
	close(w.stop)
	<-w.done
}

// The worker leaves, and one more job comes.
func sendAfterStop() {
	w := newWorker()
	go w.run()
	w.jobs <- work()
	go func() {
		w.jobs <- work() // want `this send on w.jobs blocks for ever once run leaves \(line \d+\); .*`
	}()
	w.close()
}

func sendBeforeStop() {
	w := newWorker()
	go w.run()
	w.jobs <- work()
	sent := make(chan struct{})
	go func() {
		w.jobs <- work()
		close(sent)
	}()
	<-sent
	w.close()
}

// Nobody waits for the worker's end.
func stopOnly() {
	w := newWorker()
	go w.run2() // the goroutine
	close(w.stop)
}

func (w *worker) run2() {
	for {
		select {
		case <-w.jobs:
		case <-w.stop:
			w.done <- struct{}{} // want `this send on w.done blocks for ever once stopOnly .*make the channel with capacity 1`
			return
		}
	}
}

func stopAndWait() {
	w := newWorker()
	go w.run3()
	close(w.stop)
	<-w.done
}

func (w *worker) run3() {
	for {
		select {
		case <-w.jobs:
		case <-w.stop:
			w.done <- struct{}{}
			return
		}
	}
}

// A request with the channel for its reply.
type request struct {
	key   string
	reply chan int
}

type server struct {
	requests chan request
	quit     chan struct{}
}

func (s *server) serve() {
	for {
		select {
		case r := <-s.requests:
			r.reply <- len(r.key) // want `this send on r.reply blocks for ever once askAndLeave .*`
		case <-s.quit:
			return
		}
	}
}

func askAndLeave(ctx context.Context) int {
	s := &server{requests: make(chan request), quit: make(chan struct{})}
	go s.serve()
	defer close(s.quit)
	r := request{"a", make(chan int)}
	s.requests <- r
	select {
	case n := <-r.reply:
		return n
	case <-ctx.Done():
		return 0
	}
}

func (s *server) serveWithRoom() {
	for {
		select {
		case r := <-s.requests:
			r.reply <- len(r.key)
		case <-s.quit:
			return
		}
	}
}

func askWithRoom(ctx context.Context) int {
	s := &server{requests: make(chan request), quit: make(chan struct{})}
	go s.serveWithRoom()
	defer close(s.quit)
	r := request{"a", make(chan int, 1)}
	s.requests <- r
	select {
	case n := <-r.reply:
		return n
	case <-ctx.Done():
		return 0
	}
}

// What an interface holds is known.
type source interface{ emit() }

type ticker struct{ out chan int }

func (t *ticker) emit() { t.out <- 1 } // want `this send on t.out blocks for ever once firstOrLate .*make the channel with capacity 1`

func start(s source) { go s.emit() }

func firstOrLate() int {
	t := &ticker{make(chan int)}
	start(t)
	select {
	case n := <-t.out:
		return n
	case <-time.After(time.Second):
		return 0
	}
}

type roomyTicker struct{ out chan int }

func (t *roomyTicker) emit() { t.out <- 1 }

func firstOrLateRoom() int {
	t := &roomyTicker{make(chan int, 1)}
	start(t)
	select {
	case n := <-t.out:
		return n
	case <-time.After(time.Second):
		return 0
	}
}

// Channels in a map, by name.
func byName() int {
	outs := map[string]chan int{"a": make(chan int), "b": make(chan int)}
	go func() { outs["a"] <- work() }() // want `this send on outs\["."\] blocks for ever once byName .*`
	go func() { outs["b"] <- work() }() // want `this send on outs\["."\] blocks for ever once byName .*`
	select {
	case n := <-outs["a"]:
		return n
	case n := <-outs["b"]:
		return n
	}
}

func byNameBoth() int {
	outs := map[string]chan int{"a": make(chan int), "b": make(chan int)}
	go func() { outs["a"] <- work() }()
	go func() { outs["b"] <- work() }()
	return <-outs["a"] + <-outs["b"]
}

// A channel that a function of the package returns.
func produce() <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for range 3 {
			out <- work() // want `this send on out blocks for ever once takeOne .*`
		}
	}()
	return out
}

func takeOne() int { return <-produce() }

func produceAll() <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for range 3 {
			out <- work()
		}
	}()
	return out
}

func takeAll() (sum int) {
	for n := range produceAll() {
		sum += n
	}
	return sum
}

// A wait group that is not counted down on one way.
type batch struct {
	wg  sync.WaitGroup
	out chan int
}

func unbalanced(items []int) {
	b := &batch{out: make(chan int, 1)}
	b.wg.Add(1)
	go func() {
		if fail() {
			return
		}
		b.wg.Done()
	}()
	b.wg.Wait() // want `b.wg.Wait can block for ever, .*`
}

func balanced(items []int) {
	b := &batch{out: make(chan int, 1)}
	b.wg.Add(1)
	go func() {
		defer b.wg.Done()
		if fail() {
			return
		}
	}()
	b.wg.Wait()
}

// Nobody signals when the work fails.
type gate struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

func newGate() *gate {
	g := &gate{}
	g.cond = sync.NewCond(&g.mu)
	return g
}

func (g *gate) wait() {
	g.mu.Lock()
	for !g.open {
		g.cond.Wait() // want `g.cond.Wait blocks for ever once the goroutine it waits for leaves .*`
	}
	g.mu.Unlock()
}

func unsignalled() {
	g := newGate()
	go func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if fail() {
			return
		}
		g.open = true
		g.cond.Broadcast()
	}()
	g.wait()
}

func (g *gate) waitRight() {
	g.mu.Lock()
	for !g.open {
		g.cond.Wait()
	}
	g.mu.Unlock()
}

func signalled() {
	g := newGate()
	go func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.open = true
		g.cond.Broadcast()
	}()
	g.waitRight()
}
