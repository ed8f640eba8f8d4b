package broadcast_test

import (
	"errors"
	"testing"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newInts makes a channel, and has it closed at the end of the test.
func newInts(t testing.TB, capacity int) (*broadcast.Sender[int], *broadcast.Receiver[int]) {
	tx, rx := broadcast.New[int](capacity)
	t.Cleanup(func() {
		tx.Close()
		rx.Close()
	})
	return tx, rx
}

// send sends each of values, which must be accepted.
func send(t testing.TB, tx *broadcast.Sender[int], values ...int) {
	t.Helper()
	for _, v := range values {
		if _, err := tx.Send(v); err != nil {
			t.Fatalf("Send(%d): %v", v, err)
		}
	}
}

// wantValues checks that the next reads of rx return values.
func wantValues(t testing.TB, rx *broadcast.Receiver[int], values ...int) {
	t.Helper()
	for _, want := range values {
		if got, err := rx.TryRecv(); got != want || err != nil {
			t.Errorf("TryRecv() = %d, %v, want %d, nil", got, err, want)
		}
	}
}

// wantError checks that the next read of rx returns want.
func wantError(t testing.TB, rx *broadcast.Receiver[int], want error) {
	t.Helper()
	if got, err := rx.TryRecv(); got != 0 || !errors.Is(err, want) {
		t.Errorf("TryRecv() = %d, %v, want 0, %v", got, err, want)
	}
}

// wantLag checks that the next read of rx reports a lag of missed values.
func wantLag(t testing.TB, rx *broadcast.Receiver[int], missed uint64) {
	t.Helper()
	got, err := rx.TryRecv()
	checkLag(t, got, err, missed)
}

func checkLag(t testing.TB, v int, err error, missed uint64) {
	t.Helper()
	var lag *broadcast.LaggedError
	switch {
	case !errors.As(err, &lag) || v != 0:
		t.Errorf("read = %d, %v, want 0, a lag of %d", v, err, missed)
	case lag.Missed != missed || !errors.Is(err, broadcast.ErrLagged):
		t.Errorf("read = %v, want a lag of %d", err, missed)
	}
}

// isClosed reports whether c is closed.
func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
