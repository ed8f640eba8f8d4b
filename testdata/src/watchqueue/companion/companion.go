// Package companion uses the companion library for what it is not made for.
package companion

import (
	"context"

	"github.com/chanlint/chanlint/runtime/broadcast"
	"github.com/chanlint/chanlint/runtime/watch"
)

func countChanges(ctx context.Context, rx *watch.Receiver[int]) int {
	n := 0
	for n < 10 {
		if _, err := rx.Next(ctx); err != nil { // want `^n counts the items of Next, which keeps only the newest; use a broadcast or mpsc where each one counts$`
			return n
		}
		n++
	}
	return n
}

func keepValues(ctx context.Context, rx *watch.Receiver[string]) (log []string) {
	for v := range rx.Changes(ctx) { // want `log keeps the items of Changes, which keeps only the newest`
		log = append(log, v)
	}
	return log
}

func addUp(ctx context.Context, rx *watch.Receiver[int]) int {
	total := 0
	for {
		v, err := rx.Next(ctx) // want `total adds up the items of Next`
		if err != nil {
			return total
		}
		total += v
	}
}

func startJobs(ctx context.Context, rx *watch.Receiver[string], do func(string)) {
	for v := range rx.Values(ctx) { // want `this goroutine is started for each item of Values, which keeps only the newest; stop the one before, or use mpsc where each one counts`
		go do(v)
	}
}

func takeIfChanged(ctx context.Context, rx *watch.Receiver[int]) (all []int) {
	for {
		select {
		case <-rx.Changed():
			v, err := rx.TryNext() // want `all keeps the items of TryNext`
			if err != nil {
				return all
			}
			all = append(all, v)
		case <-ctx.Done():
			return all
		}
	}
}

// The newest value is all that counts.
func apply(ctx context.Context, rx *watch.Receiver[int], set func(int)) {
	for v := range rx.Values(ctx) {
		set(v)
	}
}

// Reloads are counted for those who look at the statistics.
type server struct{ reloads int }

func (s *server) reload(ctx context.Context, rx *watch.Receiver[int]) error {
	for {
		if _, err := rx.Next(ctx); err != nil {
			return err
		}
		s.reloads++
	}
}

// Each event counts, and who is late is told.
func addUpEvents(ctx context.Context, rx *broadcast.Receiver[int]) int {
	total := 0
	for v, err := range rx.All(ctx) {
		if err != nil {
			continue
		}
		total += v
	}
	return total
}

func subscribeAfterSend(ctx context.Context) (int, error) {
	tx, _ := broadcast.New[int](8)
	if _, err := tx.Send(1); err != nil {
		return 0, err
	}
	rx := tx.Subscribe() // want `Subscribe comes after what is published \(line 94\), so that it may miss all of it; subscribe first`
	defer rx.Close()
	return rx.Recv(ctx)
}

func subscribeAfterStart(ctx context.Context, load func() int) (int, error) {
	tx, _ := broadcast.New[int](8)
	go func() {
		defer tx.Close()
		tx.Send(load())
	}()
	rx := tx.Subscribe() // want `Subscribe comes after what is published \(line 104\)`
	defer rx.Close()
	return rx.Recv(ctx)
}

func subscribeFirst(ctx context.Context, load func() int) (int, error) {
	tx, _ := broadcast.New[int](8)
	rx := tx.Subscribe()
	defer rx.Close()
	go func() {
		defer tx.Close()
		tx.Send(load())
	}()
	return rx.Recv(ctx)
}
