package right

import (
	"fmt"
	"io"
	"time"
)

// relay passes on what comes in, up to eight at a time.
func relay(in <-chan int, out chan<- int) {
	permits := make(chan struct{}, 8)
	for v := range in {
		permits <- struct{}{} // who sends waits
		go func() {
			defer func() { <-permits }()
			out <- v
		}()
	}
}

// Queue sends ten thousand numbers to somebody who has time for three.
func Queue(out io.Writer) {
	in, taken := make(chan int), make(chan int)
	go relay(in, taken)

	sent := 0
	for ; sent < 10_000; sent++ {
		select {
		case in <- sent:
			continue
		case <-time.After(100 * time.Millisecond):
		}
		break // and do something about it
	}
	for range 3 {
		<-taken
	}
	close(in)
	fmt.Fprintf(out, "%d sent, %d wait\n", sent, sent-3)
	for range sent - 3 {
		<-taken
	}
}
