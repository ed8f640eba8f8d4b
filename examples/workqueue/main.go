// Workqueue has several producers hand work to one goroutine that owns what the
// work is done on: a bounded queue, whose senders need not know when the others
// have finished.
package main

import (
	"context"
	"fmt"
	"log"
	"maps"
	"slices"
	"sync"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

// A sale is reported by one of several shops.
type sale struct {
	shop  string
	cents int
}

// sell reports the sales of a shop, as fast as they are booked.
func sell(ctx context.Context, tx *mpsc.Sender[sale], shop string, sales int) error {
	defer tx.Close()
	for i := range sales {
		if err := tx.Send(ctx, sale{shop, 100 + i}); err != nil {
			return fmt.Errorf("%s has %d sales left: %w", shop, sales-i, err)
		}
	}
	return nil
}

// book owns the totals, so that they need no lock. It returns when every shop
// has closed its sender.
func book(ctx context.Context, rx *mpsc.Receiver[sale]) map[string]int {
	totals := make(map[string]int)
	for s := range rx.All(ctx) {
		totals[s.shop] += s.cents
	}
	return totals
}

func main() {
	ctx := context.Background()
	tx, rx := mpsc.New[sale](8)
	defer rx.Close()

	var shops sync.WaitGroup
	for _, shop := range []string{"Bern", "Kyoto", "Lima"} {
		tx := tx.Clone()
		shops.Go(func() {
			if err := sell(ctx, tx, shop, 1000); err != nil {
				log.Print(err)
			}
		})
	}
	tx.Close() // each shop has its own

	totals := book(ctx, rx)
	shops.Wait()
	for _, shop := range slices.Sorted(maps.Keys(totals)) {
		fmt.Printf("%-6s %9.2f\n", shop, float64(totals[shop])/100)
	}
	stats := rx.Stats()
	fmt.Println(stats.Received, "sales, never more than", stats.Cap, "queued:", stats.HighWater <= stats.Cap)
}
