package main

import (
	"context"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func Example() {
	main()
	// Output:
	// 180 pages printed, at most 4 in memory: true
	// 20 readings for nobody: 8 queued, 12 lost, <nil>
	// one more, with patience: chans: timed out
	// 12 refused, 1 had to wait
}

// While nobody takes pages, as many are rendered as there is room for, and a
// page that fails takes no room.
func TestProduce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		tx, rx := mpsc.New[page](2)
		var p press
		failed := 0
		go func() {
			for number := 7; number < 100; number++ { // 7 is blank
				if p.produce(ctx, tx, number) != nil {
					failed++
				}
			}
		}()
		synctest.Wait()
		if got := p.now.Load(); got != 2 || failed != 1 {
			t.Errorf("%d pages rendered and %d failed, want 2 and 1", got, failed)
		}
		cancel()
		synctest.Wait()
		if got := p.now.Load(); got != 2 || failed != 91 {
			t.Errorf("after the end of the context: %d pages rendered and %d failed, want 2 and 91", got, failed)
		}
		rx.Close()
		tx.Close()
	})
}
