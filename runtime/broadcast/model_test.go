package broadcast_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// A modelReceiver keeps its own copy of all values sent since it was made.
type modelReceiver struct {
	rx     *broadcast.Receiver[int]
	unread []int
	closed bool
}

// A model runs a channel and the plainest description of one side by side.
type model struct {
	capacity  int
	senders   []*broadcast.Sender[int]
	open      int // of the senders
	receivers []*modelReceiver
	sent      int
	missed    uint64
}

// TestModel has rapid look for a sequence of calls upon which the channel and
// the model disagree.
func TestModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &model{capacity: rapid.IntRange(1, 5).Draw(t, "capacity"), open: 1}
		tx, rx := broadcast.New[int](m.capacity)
		m.senders = append(m.senders, tx)
		m.receivers = append(m.receivers, &modelReceiver{rx: rx})
		defer m.closeAll()
		t.Repeat(map[string]func(*rapid.T){
			"Send":          m.send,
			"SendMore":      m.send, // twice as often as the rest
			"TryRecv":       m.tryRecv,
			"RecvMany":      m.recvMany,
			"Subscribe":     m.subscribe,
			"Resubscribe":   m.resubscribe,
			"CloseReceiver": m.closeReceiver,
			"CloneSender":   m.cloneSender,
			"CloseSender":   m.closeSender,
			"":              m.check,
		})
	})
}

// A sender that was closed is no longer in m.senders, except that the last one
// stays, to be used closed.
func (m *model) sender(t *rapid.T) *broadcast.Sender[int] {
	return rapid.SampledFrom(m.senders).Draw(t, "sender")
}

func (m *model) receiver(t *rapid.T) *modelReceiver {
	return rapid.SampledFrom(m.receivers).Draw(t, "receiver")
}

func (m *model) live() (n int) {
	for _, r := range m.receivers {
		if !r.closed {
			n++
		}
	}
	return n
}

func (m *model) send(t *rapid.T) {
	n, err := m.sender(t).Send(m.sent)
	want, wantErr := m.live(), error(nil)
	switch {
	case m.open == 0:
		want, wantErr = 0, broadcast.ErrClosed
	case want == 0:
		wantErr = broadcast.ErrNoReceivers
	}
	if n != want || !errors.Is(err, wantErr) {
		t.Fatalf("Send() = %d, %v, want %d, %v", n, err, want, wantErr)
	}
	if err != nil {
		return
	}
	for _, r := range m.receivers {
		if !r.closed {
			r.unread = append(r.unread, m.sent)
		}
	}
	m.sent++
}

// next predicts a read: a lag, an error, or neither.
func (m *model) next(r *modelReceiver) (lag int, err error) {
	switch {
	case r.closed:
		return 0, broadcast.ErrClosed
	case len(r.unread) > m.capacity:
		return len(r.unread) - m.capacity, broadcast.ErrLagged
	case len(r.unread) > 0:
		return 0, nil
	case m.open == 0:
		return 0, broadcast.ErrClosed
	}
	return 0, broadcast.ErrEmpty
}

// lagged checks err against the prediction, and reports whether that was all.
func (m *model) failed(t *rapid.T, r *modelReceiver, err error) bool {
	wantLag, wantErr := m.next(r)
	if !errors.Is(err, wantErr) {
		t.Fatalf("read: %v, want %v", err, wantErr)
	}
	var lag *broadcast.LaggedError
	if errors.As(err, &lag) {
		if lag.Missed != uint64(wantLag) {
			t.Fatalf("lag of %d, want %d", lag.Missed, wantLag)
		}
		m.missed += lag.Missed
		r.unread = r.unread[wantLag:]
	}
	return err != nil
}

func (m *model) tryRecv(t *rapid.T) {
	r := m.receiver(t)
	v, err := r.rx.TryRecv()
	if m.failed(t, r, err) {
		return
	}
	if v != r.unread[0] {
		t.Fatalf("TryRecv() = %d, want %d", v, r.unread[0])
	}
	r.unread = r.unread[1:]
}

func (m *model) recvMany(t *rapid.T) {
	r := m.receiver(t)
	if _, err := m.next(r); errors.Is(err, broadcast.ErrEmpty) {
		return // it would wait
	}
	limit := rapid.IntRange(1, 6).Draw(t, "limit")
	got, err := r.rx.RecvMany(t.Context(), nil, limit)
	if m.failed(t, r, err) {
		return
	}
	if want := min(limit, len(r.unread)); len(got) != want {
		t.Fatalf("RecvMany() returns %d values, want %d", len(got), want)
	}
	for i, v := range got {
		if v != r.unread[i] {
			t.Fatalf("RecvMany()[%d] = %d, want %d", i, v, r.unread[i])
		}
	}
	r.unread = r.unread[len(got):]
}

func (m *model) subscribe(t *rapid.T) {
	m.receivers = append(m.receivers, &modelReceiver{rx: m.sender(t).Subscribe()})
}

func (m *model) resubscribe(t *rapid.T) {
	m.receivers = append(m.receivers, &modelReceiver{rx: m.receiver(t).rx.Resubscribe()})
}

func (m *model) closeReceiver(t *rapid.T) {
	r := m.receiver(t)
	r.rx.Close()
	r.closed, r.unread = true, nil
}

func (m *model) cloneSender(t *rapid.T) {
	clone := m.sender(t).Clone()
	if m.open > 0 {
		m.senders = append(m.senders, clone)
		m.open++
	}
}

func (m *model) closeSender(t *rapid.T) {
	if rapid.IntRange(0, 3).Draw(t, "seldom") > 0 {
		return
	}
	m.senders[0].Close()
	if m.open > 0 {
		m.open--
	}
	if len(m.senders) > 1 {
		m.senders = m.senders[1:]
	}
}

// check compares what can be asked at any time.
func (m *model) check(t *rapid.T) {
	var slowest int
	for _, r := range m.receivers {
		slowest = max(slowest, min(len(r.unread), m.capacity))
		if got := r.rx.Len(); got != len(r.unread) {
			t.Fatalf("Len() = %d, want %d", got, len(r.unread))
		}
		_, err := m.next(r)
		if got, want := isClosed(r.rx.Ready()), !errors.Is(err, broadcast.ErrEmpty); got != want {
			t.Fatalf("Ready() closed: %t, want %t", got, want)
		}
		if got, want := r.rx.Closed(), r.closed || m.open == 0; got != want {
			t.Fatalf("Closed() = %t, want %t", got, want)
		}
	}
	tx := m.senders[0]
	if got := tx.Len(); got != slowest {
		t.Fatalf("sender Len() = %d, want %d", got, slowest)
	}
	if got, want := isClosed(tx.Idle()), m.live() == 0; got != want {
		t.Fatalf("Idle() closed: %t, want %t", got, want)
	}
	got := tx.Stats()
	if got.Sent != uint64(m.sent) || got.Missed != m.missed || got.Senders != m.open || got.Receivers != m.live() {
		t.Fatalf("Stats() = %+v, want %d sent, %d missed, %d senders, %d receivers", got, m.sent, m.missed, m.open, m.live())
	}
}

func (m *model) closeAll() {
	for _, tx := range m.senders {
		tx.Close()
	}
	for _, r := range m.receivers {
		r.rx.Close()
	}
}
