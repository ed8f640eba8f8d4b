// Package fix loses wake-ups for want of room.
package fix

import "sync"

type notifier struct {
	mu    sync.Mutex
	dirty bool
	wake  chan struct{}
}

func newNotifier(flush func()) *notifier {
	n := &notifier{wake: make(chan struct{})}
	go n.run(flush)
	return n
}

func (n *notifier) mark() {
	n.mu.Lock()
	n.dirty = true
	n.mu.Unlock()
	// Who wakes does not block.
	select {
	case n.wake <- struct{}{}: // want `^this wake-up on n\.wake is lost unless a receiver waits at this moment \(line 30\); make the channel with capacity 1$`
	default:
	}
}

func (n *notifier) run(flush func()) {
	for range n.wake {
		n.mu.Lock()
		dirty := n.dirty
		n.dirty = false
		n.mu.Unlock()
		if dirty {
			flush()
		}
	}
}

// Who waits may come later than the signal, and waits for ever.
func awaitOnce(work func()) {
	done := make(chan struct{})
	go func() {
		work()
		select {
		case done <- struct{}{}: // want `this wake-up on done is lost unless a receiver waits at this moment \(line 51\)`
		default:
		}
	}()
	<-done
}

func roomForOne(work func()) {
	done := make(chan struct{}, 1)
	go func() {
		work()
		select {
		case done <- struct{}{}:
		default:
		}
	}()
	<-done
}
