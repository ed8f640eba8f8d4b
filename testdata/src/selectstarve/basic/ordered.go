package basic

import (
	"context"
	"log"
)

// What the companion library does in one call.

func inOrder(ctx context.Context, highJobs, lowJobs <-chan int) error {
	for {
		select {
		case v := <-lowJobs:
			// Whenever there is time.
			handle(v)
		case v := <-highJobs: // want `highJobs goes first by its name`
			handle(v)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func twoTypes(ctx context.Context, urgent chan string, normal <-chan int) {
	//chanlint:priority urgent > normal
	for {
		select {
		case s := <-urgent: // want `urgent goes first by the directive`
			log.Print(s)
		case n := <-normal:
			handle(n)
		case <-ctx.Done():
			return
		}
	}
}

func noValue(ctx context.Context, urgentWork, normalWork <-chan int) {
	for {
		select {
		case <-urgentWork: // want `urgentWork goes first by its name`
			handle(0)
		case n := <-normalWork:
			handle(n)
		case <-ctx.Done():
			return
		}
	}
}

// The variable of one case would hide what another means, so only the first fix is
// offered.
func hidden(ctx context.Context, highJobs <-chan string, lowJobs <-chan int, n int) {
	for {
		select {
		case s := <-highJobs: // want `highJobs goes first by its name`
			log.Print(s, n)
		case n := <-lowJobs:
			handle(n)
		case <-ctx.Done():
			return
		}
	}
}

// Whoever asks whether the channel is closed has plans for that.
func asked(ctx context.Context, highJobs, lowJobs <-chan int) {
	for {
		select {
		case v := <-highJobs: // want `highJobs goes first by its name`
			handle(v)
		case v, ok := <-lowJobs:
			if !ok {
				return
			}
			handle(v)
		case <-ctx.Done():
			return
		}
	}
}
