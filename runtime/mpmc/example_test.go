package mpmc_test

import (
	"context"
	"fmt"
	"sync"

	"github.com/chanlint/chanlint/runtime/mpmc"
)

// A pool of workers takes jobs from one queue. The senders need not agree on
// who closes it: the last one does.
func Example() {
	ctx := context.Background()
	jobs, work := mpmc.New[int](4)
	results, sums := mpmc.New[int](4)

	for range 3 { // workers
		out := results.Clone()
		go func() {
			defer out.Close()
			for n := range work.C() {
				if out.Send(ctx, n*n) != nil {
					return // nobody wants results any more
				}
			}
		}()
	}
	results.Close() // the workers have theirs

	var producers sync.WaitGroup
	for _, from := range []int{1, 6} {
		tx := jobs.Clone()
		producers.Go(func() {
			defer tx.Close()
			for n := from; n < from+5; n++ {
				tx.Send(ctx, n)
			}
		})
	}
	jobs.Close()

	var total int
	for n := range sums.All(ctx) {
		total += n
	}
	producers.Wait()
	work.Close()
	sums.Close()
	fmt.Println("sum of squares:", total)

	// Output:
	// sum of squares: 385
}

// A consumer that leaves early frees those who send to it.
func ExampleReceiver_Close() {
	tx, rx := mpmc.New[string](0)
	var wg sync.WaitGroup
	for _, mirror := range []string{"a", "b", "c"} {
		wg.Go(func() {
			if err := tx.Send(context.Background(), "from "+mirror); err != nil {
				return // another mirror was faster
			}
		})
	}
	first := <-rx.C()
	rx.Close()
	wg.Wait() // nobody is stuck
	fmt.Println(len(first), tx.Send(context.Background(), "late"))
	tx.Close()

	// Output:
	// 6 chans: closed
}

// The receiving side is a native channel.
func ExampleReceiver_C() {
	tx, rx := mpmc.New[string](1)
	defer rx.Close()
	tx.TrySend("hello")
	tx.Close()
	for range 2 {
		select {
		case v, ok := <-rx.C():
			fmt.Printf("%q %t\n", v, ok)
		case <-context.Background().Done():
		}
	}

	// Output:
	// "hello" true
	// "" false
}
