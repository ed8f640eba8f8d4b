package main

import (
	"context"
	"errors"
	"testing"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func Example() {
	main()
	// Output:
	// Bern     5995.00
	// Kyoto    5995.00
	// Lima     5995.00
	// 3000 sales, never more than 8 queued: true
}

// A shop does not wait for a ledger that has gone.
func TestSellWithoutLedger(t *testing.T) {
	tx, rx := mpsc.New[sale](2)
	rx.Close()
	if err := sell(context.Background(), tx, "Oslo", 10); !errors.Is(err, mpsc.ErrClosed) {
		t.Errorf("sell = %v, want %v", err, mpsc.ErrClosed)
	}
}
