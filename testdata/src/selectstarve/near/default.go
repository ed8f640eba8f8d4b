package near

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// The default case waits.
func sleeps(in <-chan int) {
	for {
		select {
		case v := <-in:
			handle(v)
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

// The default case works, or what follows the select.
func works(quit <-chan bool, work func() bool) {
	for {
		select {
		case <-quit:
			return
		default:
			work()
		}
	}
}

func worksBehind(quit <-chan bool, work func() bool) {
	for {
		select {
		case <-quit:
			return
		default:
		}
		if !work() {
			continue
		}
		handle(1)
	}
}

// It drains what there is.
func drains(in <-chan int) {
	for {
		select {
		case v := <-in:
			handle(v)
			continue
		default:
		}
		break
	}
}

// The round counts.
func counts(in <-chan int, n int) {
	for i := 0; i < n; i++ {
		select {
		case v := <-in:
			handle(v)
		default:
		}
	}
}

// The scheduler is asked for its turn: somebody thought about it.
func yields(quit <-chan bool) {
	for {
		select {
		case <-quit:
			return
		default:
			runtime.Gosched()
		}
	}
}

// A condition variable waits.
type queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items []int
	quit  chan bool
	seen  atomic.Int64
}

func (q *queue) loop() {
	for {
		select {
		case <-q.quit:
			return
		default:
		}
		q.mu.Lock()
		for len(q.items) == 0 {
			q.cond.Wait()
		}
		q.items = q.items[1:]
		q.mu.Unlock()
	}
}

// The backoff grows until it waits.
func backsOff(in <-chan int) {
	spins := 0
	for {
		select {
		case v := <-in:
			handle(v)
		default:
			spins++
			if spins > 10 {
				time.Sleep(time.Millisecond)
			}
		}
	}
}

// staticcheck's SA5004 reports an empty default case.
func empty(in <-chan int) {
	for {
		select {
		case v := <-in:
			handle(v)
		default:
		}
	}
}

// The loop waits in its head.
func waitsInHead(in <-chan int, quit <-chan bool) {
	for v := range in {
		select {
		case <-quit:
			return
		default:
		}
		if v == 0 {
			continue
		}
		handle(v)
	}
}

// The loop inside works, unless there is nothing to do.
func worksInside(hosts []string, quit <-chan bool, look func(string) bool, waits bool) {
	known := make([]bool, len(hosts))
	found := false
	for !found {
		select {
		case <-quit:
			return
		default:
			for i, h := range hosts {
				if known[i] {
					continue
				}
				if look(h) {
					known[i] = true
					found = true
				}
			}
			if !found && waits {
				time.Sleep(time.Second)
			}
		}
	}
}
