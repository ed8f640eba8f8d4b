// Command stop leaves goroutines behind that put into a queue whose loop has
// left. It exits with status 1 if goroutines are left.
package main

import (
	"os"
	"runtime"
	"time"
)

type queue struct {
	items chan int
	quit  chan struct{}
}

func newQueue() *queue {
	q := &queue{items: make(chan int), quit: make(chan struct{})}
	go q.loop()
	return q
}

func (q *queue) loop() {
	for {
		select {
		case <-q.items:
		case <-q.quit:
			return
		}
	}
}

func (q *queue) Put(n int) {
	q.items <- n
}

func (q *queue) Stop() { close(q.quit) }

func main() {
	q := newQueue()
	q.Stop()
	for n := range 10 {
		go q.Put(n)
	}
	for range 200 {
		if runtime.NumGoroutine() == 1 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	os.Exit(1)
}
