package main

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/runtime/mpsc"
	"github.com/chanlint/chanlint/runtime/oneshot"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func Example() {
	main()
	// Output:
	// ann 100 -> 100 <nil>
	// ann -30 -> 70 <nil>
	// bob 50 -> 0 chans: closed
	// ann 1 -> 0 context canceled
	// ann 5 -> 75 <nil>
	// after the end: chans: closed
}

// A client that gives up while its request is queued changes nothing, and does
// not keep the actor from the next one.
func TestGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := mpsc.New[deposit](4)
		b := bank{tx}
		ctx, cancel := context.WithCancel(t.Context())
		given := make(chan error, 1)
		go func() {
			_, err := b.deposit(ctx, "ann", 1)
			given <- err
		}()
		synctest.Wait() // the request is queued, and nobody serves
		cancel()
		if err := <-given; !errors.Is(err, context.Canceled) {
			t.Errorf("deposit = %v, want %v", err, context.Canceled)
		}

		accounts := map[string]int{"ann": 0}
		reply, balance := oneshot.New[int]()
		tx.Send(t.Context(), deposit{"ann", 2, reply})
		tx.Close()
		serve(rx, accounts)
		if got, err := balance.TryRecv(); got != 2 || err != nil {
			t.Errorf("the next client got %d, %v, want 2, nil", got, err)
		}
	})
}

// What is in the account is what the clients were told, also by those who gave
// up at any moment.
func TestToldIsDone(t *testing.T) {
	tx, rx := mpsc.New[deposit](1)
	accounts := map[string]int{"ann": 0}
	var actor, clients sync.WaitGroup
	actor.Go(func() { serve(rx, accounts) })

	var told, refused atomic.Int64
	for range 4 {
		clients.Go(func() {
			for range 2000 {
				ctx, cancel := context.WithCancel(t.Context())
				go cancel()
				if _, err := (bank{tx}).deposit(ctx, "ann", 1); err == nil {
					told.Add(1)
				} else {
					refused.Add(1)
				}
			}
		})
	}
	clients.Wait()
	tx.Close()
	actor.Wait()
	if got, want := accounts["ann"], int(told.Load()); got != want {
		t.Errorf("account: got %d, want %d, which is what clients were told (%d were told otherwise)", got, want, refused.Load())
	}
	if got := told.Load() + refused.Load(); got != 8000 {
		t.Errorf("answers: got %d, want 8000", got)
	}
}
