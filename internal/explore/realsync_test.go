package explore

import (
	"slices"
	"sync"
)

// A realRWMutex is the algorithm of sync.RWMutex, waiting on channels: readers
// are counted, a writer takes a large number off the count, which sends new
// readers to sleep, and waits until those it found have left.
type realRWMutex struct {
	writers  chan struct{} // full if a writer has or wants the lock
	mu       sync.Mutex    // guards what follows; never held while waiting
	readers  int           // less manyReaders, if a writer has or wants the lock
	leaving  int           // how many readers the writer still waits for
	wakeOne  chan struct{} // to the writer
	wakeRead chan struct{} // to readers
}

const manyReaders = 1000

func newRealRWMutex() *realRWMutex {
	return &realRWMutex{
		writers:  make(chan struct{}, 1),
		wakeOne:  make(chan struct{}, 1),
		wakeRead: make(chan struct{}, manyReaders),
	}
}

// add adds n to the readers and returns the sum.
func (rw *realRWMutex) add(n int) int {
	rw.mu.Lock()
	defer rw.mu.Unlock()
	rw.readers += n
	return rw.readers
}

func (rw *realRWMutex) do(r *routine, op Op) bool {
	switch op {
	case Lock:
		r.lock(Lock, Mutex, realObject{ch: rw.writers})
		rw.mu.Lock()
		rw.leaving = rw.readers
		rw.readers -= manyReaders
		wait := rw.leaving != 0
		rw.mu.Unlock()
		if wait {
			r.wait(rw.wakeOne)
		}
	case TryLock:
		if !r.lock(TryLock, Mutex, realObject{ch: rw.writers}) {
			return false
		}
		rw.mu.Lock()
		defer rw.mu.Unlock()
		if rw.readers != 0 {
			<-rw.writers
			return false
		}
		rw.readers = -manyReaders
	case Unlock:
		n := rw.add(manyReaders)
		if n >= manyReaders {
			panic("unlock of unlocked RWMutex")
		}
		for range n {
			rw.wakeRead <- struct{}{}
		}
		<-rw.writers
	case RLock:
		if rw.add(1) < 0 {
			r.wait(rw.wakeRead)
		}
	case TryRLock:
		rw.mu.Lock()
		defer rw.mu.Unlock()
		if rw.readers < 0 {
			return false
		}
		rw.readers++
	case RUnlock:
		rw.leave()
	}
	return true
}

// leave is RUnlock.
func (rw *realRWMutex) leave() {
	rw.mu.Lock()
	defer rw.mu.Unlock()
	rw.readers--
	if rw.readers == -1 || rw.readers == -manyReaders-1 {
		panic("RUnlock of unlocked RWMutex")
	}
	if rw.readers < 0 {
		if rw.leaving--; rw.leaving == 0 {
			rw.wakeOne <- struct{}{}
		}
	}
}

// A realCond wakes its waiters in the order in which they came, as sync.Cond does.
type realCond struct {
	mu      sync.Mutex
	waiters []chan struct{}
}

func (c *realCond) join() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	wake := make(chan struct{})
	c.waiters = append(c.waiters, wake)
	return wake
}

func (c *realCond) wake(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range min(n, len(c.waiters)) {
		close(c.waiters[0])
		c.waiters = slices.Delete(c.waiters, 0, 1)
	}
}
