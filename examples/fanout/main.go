// Fanout sends each price to everybody who follows them. Whoever is too slow
// loses prices, learns how many, and starts again from the whole list.
package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// A price has changed.
type price struct {
	item  string
	cents int
}

// A market keeps all prices, for those who come late or have missed some.
type market struct {
	mu     sync.Mutex
	prices map[string]int
	tx     *broadcast.Sender[price]
}

func (m *market) set(p price) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.prices[p.item] = p.cents
	m.tx.Send(p) // never waits, so the lock may be held; that nobody follows is no error
}

func (m *market) snapshot() map[string]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.prices)
}

// A follower has its own copy of the prices.
type follower struct {
	prices  map[string]int
	changes int    // that it has seen
	missed  uint64 // that it has not
}

// follow keeps the copy up to date until the market closes.
func (f *follower) follow(ctx context.Context, m *market, rx *broadcast.Receiver[price]) error {
	defer rx.Close()
	for p, err := range rx.All(ctx) {
		if err := f.apply(m, p, err); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// apply takes what was received. An error that tells of a gap does not end
// anything: the copy is made anew, and what comes next may be in it already.
func (f *follower) apply(m *market, p price, err error) error {
	var lag *broadcast.LaggedError
	switch {
	case errors.As(err, &lag):
		f.missed += lag.Missed
		f.prices = m.snapshot()
		return nil
	case err != nil:
		return err
	}
	f.prices[p.item] = p.cents
	f.changes++
	return nil
}

func main() {
	ctx := context.Background()
	tx, quick := broadcast.New[price](4)
	slow := tx.Subscribe()
	m := &market{prices: make(map[string]int), tx: tx}

	q := follower{prices: make(map[string]int)}
	for i := range 10 {
		m.set(price{fmt.Sprint("item ", i%5), 100 + i})
		p, err := quick.Recv(ctx) // keeps up
		if err := q.apply(m, p, err); err != nil {
			fmt.Println(err)
		}
	}
	quick.Close()
	tx.Close()

	s := follower{prices: make(map[string]int)}
	if err := s.follow(ctx, m, slow); err != nil { // begins only now
		fmt.Println(err)
	}
	fmt.Printf("quick: %d changes seen, %d missed\n", q.changes, q.missed)
	fmt.Printf("slow:  %d changes seen, %d missed\n", s.changes, s.missed)
	fmt.Println("same prices in the end:", maps.Equal(q.prices, s.prices))
}
