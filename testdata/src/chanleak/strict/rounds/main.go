// Command rounds leaves goroutines behind while main goes on.
package main

import "time"

func answer() int { return 42 }

func main() {
	for range 10 {
		answers := make(chan int)
		go func() {
			answers <- answer() // want `this send on answers blocks for ever once main leaves \(line \d+\); make answers with capacity 1`
		}()
		select {
		case <-answers:
		case <-time.After(time.Second):
		}
	}
	wait()
}

// wait returns, and so does main, with which the rest ends.
func wait() {
	done := make(chan struct{}, 1)
	go func() { done <- struct{}{} }()
	<-done
}
