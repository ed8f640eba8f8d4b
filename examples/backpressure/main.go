// Backpressure has a producer that is faster than its consumer, in three ways:
// it waits for room before it makes what costs memory, it makes do without what
// is not needed, or it waits for a while and then gives up.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

// A page takes a megabyte while it exists.
type page struct {
	number int
	pixels []byte
}

// A press renders pages and counts those that exist.
type press struct{ now, most atomic.Int64 }

func (p *press) render(number int) (page, error) {
	if number%10 == 7 {
		return page{}, fmt.Errorf("page %d is blank", number)
	}
	n := p.now.Add(1)
	for most := p.most.Load(); n > most && !p.most.CompareAndSwap(most, n); {
		most = p.most.Load()
	}
	return page{number, make([]byte, 1<<20)}, nil
}

func (p *press) drop(page) { p.now.Add(-1) }

// produce renders a page only when there is room for it.
func (p *press) produce(ctx context.Context, tx *mpsc.Sender[page], number int) error {
	permit, err := tx.Reserve(ctx)
	if err != nil {
		return err
	}
	defer permit.Release() // does nothing after a Send
	pg, err := p.render(number)
	if err != nil {
		return err // the room is free again
	}
	permit.Send(pg)
	return nil
}

// printAll renders pages with several goroutines and prints them with one.
func printAll(ctx context.Context, pages int) (printed int, most int64) {
	tx, rx := mpsc.New[page](3)
	defer rx.Close()
	var p press
	var renderers sync.WaitGroup
	for first := range 4 {
		renderers.Go(func() {
			for number := first; number < pages; number += 4 {
				_ = p.produce(ctx, tx, number) // a blank page is left out
			}
		})
	}
	go func() {
		renderers.Wait()
		tx.Close()
	}()
	for pg := range rx.All(ctx) {
		printed++
		p.drop(pg)
	}
	renderers.Wait()
	return printed, p.most.Load()
}

// sample sends readings while there is room. What is lost is counted.
func sample(tx *mpsc.Sender[int], readings int) (lost int, err error) {
	for r := range readings {
		switch err := tx.TrySend(r); {
		case errors.Is(err, mpsc.ErrFull):
			lost++
		case err != nil:
			return lost, err
		}
	}
	return lost, nil
}

func main() {
	ctx := context.Background()
	printed, most := printAll(ctx, 200)
	fmt.Println(printed, "pages printed, at most 4 in memory:", most <= 4) // 3 queued, one being printed

	tx, rx := mpsc.New[int](8)
	defer tx.Close()
	defer rx.Close()
	lost, err := sample(tx, 20)
	fmt.Println("20 readings for nobody:", tx.Len(), "queued,", lost, "lost,", err)
	fmt.Println("one more, with patience:", tx.SendTimeout(10*time.Millisecond, 20))
	fmt.Println(tx.Stats().Full, "refused,", tx.Stats().Blocked, "had to wait")
}
