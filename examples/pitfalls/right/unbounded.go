package right

import (
	"fmt"
	"io"
	"time"
)

// relay passes on what comes in, and keeps what nobody has taken yet, up to a
// hundred.
func relay(in <-chan int, out chan<- int) (left int) {
	var queue []int
	for {
		var send chan<- int
		first := 0
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		receive := in
		if len(queue) >= 100 {
			receive = nil // who sends waits
		}
		select {
		case v, ok := <-receive:
			if !ok {
				return len(queue)
			}
			queue = append(queue, v)
		case send <- first:
			queue = queue[1:]
		}
	}
}

// Queue sends ten thousand numbers to somebody who has time for three.
func Queue(out io.Writer) {
	in, taken := make(chan int), make(chan int)
	left := make(chan int)
	go func() { left <- relay(in, taken) }()

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
	fmt.Fprintf(out, "%d sent, %d still queued\n", sent, <-left)
}
