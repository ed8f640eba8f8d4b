// Command capacity leaves a goroutine behind that sends its answer late. It
// exits with status 1 if goroutines are left.
package main

import (
	"os"
	"runtime"
	"time"
)

func main() {
	release := make(chan struct{})
	ask(release)
	close(release)
	for range 200 {
		if runtime.NumGoroutine() == 1 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	os.Exit(1)
}

func ask(release <-chan struct{}) int {
	answers := make(chan int)
	go func() {
		<-release
		answers <- 1
	}()
	select {
	case n := <-answers:
		return n
	case <-time.After(time.Millisecond):
		return 0
	}
}
