package right

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"time"
)

// ask gives a question as long as ctx allows to be answered.
func ask(ctx context.Context, question func() int) (int, error) {
	answers := make(chan int, 1)
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
	before := runtime.NumGoroutine()
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
	for runtime.NumGoroutine() > before {
		select {
		case <-deadline:
			fmt.Fprintln(out, "goroutines left behind:", runtime.NumGoroutine()-before)
			return
		default:
			runtime.Gosched()
		}
	}
	fmt.Fprintln(out, "all goroutines have ended")
}
