// Package missed has goroutines that can be left blocked for ever, and that are
// not reported.
package missed

import "context"

type request struct {
	key   string
	reply chan int
}

type server struct {
	requests chan request
	quit     chan struct{}
	restart  chan struct{}
}

// The reply channel is part of a request.
func (s *server) ask(ctx context.Context, key string) (int, error) {
	r := request{key, make(chan int)}
	s.requests <- r // miss: a channel in a field, used by a loop that started elsewhere
	select {
	case v := <-r.reply:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (s *server) loop() {
	for {
		select {
		case r := <-s.requests:
			if r.key == "" {
				s.restart <- struct{}{} // miss: the loop sends to itself on a channel in a field
			}
			r.reply <- len(r.key) // miss: whoever asked may have left
		case <-s.restart:
		case <-s.quit:
			return
		}
	}
}

// Stop is for nothing if the loop has ended already.
func (s *server) stop() {
	s.quit <- struct{}{} // miss: a channel in a field
}

// A slice of channels, one for each worker.
func fan(ctx context.Context, n int) int {
	results := make([]chan int, n)
	for i := range results {
		results[i] = make(chan int)
		go func() { results[i] <- i }() // miss: channels in a slice
	}
	sum := 0
	for _, c := range results {
		select {
		case v := <-c:
			sum += v
		case <-ctx.Done():
			return sum
		}
	}
	return sum
}
