package mpmc_test

import (
	"errors"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/runtime/mpmc"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newInts makes a queue, and has it closed at the end of the test.
func newInts(t testing.TB, capacity int) (*mpmc.Sender[int], *mpmc.Receiver[int]) {
	tx, rx := mpmc.New[int](capacity)
	t.Cleanup(func() {
		tx.Close()
		rx.Close()
	})
	return tx, rx
}

// send sends each of values, for which there must be room.
func send(t testing.TB, tx *mpmc.Sender[int], values ...int) {
	t.Helper()
	for _, v := range values {
		if err := tx.TrySend(v); err != nil {
			t.Fatalf("TrySend(%d): %v", v, err)
		}
	}
}

// wantValues checks that the next reads of rx return values.
func wantValues(t testing.TB, rx *mpmc.Receiver[int], values ...int) {
	t.Helper()
	for _, want := range values {
		if got, err := rx.TryRecv(); got != want || err != nil {
			t.Errorf("TryRecv() = %d, %v, want %d, nil", got, err, want)
		}
	}
}

// wantError checks that err is want, where what returned it.
func wantError(t testing.TB, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s = %v, want %v", what, err, want)
	}
}

// wantEnd checks that all ways to receive from rx report the end.
func wantEnd(t testing.TB, rx *mpmc.Receiver[int]) {
	t.Helper()
	for range 2 { // it stays so
		_, err := rx.TryRecv()
		wantError(t, "TryRecv()", err, mpmc.ErrClosed)
		_, err = rx.Recv(t.Context())
		wantError(t, "Recv()", err, mpmc.ErrClosed)
		if v, ok := <-rx.C(); ok {
			t.Errorf("C() yields %d, want the end", v)
		}
	}
}

// wantPanic checks that f panics with a message that starts with want.
func wantPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got, ok := recover().(string); !ok || !strings.HasPrefix(got, want) {
			t.Errorf("panic with %q, want %q", got, want)
		}
	}()
	f()
}
