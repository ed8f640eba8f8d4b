package strict

import (
	"context"
	"errors"
	"log"
	"math/rand"
	"time"
)

// A random part of what is short is short.
func jitters(ctx context.Context, try func() bool) {
	const most = 100 * time.Millisecond
	start := time.Now()
	for !try() {
		select {
		case <-ctx.Done():
			return
		default:
		}
		time.Sleep(25*time.Millisecond + time.Duration(rand.Int63n(int64(most))))
		time.Sleep(time.Duration(rand.Float64() * float64(most)))
		time.Sleep(time.Until(start.Add(10 * time.Millisecond)))
	}
}

// A random part of a minute may be one.
func jittersLong(ctx context.Context, try func() bool) {
	for !try() {
		select {
		case <-ctx.Done():
			return
		default:
		}
		time.Sleep(time.Duration(rand.Int63n(int64(time.Minute)))) // want `ctx.Done\(\) goes unheard during this wait`
	}
}

// The stop waits for the permit, too, so that it would be heard no sooner.
func writes(ctx context.Context, in <-chan int) {
	permits := make(chan struct{}, 1)
	write := func(v int) {
		handle(v)
		<-permits
	}
	for {
		select {
		case v := <-in:
			if v > 0 {
				permits <- struct{}{}
				go write(v)
			}
		case <-ctx.Done():
			permits <- struct{}{}
			write(0)
			return
		}
	}
}

// There is room in what each round makes for itself.
func answers(ctx context.Context, in <-chan int) {
	for {
		select {
		case v := <-in:
			failed := make(chan error, 1)
			go func() {
				select {
				case err := <-failed:
					log.Print(err)
				case <-time.After(time.Minute):
				}
			}()
			if v < 0 {
				failed <- errors.New("less than none")
				continue
			}
			go func() { failed <- ask(v) }()
		case <-ctx.Done():
			return
		}
	}
}

func ask(int) error { return nil }
