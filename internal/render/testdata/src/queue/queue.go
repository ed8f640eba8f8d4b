package queue

import "sync"

// A Queue has names in all widths: é is one column, 漢 is two.
type Queue struct {
	mu  sync.Mutex
	out chan string
}

func (q *Queue) Push(s string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.out <- "漢é" + s
}

func (q *Queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.out)
}

func (q *Queue) Drain() {
	for range q.out {
		q.mu.Lock()
	}
}
