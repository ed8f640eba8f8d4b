package broadcast_test

import (
	"slices"
	"testing"

	"github.com/chanlint/chanlint/runtime/broadcast"
	data "github.com/chanlint/chanlint/testdata/ecosystem/broadcast"
)

// lagging returns a receiver that has missed the first of five values, and is
// closed after them.
func lagging(t *testing.T) *broadcast.Receiver[int] {
	t.Helper()
	tx, rx := broadcast.New[int](4)
	for v := range 5 {
		if _, err := tx.Send(1 + v); err != nil {
			t.Fatal(err)
		}
	}
	tx.Close()
	t.Cleanup(func() { rx.Close() })
	return rx
}

func TestLag(t *testing.T) {
	ctx := t.Context()
	if got := data.Collect(ctx, lagging(t)); len(got) != 0 {
		t.Errorf("Collect returned %v: it should lose everything after the lag, and not know", got)
	}
	got, missed := data.CollectAll(ctx, lagging(t))
	if want := []int{2, 3, 4, 5}; !slices.Equal(got, want) || missed != 1 {
		t.Errorf("CollectAll returned %v and %d missed, want %v and 1", got, missed, want)
	}
}

func TestLagInRange(t *testing.T) {
	ctx := t.Context()
	if got := data.Sum(ctx, lagging(t)); got != 14 {
		t.Errorf("Sum returned %d, want 14: all but the value missed", got)
	}
	if got, missed := data.SumAll(ctx, lagging(t)); got != 14 || missed != 1 {
		t.Errorf("SumAll returned %d and %d missed, want 14 and 1", got, missed)
	}
}
