package priority_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/mpsc"
	"github.com/chanlint/chanlint/runtime/priority"
	"github.com/chanlint/chanlint/runtime/watch"
)

func TestReadyTakesAClosedChannelForASignal(t *testing.T) {
	closed := make(chan struct{})
	close(closed)
	for range 20 {
		if from, err := priority.Ready(t.Context(), nil, nil, closed, closed); from != 2 || err != nil {
			t.Fatalf("Ready = %d, %v, want 2, nil", from, err)
		}
	}
	if from, err := priority.Ready(t.Context(), nil, nil, nil); from != 0 || !errors.Is(err, priority.ErrClosed) {
		t.Errorf("Ready of nil channels = %d, %v, want 0, %v", from, err, priority.ErrClosed)
	}
}

func TestReadyWaits(t *testing.T) {
	for _, n := range []int{2, 3, 8, 9} {
		for i := range n {
			synctest.Test(t, func(t *testing.T) {
				signals := make([]<-chan struct{}, n)
				var signal chan struct{}
				for j := range signals {
					c := make(chan struct{})
					if signals[j] = c; i == j {
						signal = c
					}
				}
				got := make(chan int, 1)
				go func() {
					from, _ := priority.Ready(t.Context(), nil, signals...)
					got <- from
				}()
				synctest.Wait()
				if len(got) != 0 {
					t.Fatalf("returned %d without a signal", <-got)
				}
				close(signal)
				if from := <-got; from != i+1 {
					t.Errorf("Ready = %d, want %d of %d", from, i+1, n)
				}
			})
		}
	}
}

func TestReadyAndContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		errs := make(chan error, 1)
		go func() {
			_, err := priority.Ready(ctx, nil, make(chan struct{}))
			errs <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-errs; !errors.Is(err, context.Canceled) {
			t.Errorf("Ready = %v, want %v", err, context.Canceled)
		}
	})
}

// The signals of the other packages, with a bound on the streaks.
func TestReadyOfQueues(t *testing.T) {
	tx, jobs := mpsc.New[int](8)
	defer tx.Close()
	defer jobs.Close()
	settings, changes := watch.New(0)
	defer settings.Close()
	defer changes.Close()
	for i := range 8 {
		tx.TrySend(i)
	}
	pick := &priority.Picker{MaxStreak: 2}
	var order []int
	for range 6 {
		settings.Send(1) // all the time
		from, err := priority.Ready(t.Context(), pick, changes.Changed(), jobs.Ready())
		if err != nil {
			t.Fatal(err)
		}
		order = append(order, from)
		if from == 1 {
			changes.GetAndMark()
		} else if v, err := jobs.TryRecv(); err != nil {
			t.Errorf("TryRecv = %d, %v when it was ready", v, err)
		}
	}
	want := []int{1, 1, 2, 1, 1, 2}
	for i := range want {
		if order[i] != want[i] {
			t.Fatalf("signals %v, want %v", order, want)
		}
	}
}
