package mpsc_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

// A producer that is faster than the consumer is slowed down to its pace.
func Example_backpressure() {
	ctx := context.Background()
	tx, rx := mpsc.New[int](2)

	go func() {
		defer tx.Close()
		for i := range 5 {
			if err := tx.Send(ctx, i); err != nil {
				return // the consumer has gone
			}
		}
	}()

	for v := range rx.All(ctx) {
		fmt.Println("received", v)
	}
	fmt.Println("more than 2 queued:", rx.Stats().HighWater > 2)
	// Output:
	// received 0
	// received 1
	// received 2
	// received 3
	// received 4
	// more than 2 queued: false
}

// Shutting down without losing what was accepted: refuse new work, then finish
// what is queued.
func Example_gracefulDrain() {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	tx, rx := mpsc.New[string](8)
	defer tx.Close()
	for _, job := range []string{"a", "b", "c"} {
		tx.Send(ctx, job)
	}

	for job := range rx.All(ctx) {
		fmt.Println("working on", job)
		stop() // a signal arrives
	}

	rx.Close()
	fmt.Println("new work:", tx.TrySend("d"))
	for job := range rx.All(context.WithoutCancel(ctx)) {
		fmt.Println("finishing", job)
	}
	// Output:
	// working on a
	// new work: chans: closed
	// finishing b
	// finishing c
}

// A receiver that also listens to something else.
func ExampleReceiver_Ready() {
	tx, rx := mpsc.New[int](4)
	quit := make(chan struct{})

	tx.TrySend(1)
	tx.TrySend(2)
	for {
		select {
		case <-rx.Ready():
			v, err := rx.TryRecv()
			if err != nil {
				return
			}
			fmt.Println("received", v)
			if v == 2 {
				close(quit)
			}
		case <-quit:
			fmt.Println("told to quit")
			return
		}
	}
	// Output:
	// received 1
	// received 2
	// told to quit
}

// A send that gives up after a while.
func ExampleSender_Send() {
	tx, rx := mpsc.New[int](1)
	defer rx.Close()

	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	fmt.Println(tx.Send(ctx, 1))
	fmt.Println(tx.Send(ctx, 2))
	// Output:
	// <nil>
	// context deadline exceeded
}

// Work that is costly to make is not made before there is room for it.
func ExampleSender_Reserve() {
	ctx := context.Background()
	tx, rx := mpsc.New[string](1)
	render := func(page int) (string, error) {
		if page == 1 {
			return "", errors.New("no such page")
		}
		return fmt.Sprint("page ", page), nil
	}
	send := func(page int) error {
		p, err := tx.Reserve(ctx)
		if err != nil {
			return err
		}
		defer p.Release()
		s, err := render(page)
		if err != nil {
			return err // the room is free again
		}
		p.Send(s)
		return nil
	}
	fmt.Println(send(1), send(2))
	fmt.Println(rx.Recv(ctx))
	// Output:
	// no such page <nil>
	// page 2 <nil>
}

// A batch takes what has piled up, in one step.
func ExampleReceiver_RecvMany() {
	ctx := context.Background()
	tx, rx := mpsc.New[int](8)
	for i := range 5 {
		tx.Send(ctx, i)
	}
	tx.Close()

	batch := make([]int, 0, 3)
	for {
		var err error
		if batch, err = rx.RecvMany(ctx, batch[:0], 3); err != nil {
			break
		}
		fmt.Println(batch)
	}
	// Output:
	// [0 1 2]
	// [3 4]
}
