package wrong

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"time"
)

// ask gives a question as long as ctx allows to be answered.
func ask(ctx context.Context, question func() int) (int, error) {
	answers := make(chan int)
	go func() { answers <- question() }()
	select {
	case v := <-answers:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Leak asks a hundred questions that are answered too late.
func Leak(out io.Writer) {
	for range 100 {
		ctx, cancel := context.WithCancel(context.Background())
		gone := make(chan struct{})
		ask(ctx, func() int {
			cancel()
			<-gone
			return 42
		})
		close(gone)
	}
	deadline := time.After(patience)
	for answering() > 0 {
		select {
		case <-deadline:
			fmt.Fprintln(out, "goroutines left behind:", answering())
			return
		default:
			runtime.Gosched()
		}
	}
	fmt.Fprintln(out, "all goroutines have ended")
}

// answerer is the goroutine of ask on a stack, be ask a part of its caller or not.
var answerer = regexp.MustCompile(`/wrong\.(\w+\.)?ask\.func1\(`)

// answering is how many goroutines have a question to answer.
func answering() int {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	return len(answerer.FindAll(stacks, -1))
}
