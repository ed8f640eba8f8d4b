package basic

import "sync"

type queue struct{}

// Flush returns how many values are still queued.
//
//chanlint:lagsignal return
func (*queue) Flush(ms int) int { return 0 }

// Next returns the next value and how many were missed before it.
//
//chanlint:lagsignal return
func (*queue) Next() (value string, missed int) { return "", 0 }

func flushDiscarded(q *queue) {
	q.Flush(1000) // want `^the result of q.Flush, which says whether anything was lost, is discarded; look at it$`
}

func flushDeferred(q *queue) {
	defer q.Flush(1000) // want `the result of q.Flush`
}

func flushChecked(q *queue) int { return q.Flush(1000) }

func flushLoop(q *queue) {
	for q.Flush(1000) > 0 {
	}
}

// The accepted way to say that it does not matter.
func flushOptedOut(q *queue) { _ = q.Flush(1000) }

func missedBlank(q *queue) string {
	v, _ := q.Next() // want `the result of q.Next`
	return v
}

func missedKept(q *queue) (string, int) {
	v, missed := q.Next()
	return v, missed
}

func lockDiscarded(mu *sync.Mutex) {
	mu.TryLock() // want `the result of mu.TryLock, which says whether the lock was taken, is discarded`
	defer mu.Unlock()
}

func lockChecked(mu *sync.Mutex) bool {
	if !mu.TryLock() {
		return false
	}
	defer mu.Unlock()
	return true
}
