package watch_test

import (
	"context"
	"fmt"
	"sync"

	"github.com/chanlint/chanlint/runtime/watch"
)

// A config is a value, replaced as a whole.
type config struct {
	Level string
	Limit int
}

// Workers read the configuration when they need it, at the price of a load, and
// see each change at their next look.
func Example_config() {
	tx, rx := watch.New(config{"info", 10})
	defer rx.Close()
	defer tx.Close()

	fmt.Println(rx.Get().Level)
	tx.Send(config{"debug", 10})
	fmt.Println(rx.Get().Level)
	tx.Update(func(c *config) bool {
		c.Limit = 20
		return true
	})
	fmt.Println(rx.Get())
	// Output:
	// info
	// debug
	// {debug 20}
}

// Values gives the present value and then each newest one, until the last sender
// is closed.
func ExampleReceiver_Values() {
	tx, rx := watch.New("starting")
	var wg sync.WaitGroup
	seen := make(chan string)
	wg.Go(func() {
		defer rx.Close()
		for state := range rx.Values(context.Background()) {
			fmt.Println(state)
			seen <- state
		}
	})
	<-seen
	for _, state := range []string{"ready", "draining"} {
		tx.Send(state)
		<-seen // without this, the reader could miss one
	}
	tx.Close()
	wg.Wait()
	// Output:
	// starting
	// ready
	// draining
}

// Changed takes part in a native select. It is called anew in each turn.
func ExampleReceiver_Changed() {
	tx, rx := watch.New(config{"info", 10})
	defer rx.Close()
	jobs := make(chan string, 1)
	jobs <- "job"
	c := rx.Get()
	for {
		select {
		case job := <-jobs:
			fmt.Println(job, "at level", c.Level)
			tx.Send(config{"debug", 10})
			tx.Close()
		case <-rx.Changed():
			next, err := rx.TryNext()
			if err != nil {
				fmt.Println(err == watch.ErrClosed)
				return
			}
			c = next
			fmt.Println("level is now", c.Level)
		}
	}
	// Output:
	// job at level info
	// level is now debug
	// true
}

// WaitFor waits for a state, however it comes about.
func ExampleReceiver_WaitFor() {
	tx, rx := watch.New(0)
	defer rx.Close()
	go func() {
		defer tx.Close()
		for percent := 10; percent <= 100; percent += 10 {
			tx.Send(percent)
		}
	}()
	percent, err := rx.WaitFor(context.Background(), func(p int) bool { return p == 100 })
	fmt.Println(percent, err)
	// Output: 100 <nil>
}

// Idle lets a sender stop computing values that nobody reads.
func ExampleSender_Idle() {
	tx, rx := watch.New(0)
	defer tx.Close()
	rx.Close()
	select {
	case <-tx.Idle():
		fmt.Println("nobody is watching")
	default:
		tx.Send(1)
	}
	// Output: nobody is watching
}
