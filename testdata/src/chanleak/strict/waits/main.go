// Command waits does not end: main waits for a goroutine that waits itself.
package main

func fail() bool { return false }

func main() {
	start, done := make(chan struct{}), make(chan struct{})
	go func() {
		<-start // want `this receive from start .*`
		close(done)
	}()
	if fail() {
		<-done
		return
	}
	close(start)
	<-done
}

// Numbers has no callers elsewhere.
func Numbers() <-chan int {
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for i := range 10 {
			numbers <- i
		}
	}()
	return numbers
}
