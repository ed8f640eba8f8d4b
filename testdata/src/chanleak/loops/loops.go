// Package loops makes channels in loops.
package loops

import (
	"context"
	"errors"
	"time"
)

var errLate = errors.New("late")

func fetch(key string) (int, error) { return len(key), nil }

// Each round leaves a goroutine behind.
func retry(key string, rounds int) (int, error) {
	for range rounds {
		results := make(chan int)
		go func() {
			n, _ := fetch(key)
			results <- n // want `this send on results blocks for ever once retry leaves \(line \d+\); make results with capacity 1`
		}()
		select {
		case n := <-results:
			return n, nil
		case <-time.After(time.Second):
		}
	}
	return 0, errLate
}

// Each round receives what it has sent.
func each(ctx context.Context, keys []string) (sum int) {
	for _, key := range keys {
		results := make(chan int)
		go func() {
			n, _ := fetch(key)
			results <- n
		}()
		if ctx.Err() != nil {
			sum += <-results
			continue
		}
		sum -= <-results
	}
	return sum
}

// All rounds share a channel to stop, which is closed at the end.
func eachUntilStop(keys []string) (sum int) {
	stop := make(chan struct{})
	defer close(stop)
	for _, key := range keys {
		results := make(chan int)
		go func() {
			n, _ := fetch(key)
			select {
			case results <- n:
			case <-stop:
			}
		}()
		select {
		case n := <-results:
			sum += n
		case <-time.After(time.Second):
			return sum
		}
	}
	return sum
}
