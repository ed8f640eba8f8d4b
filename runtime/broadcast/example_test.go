package broadcast_test

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// Events go to every listener. One that is too slow is told how many it missed.
func Example() {
	tx, audit := broadcast.New[string](2)
	mailer := tx.Subscribe()

	for _, event := range []string{"created", "paid", "packed"} {
		n, _ := tx.Send(event)
		if v, err := mailer.TryRecv(); err == nil {
			fmt.Printf("mailer, one of %d: %s\n", n, v)
		}
	}
	tx.Close()
	mailer.Close()

	defer audit.Close()
	for event, err := range audit.All(context.Background()) {
		var lag *broadcast.LaggedError
		if errors.As(err, &lag) {
			fmt.Println("audit: missed", lag.Missed)
			continue
		}
		fmt.Println("audit:", event)
	}

	// Output:
	// mailer, one of 2: created
	// mailer, one of 2: paid
	// mailer, one of 2: packed
	// audit: missed 1
	// audit: paid
	// audit: packed
}

// A receiver takes part in a native select.
func ExampleReceiver_Ready() {
	tx, rx := broadcast.New[int](8)
	stop := make(chan struct{})

	var wg sync.WaitGroup
	wg.Go(func() {
		defer rx.Close()
		for {
			select {
			case <-stop:
				return
			case <-rx.Ready():
				v, err := rx.TryRecv()
				switch {
				case errors.Is(err, broadcast.ErrClosed):
					fmt.Println("end")
					return
				case err != nil:
					fmt.Println(err) // lagged
				default:
					fmt.Println(v)
				}
			}
		}
	})
	tx.Send(1)
	tx.Send(2)
	tx.Close()
	wg.Wait()
	close(stop)

	// Output:
	// 1
	// 2
	// end
}

// A producer stops when nobody listens any more.
func ExampleSender_Idle() {
	tx, rx := broadcast.New[int](8)
	defer tx.Close()
	go func() {
		defer rx.Close()
		rx.Recv(context.Background()) // one is enough
	}()
	tx.Send(1)
	<-tx.Idle()
	_, err := tx.Send(2)
	fmt.Println(err)

	// Output:
	// chans: no receivers
}
