package mpsc_test

import (
	"errors"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/mpsc"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A call runs in a goroutine of its own in a synctest bubble, so that a test
// can tell whether it has returned.
type call struct {
	returned chan struct{}
	err      error
}

// start starts f, and waits until it returns or blocks.
func start(f func() error) *call {
	c := &call{returned: make(chan struct{})}
	go func() {
		defer close(c.returned)
		c.err = f()
	}()
	synctest.Wait()
	return c
}

func (c *call) blocks(t *testing.T, what string) {
	t.Helper()
	synctest.Wait()
	select {
	case <-c.returned:
		t.Errorf("%s returned %v, want it to block", what, c.err)
	default:
	}
}

func (c *call) returns(t *testing.T, what string, want error) {
	t.Helper()
	synctest.Wait()
	select {
	case <-c.returned:
		wantErr(t, what, c.err, want)
	default:
		t.Errorf("%s blocks, want it to return %v", what, want)
	}
}

func wantErr(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// wantRecv checks what TryRecv returns; v only counts if want is nil.
func wantRecv(t *testing.T, rx *mpsc.Receiver[int], v int, want error) {
	t.Helper()
	got, err := rx.TryRecv()
	wantErr(t, "TryRecv", err, want)
	if want == nil && got != v {
		t.Errorf("TryRecv = %d, want %d", got, v)
	}
}

// fill sends the numbers from 0 until tx is full.
func fill(t *testing.T, tx *mpsc.Sender[int]) {
	t.Helper()
	for i := range tx.Cap() {
		wantErr(t, "TrySend", tx.TrySend(i), nil)
	}
}

func wantPanic(t *testing.T, what, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := recover(); got != want {
			t.Errorf("%s: panic %v, want %v", what, got, want)
		}
	}()
	f()
}
