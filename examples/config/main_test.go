package main

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/runtime/watch"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func Example() {
	main()
	// Output:
	// the first request has 1s
	// the second request has 2s
	// after three changes the logger is at error <nil>
	// who is late sees one change: error
}

// A logger that keeps up applies each level. It ends with its context, and with
// the settings.
func TestLogger(t *testing.T) {
	for _, end := range []string{"context", "settings"} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			tx, rx := watch.New(settings{level: "info"})
			applied, level := watch.New("info")
			defer level.Close()
			ended := false
			go func() {
				(&logger{rx, applied}).run(ctx)
				ended = true
			}()
			var got []string
			for _, l := range []string{"warn", "debug"} {
				tx.Send(settings{level: l})
				synctest.Wait()
				got = append(got, level.Get())
			}
			if want := []string{"warn", "debug"}; !slices.Equal(got, want) {
				t.Errorf("applied %v, want %v", got, want)
			}
			if end == "context" {
				cancel()
			} else {
				tx.Close()
			}
			synctest.Wait()
			if !ended {
				t.Errorf("the logger runs on after the end of its %s", end)
			}
			tx.Close()
		})
	}
}
