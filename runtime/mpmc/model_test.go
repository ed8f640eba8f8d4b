package mpmc_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/chanlint/chanlint/runtime/mpmc"
)

// A model runs a queue and the plainest description of one side by side. Closed
// handles are forgotten, except the last of a side, which is used on.
type model struct {
	capacity  int
	senders   []*mpmc.Sender[int]
	receivers []*mpmc.Receiver[int]
	open      [2]int // senders, receivers
	queue     []int
	sent      int
	received  int
}

// TestModel has rapid look for a sequence of calls upon which the queue and the
// model disagree.
func TestModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &model{capacity: rapid.IntRange(0, 4).Draw(t, "capacity"), open: [2]int{1, 1}}
		tx, rx := mpmc.New[int](m.capacity)
		m.senders, m.receivers = append(m.senders, tx), append(m.receivers, rx)
		defer func() {
			for _, tx := range m.senders {
				tx.Close()
			}
			for _, rx := range m.receivers {
				rx.Close()
			}
		}()
		t.Repeat(map[string]func(*rapid.T){
			"TrySend":       m.trySend,
			"TrySendMore":   m.trySend, // twice as often as the rest
			"TryRecv":       m.tryRecv,
			"Drain":         m.drain,
			"Clone":         m.clone,
			"CloseSender":   m.closeSender,
			"CloseReceiver": m.closeReceiver,
			"":              m.check,
		})
	})
}

func (m *model) trySend(t *rapid.T) {
	err := rapid.SampledFrom(m.senders).Draw(t, "sender").TrySend(m.sent)
	var want error
	switch {
	case m.open[0] == 0 || m.open[1] == 0:
		want = mpmc.ErrClosed
	case len(m.queue) == m.capacity:
		want = mpmc.ErrFull
	}
	if !errors.Is(err, want) {
		t.Fatalf("TrySend() = %v, want %v", err, want)
	}
	if err == nil {
		m.queue = append(m.queue, m.sent)
		m.sent++
	}
}

func (m *model) tryRecv(t *rapid.T) {
	v, err := rapid.SampledFrom(m.receivers).Draw(t, "receiver").TryRecv()
	var want error
	switch {
	case m.open[1] == 0:
		want = mpmc.ErrClosed
	case len(m.queue) > 0:
	case m.open[0] == 0:
		want = mpmc.ErrClosed
	default:
		want = mpmc.ErrEmpty
	}
	if !errors.Is(err, want) {
		t.Fatalf("TryRecv() = %v, want %v", err, want)
	}
	if err != nil {
		return
	}
	if v != m.queue[0] {
		t.Fatalf("TryRecv() = %d, want %d", v, m.queue[0])
	}
	m.queue = m.queue[1:]
	m.received++
}

func (m *model) drain(t *rapid.T) {
	got := slices.Collect(rapid.SampledFrom(m.receivers).Draw(t, "receiver").Drain())
	if !slices.Equal(got, m.queue) {
		t.Fatalf("Drain() yields %v, want %v", got, m.queue)
	}
	m.received += len(got)
	m.queue = nil
}

func (m *model) clone(*rapid.T) {
	tx, rx := m.senders[0].Clone(), m.receivers[0].Clone()
	if m.open[0] > 0 {
		m.senders = append(m.senders, tx)
		m.open[0]++
	}
	if m.open[1] > 0 {
		m.receivers = append(m.receivers, rx)
		m.open[1]++
	}
}

func (m *model) closeSender(*rapid.T) {
	m.senders[0].Close()
	m.open[0] = max(0, m.open[0]-1)
	if len(m.senders) > 1 {
		m.senders = m.senders[1:]
	}
}

func (m *model) closeReceiver(*rapid.T) {
	m.receivers[0].Close()
	m.open[1] = max(0, m.open[1]-1)
	if m.open[1] == 0 {
		m.queue = nil
	}
	if len(m.receivers) > 1 {
		m.receivers = m.receivers[1:]
	}
}

// check compares what can be asked at any time.
func (m *model) check(t *rapid.T) {
	if got := m.senders[0].Len(); got != len(m.queue) {
		t.Fatalf("Len() = %d, want %d", got, len(m.queue))
	}
	closed := m.open[0] == 0 || m.open[1] == 0
	select {
	case <-m.senders[0].Done():
		if !closed {
			t.Fatal("Done() of an open queue is closed")
		}
	default:
		if closed {
			t.Fatal("Done() of a closed queue is not closed")
		}
	}
	got := m.receivers[0].Stats()
	if got.Sent != uint64(m.sent) || got.Received != uint64(m.received) || got.Closed != closed ||
		got.Senders != m.open[0] || got.Receivers != m.open[1] || got.Cap != m.capacity || got.HighWater < got.Len {
		t.Fatalf("Stats() = %+v, want %d sent, %d received, closed %t, %v handles", got, m.sent, m.received, closed, m.open)
	}
}
