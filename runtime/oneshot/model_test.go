package oneshot_test

import (
	"context"
	"testing"

	"github.com/chanlint/chanlint/runtime/oneshot"
	"pgregory.net/rapid"
)

// A machine compares a pair with a model of it: a value that is absent,
// present or taken, and whether more can come.
type machine struct {
	tx   oneshot.Sender[int]
	rx   oneshot.Receiver[int]
	done <-chan struct{}

	val     int
	present bool // val was sent and not taken
	over    bool // nothing can be sent any more
}

func newMachine() *machine {
	m := new(machine)
	m.tx, m.rx = oneshot.New[int]()
	return m
}

func (m *machine) send(t *rapid.T) {
	v := rapid.IntRange(1, 100).Draw(t, "v")
	want := !m.over
	if got := m.tx.Send(v); got != want {
		t.Fatalf("Send(%d) = %t, want %t", v, got, want)
	}
	if want {
		m.val, m.present, m.over = v, true, true
	}
}

// wantTake checks a receive, and the model's value goes with it.
func (m *machine) wantTake(t *rapid.T, name string, v int, err error) {
	wantV, wantErr := 0, oneshot.ErrClosed
	switch {
	case m.present:
		wantV, wantErr = m.val, nil
		m.present = false
	case !m.over:
		wantErr = oneshot.ErrEmpty
	}
	if v != wantV || err != wantErr {
		t.Fatalf("%s = %d, %v, want %d, %v", name, v, err, wantV, wantErr)
	}
}

func (m *machine) recv(t *rapid.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	v, err := m.rx.Recv(ctx)
	if err == context.Canceled {
		err = oneshot.ErrEmpty
	}
	m.wantTake(t, "Recv", v, err)
}

func (m *machine) tryRecv(t *rapid.T) {
	v, err := m.rx.TryRecv()
	m.wantTake(t, "TryRecv", v, err)
}

func (m *machine) recvC(t *rapid.T) {
	select {
	case v, ok := <-m.rx.C():
		err := oneshot.ErrClosed
		if ok {
			err = nil
		}
		m.wantTake(t, "<-C", v, err)
	default:
		m.wantTake(t, "<-C", 0, oneshot.ErrEmpty)
	}
}

func (m *machine) check(t *rapid.T) {
	if got := m.tx.Closed(); got != m.over {
		t.Fatalf("Closed() = %t, want %t", got, m.over)
	}
	if got, want := m.rx.Empty(), !m.present; got != want {
		t.Fatalf("Empty() = %t, want %t", got, want)
	}
	if got, want := m.rx.Finished(), m.over && !m.present; got != want {
		t.Fatalf("Finished() = %t, want %t", got, want)
	}
	if m.done != nil && isClosed(m.done) != m.over {
		t.Fatalf("Done is closed: %t, want %t", !m.over, m.over)
	}
}

func TestModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMachine()
		t.Repeat(map[string]func(*rapid.T){
			"Send":          m.send,
			"SenderClose":   func(*rapid.T) { m.tx.Close(); m.over = true },
			"ReceiverClose": func(*rapid.T) { m.rx.Close(); m.over = true },
			"Recv":          m.recv,
			"TryRecv":       m.tryRecv,
			"C":             func(*rapid.T) { m.rx.C() },
			"RecvC":         m.recvC,
			"Done":          func(*rapid.T) { m.done = m.tx.Done() },
			"":              m.check,
		})
	})
}
