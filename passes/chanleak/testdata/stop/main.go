// Command stop leaves goroutines behind that put into a queue whose loop has
// left. It exits with status 1 if goroutines are left.
package main

import (
	"os"
	"runtime"
	"time"
)

type Queue struct {
	items chan int
	quit  chan struct{}
}

func NewQueue() *Queue {
	q := &Queue{items: make(chan int), quit: make(chan struct{})}
	go q.loop()
	return q
}

func (q *Queue) loop() {
	for {
		select {
		case <-q.items:
		case <-q.quit:
			return
		}
	}
}

func (q *Queue) Put(n int) {
	q.items <- n
}

func (q *Queue) Stop() { close(q.quit) }

func main() {
	q := NewQueue()
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
