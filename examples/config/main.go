// Config has settings that change while a program runs. Whoever needs them reads
// the newest; whoever has to act on a change waits for one. Changes that nobody
// had time for are merged into the newest.
package main

import (
	"context"
	"fmt"
	"time"

	"github.com/chanlint/chanlint/runtime/watch"
)

// Settings are replaced as a whole, and never changed.
type settings struct {
	level   string
	timeout time.Duration
}

// serve does one thing with the settings of this moment. It takes no lock,
// whoever else reads or writes.
func serve(what string, rx *watch.Receiver[settings]) {
	fmt.Println(what, "has", rx.Get().timeout)
}

// A logger is made anew for each level, which takes time.
type logger struct {
	settings *watch.Receiver[settings]
	applied  *watch.Sender[string] // the level it has
}

// run applies the newest level until ctx ends or the settings are closed.
func (l *logger) run(ctx context.Context) {
	defer l.settings.Close()
	defer l.applied.Close()
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.settings.Changed(): // asked anew each time
			s, err := l.settings.TryNext()
			if err != nil {
				return // closed
			}
			l.applied.Send(s.level)
		}
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	tx, rx := watch.New(settings{"info", time.Second})
	defer rx.Close()
	serve("the first request", rx)
	tx.Send(settings{"info", 2 * time.Second})
	serve("the second request", rx)

	applied, level := watch.New("info")
	defer level.Close()
	l := &logger{tx.Subscribe(), applied} // subscribed before anything changes
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		l.run(ctx)
	}()
	late := tx.Subscribe() // looks at the end only
	defer late.Close()

	for _, next := range []string{"warn", "debug", "error"} {
		tx.Update(func(s *settings) bool { // of a copy
			s.level = next
			return true
		})
	}
	got, err := level.WaitFor(ctx, func(level string) bool { return level == "error" })
	fmt.Println("after three changes the logger is at", got, err)

	tx.Close()
	<-ended
	for s := range late.Changes(ctx) {
		fmt.Println("who is late sees one change:", s.level)
	}
}
