package mpsc_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/chanlint/chanlint/runtime/mpsc"
	"pgregory.net/rapid"
)

// A machine drives a channel and a model of it with the same calls, none of
// which may block, and compares what they return.
type machine struct {
	tx      []*mpsc.Sender[int]
	rx      *mpsc.Receiver[int]
	permits []mpsc.Permit[int]

	// the model
	bound    int
	queue    []int
	open     []bool // by index in tx
	left     []int  // by index in permits
	rxClosed bool
	sent     int
}

func (m *machine) held() (n int) {
	for _, left := range m.left {
		n += left
	}
	return n
}

func (m *machine) free() int { return m.bound - len(m.queue) - m.held() }

func (m *machine) handles() (n int) {
	for _, open := range m.open {
		if open {
			n++
		}
	}
	return n
}

// over reports whether no value can come any more.
func (m *machine) over() bool { return m.held() == 0 && (m.rxClosed || m.handles() == 0) }

func (m *machine) push(v int) {
	m.queue = append(m.queue, v)
	m.sent++
}

func pick[E any](t *rapid.T, what string, s []E) int {
	if len(s) == 0 {
		t.Skip("no " + what)
	}
	return rapid.IntRange(0, len(s)-1).Draw(t, what)
}

func same(t *rapid.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Fatalf("%s = %v, want %v", what, got, want)
	}
}

func (m *machine) TrySend(t *rapid.T) {
	i := pick(t, "sender", m.tx)
	v := m.sent
	var want error
	switch {
	case !m.open[i] || m.rxClosed:
		want = mpsc.ErrClosed
	case m.free() < 1:
		want = mpsc.ErrFull
	default:
		m.push(v)
	}
	same(t, "TrySend", m.tx[i].TrySend(v), want)
}

func (m *machine) TryReserveN(t *rapid.T) {
	i := pick(t, "sender", m.tx)
	n := rapid.IntRange(0, m.bound+1).Draw(t, "n")
	var want error
	switch {
	case !m.open[i] || m.rxClosed:
		want = mpsc.ErrClosed
	case n > m.bound:
		want = mpsc.ErrTooMany
	case m.free() < n:
		want = mpsc.ErrFull
	}
	p, err := m.tx[i].TryReserveN(n)
	same(t, fmt.Sprintf("TryReserveN(%d)", n), err, want)
	if err == nil {
		m.permits = append(m.permits, p)
		m.left = append(m.left, n)
	}
}

func (m *machine) PermitSend(t *rapid.T) {
	i := pick(t, "permit", m.permits)
	if m.left[i] == 0 {
		t.Skip("used up")
	}
	v := m.sent
	m.permits[i].Send(v)
	m.left[i]--
	m.push(v)
}

func (m *machine) Release(t *rapid.T) {
	i := pick(t, "permit", m.permits)
	m.permits[i].Release()
	m.left[i] = 0
}

func (m *machine) TryRecv(t *rapid.T) {
	got, err := m.rx.TryRecv()
	switch {
	case len(m.queue) > 0:
		same(t, "TryRecv", err, nil)
		if want := m.queue[0]; got != want {
			t.Fatalf("TryRecv = %d, want %d", got, want)
		}
		m.queue = m.queue[1:]
	case m.over():
		same(t, "TryRecv", err, mpsc.ErrClosed)
	default:
		same(t, "TryRecv", err, mpsc.ErrEmpty)
	}
}

func (m *machine) RecvMany(t *rapid.T) {
	if len(m.queue) == 0 && !m.over() {
		t.Skip("would block")
	}
	limit := rapid.IntRange(1, m.bound+1).Draw(t, "limit")
	got, err := m.rx.RecvMany(t.Context(), nil, limit)
	if len(m.queue) == 0 {
		same(t, "RecvMany", err, mpsc.ErrClosed)
		return
	}
	want := m.queue[:min(limit, len(m.queue))]
	if fmt.Sprint(got) != fmt.Sprint(want) || err != nil {
		t.Fatalf("RecvMany(%d) = %v, %v, want %v, nil", limit, got, err, want)
	}
	m.queue = m.queue[len(want):]
}

func (m *machine) Clone(t *rapid.T) {
	i := pick(t, "sender", m.tx)
	m.tx = append(m.tx, m.tx[i].Clone())
	m.open = append(m.open, m.open[i])
}

func (m *machine) Upgrade(t *rapid.T) {
	i := pick(t, "sender", m.tx)
	s, ok := m.tx[i].Weak().Upgrade()
	if want := m.handles() > 0 || m.held() > 0; ok != want {
		t.Fatalf("Upgrade = %t, want %t", ok, want)
	}
	if ok {
		m.tx = append(m.tx, s)
		m.open = append(m.open, true)
	}
}

func (m *machine) CloseSender(t *rapid.T) {
	i := pick(t, "sender", m.tx)
	m.tx[i].Close()
	m.open[i] = false
}

func (m *machine) CloseReceiver(t *rapid.T) {
	if rapid.IntRange(0, 9).Draw(t, "seldom") > 0 {
		t.Skip()
	}
	m.rx.Close()
	m.rxClosed = true
}

// Check compares everything that can be asked without changing anything.
func (m *machine) Check(t *rapid.T) {
	s := m.rx.Stats()
	closed := m.rxClosed || m.over()
	got := []any{m.rx.Len(), m.rx.Cap(), m.tx[0].Free(), m.rx.Closed(), s.Senders, s.Reserved, s.Sent, s.Received}
	want := []any{len(m.queue), m.bound, m.free(), closed, m.handles(), m.held(), m.sent, m.sent - len(m.queue)}
	if fmt.Sprint(got...) != fmt.Sprint(want...) {
		t.Fatalf("Len, Cap, Free, Closed, Senders, Reserved, Sent, Received = %v, want %v", got, want)
	}
	for i, p := range m.permits {
		if got, want := p.Len(), m.left[i]; got != want {
			t.Fatalf("Permit.Len = %d, want %d", got, want)
		}
	}
	select {
	case <-m.rx.Ready():
		if len(m.queue) == 0 && !m.over() {
			t.Fatal("Ready, with nothing to receive")
		}
	default:
		if len(m.queue) > 0 || m.over() {
			t.Fatal("not Ready, with something to receive")
		}
	}
}

func TestModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bound := rapid.IntRange(1, 5).Draw(t, "capacity")
		tx, rx := mpsc.New[int](bound)
		m := &machine{tx: []*mpsc.Sender[int]{tx}, rx: rx, bound: bound, open: []bool{true}}
		t.Repeat(map[string]func(*rapid.T){
			"":              m.Check,
			"TrySend":       m.TrySend,
			"TryReserveN":   m.TryReserveN,
			"PermitSend":    m.PermitSend,
			"Release":       m.Release,
			"TryRecv":       m.TryRecv,
			"RecvMany":      m.RecvMany,
			"Clone":         m.Clone,
			"Upgrade":       m.Upgrade,
			"CloseSender":   m.CloseSender,
			"CloseReceiver": m.CloseReceiver,
		})
	})
}
