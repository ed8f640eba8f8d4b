package basic

import (
	"sync"
	"time"
)

// Nothing is done, and nothing waits.

func spins(in <-chan int, quit <-chan bool) {
	for {
		select {
		case v := <-in:
			handle(v)
		case <-quit:
			return
		default: // want `^this select spins while no case is ready; remove the default case or wait on a timer$`
			continue
		}
	}
}

func spinsFixed(in <-chan int, quit <-chan bool) {
	for {
		select {
		case v := <-in:
			handle(v)
		case <-quit:
			return
		}
	}
}

// Looking at a queue under a lock is no wait.

type backlog struct {
	mu    sync.Mutex
	items []int
	quit  chan bool
}

func (b *backlog) drain() {
	for {
		select {
		case <-b.quit:
			return
		default: // want `this select spins`
		}
		b.mu.Lock()
		if len(b.items) == 0 {
			b.mu.Unlock()
			continue
		}
		v := b.items[0]
		b.items = b.items[1:]
		b.mu.Unlock()
		handle(v)
	}
}

func (b *backlog) drainFixed() {
	for {
		select {
		case <-b.quit:
			return
		case <-time.After(time.Second):
		}
		b.mu.Lock()
		items := b.items
		b.items = nil
		b.mu.Unlock()
		for _, v := range items {
			handle(v)
		}
	}
}
