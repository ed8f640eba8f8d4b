package near

import "sync"

// A bell has a getter that contends for its lock, and operations on channels
// that do not wait.
type bell struct {
	mu      sync.Mutex
	rings   chan int
	wake    chan struct{}
	quit    chan struct{}
	closed  bool
	dropped int
}

func newBell() *bell {
	b := &bell{
		rings: make(chan int, 8),
		wake:  make(chan struct{}, 1),
		quit:  make(chan struct{}),
	}
	go func() {
		for range b.rings {
			b.mu.Lock()
			b.dropped = 0
			b.mu.Unlock()
		}
	}()
	return b
}

func (b *bell) lost() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.dropped
}

// A select with a default case does not wait.
func (b *bell) sendOrDropUnderLock(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case b.rings <- v:
	default:
		b.dropped++
	}
}

// Nor does a helper that consists of one.
func (b *bell) signal() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

func (b *bell) signalUnderLock() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.signal()
}

// The loop leaves as soon as the channel is empty.
func (b *bell) drainUnderLock() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		select {
		case v := <-b.rings:
			n += v
		default:
			return n
		}
	}
}

// The default case is the only thing that happens before the second select,
// which is outside the lock.
func (b *bell) tryThenWaitAfterUnlock(v int) {
	b.mu.Lock()
	select {
	case b.rings <- v:
		b.mu.Unlock()
		return
	default:
	}
	b.dropped++
	b.mu.Unlock()
	select {
	case b.rings <- v:
	case <-b.quit:
	}
}

// The lock serialises the close with a send that does not wait, so that
// nothing is sent after the close.
func (b *bell) closeUnderLock() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	b.closed = true
	close(b.rings)
}

func (b *bell) sendUnlessClosed(v int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return false
	}
	select {
	case b.rings <- v:
		return true
	default:
		return false
	}
}

// A receive from a channel that this function has closed does not wait.
func (b *bell) recvAfterClose() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.quit)
	<-b.quit
}
