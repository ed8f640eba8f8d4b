package wrong

import (
	"fmt"
	"io"
)

// relay passes on what comes in, and waits for nobody.
func relay(in <-chan int, out chan<- int) {
	for v := range in {
		go func() { out <- v }()
	}
}

// Queue sends ten thousand numbers to somebody who has time for three.
func Queue(out io.Writer) {
	in, taken := make(chan int), make(chan int)
	go relay(in, taken)

	sent := 0
	for ; sent < 10_000; sent++ {
		in <- sent
	}
	for range 3 {
		<-taken
	}
	close(in)
	fmt.Fprintf(out, "%d sent, %d goroutines wait\n", sent, sent-3)
	for range sent - 3 {
		<-taken
	}
}
