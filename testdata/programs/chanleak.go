// Package programs has a mistake in each function. Its tests fail, each by itself,
// until the first fix that is suggested has been applied.
package programs

import "context"

func answer(ctx context.Context, ask func() int) (int, error) {
	result := make(chan int)
	go func() { result <- ask() }()
	select {
	case v := <-result:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// A Queue has a worker, until it is stopped.
type Queue struct {
	items chan int
	quit  chan struct{}
}

func newQueue(work func(int)) *Queue {
	q := &Queue{items: make(chan int), quit: make(chan struct{})}
	go q.loop(work)
	return q
}

func (q *Queue) loop(work func(int)) {
	for {
		select {
		case v := <-q.items:
			work(v)
		case <-q.quit:
			return
		}
	}
}

// Put passes a value to the worker.
func (q *Queue) Put(n int) {
	q.items <- n
}

// Stop ends the worker.
func (q *Queue) Stop() { close(q.quit) }

// Ask has one answer for its caller.
func Ask(question func() int) <-chan int {
	reply := make(chan int)
	go func() { reply <- question() }()
	return reply
}
