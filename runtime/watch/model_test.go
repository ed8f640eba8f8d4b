package watch_test

import (
	"testing"

	"github.com/chanlint/chanlint/runtime/watch"
	"pgregory.net/rapid"
)

// A reader is a receiver and what the model knows of it.
type reader struct {
	rx   *watch.Receiver[int]
	seen int // version
	open bool
}

// A machine compares a watch with a model of it: a value, the number of its
// version, and what each reader has seen.
type machine struct {
	senders []*watch.Sender[int]
	open    []bool // by sender
	readers []*reader
	val     int
	version int
}

func newMachine() *machine {
	tx, rx := watch.New(0)
	return &machine{
		senders: []*watch.Sender[int]{tx}, open: []bool{true},
		readers: []*reader{{rx, 1, true}}, version: 1,
	}
}

func (m *machine) closed() bool { return m.count(m.open) == 0 }

func (m *machine) count(open []bool) (n int) {
	for _, o := range open {
		if o {
			n++
		}
	}
	return n
}

func (m *machine) receivers() (n int) {
	for _, r := range m.readers {
		if r.open {
			n++
		}
	}
	return n
}

func (m *machine) sender(t *rapid.T) (int, *watch.Sender[int]) {
	i := rapid.IntRange(0, len(m.senders)-1).Draw(t, "sender")
	return i, m.senders[i]
}

func (m *machine) reader(t *rapid.T) *reader {
	return m.readers[rapid.IntRange(0, len(m.readers)-1).Draw(t, "receiver")]
}

func (m *machine) store(v int) {
	m.val = v
	m.version++
}

func (m *machine) send(t *rapid.T) {
	i, tx := m.sender(t)
	v := rapid.Int().Draw(t, "v")
	var want error
	if !m.open[i] {
		want = watch.ErrClosed
	}
	old := m.val
	if rapid.Bool().Draw(t, "swap") {
		if got, err := tx.Swap(v); got != old || err != want {
			t.Fatalf("Swap(%d) = %d, %v, want %d, %v", v, got, err, old, want)
		}
	} else if err := tx.Send(v); err != want {
		t.Fatalf("Send(%d) = %v, want %v", v, err, want)
	}
	if want == nil {
		m.store(v)
	}
}

func (m *machine) update(t *rapid.T) {
	i, tx := m.sender(t)
	ok := rapid.Bool().Draw(t, "ok")
	want := ok && m.open[i]
	if got := tx.Update(func(p *int) bool { *p++; return ok }); got != want {
		t.Fatalf("Update = %t, want %t", got, want)
	}
	if want {
		m.store(m.val + 1)
	}
}

func (m *machine) cloneSender(t *rapid.T) {
	i, tx := m.sender(t)
	m.senders, m.open = append(m.senders, tx.Clone()), append(m.open, m.open[i])
}

func (m *machine) closeSender(t *rapid.T) {
	i, tx := m.sender(t)
	tx.Close()
	m.open[i] = false
}

func (m *machine) subscribe(t *rapid.T) {
	_, tx := m.sender(t)
	m.readers = append(m.readers, &reader{tx.Subscribe(), m.version, true})
}

func (m *machine) cloneReader(t *rapid.T) {
	r := m.reader(t)
	m.readers = append(m.readers, &reader{r.rx.Clone(), r.seen, r.open})
}

func (m *machine) closeReader(t *rapid.T) {
	r := m.reader(t)
	r.rx.Close()
	r.open = false
}

func (m *machine) tryNext(t *rapid.T) {
	r := m.reader(t)
	want, wantErr := 0, error(nil)
	switch {
	case !r.open:
		wantErr = watch.ErrClosed
	case m.version > r.seen:
		want, r.seen = m.val, m.version
	case m.closed():
		wantErr = watch.ErrClosed
	default:
		wantErr = watch.ErrEmpty
	}
	if got, err := r.rx.TryNext(); got != want || err != wantErr {
		t.Fatalf("TryNext() = %d, %v, want %d, %v", got, err, want, wantErr)
	}
}

func (m *machine) mark(t *rapid.T) {
	r := m.reader(t)
	switch rapid.SampledFrom([]string{"GetAndMark", "MarkSeen", "MarkChanged"}).Draw(t, "how") {
	case "GetAndMark":
		if got := r.rx.GetAndMark(); got != m.val {
			t.Fatalf("GetAndMark() = %d, want %d", got, m.val)
		}
		r.seen = m.version
	case "MarkSeen":
		r.rx.MarkSeen()
		r.seen = m.version
	case "MarkChanged":
		r.rx.MarkChanged()
		r.seen = 0
	}
}

func (m *machine) check(t *rapid.T) {
	tx := m.senders[0]
	for i, r := range m.readers {
		changed, err := r.rx.HasChanged()
		if want := m.version > r.seen; changed != want && r.open {
			t.Fatalf("receiver %d: HasChanged() = %t, want %t", i, changed, want)
		}
		if closed := !r.open || m.closed(); (err == watch.ErrClosed) != closed {
			t.Fatalf("receiver %d: HasChanged error %v; closed is %t", i, err, closed)
		}
		if got, want := fired(r.rx.Changed()), changed || err != nil; got != want {
			t.Fatalf("receiver %d: Changed fires: %t, want %t", i, got, want)
		}
		if got := r.rx.Get(); got != m.val {
			t.Fatalf("receiver %d: Get() = %d, want %d", i, got, m.val)
		}
	}
	if got, want := fired(tx.Idle()), m.receivers() == 0; got != want {
		t.Fatalf("Idle fires: %t, want %t", got, want)
	}
	s := tx.Stats()
	if s.Receivers != m.receivers() || s.Senders != m.count(m.open) ||
		s.Sent != uint64(m.version-1) || s.Closed != m.closed() || s.LeakedHandles != 0 {
		t.Fatalf("Stats() = %v, but %d receivers, %d senders, %d sent, closed %t",
			s, m.receivers(), m.count(m.open), m.version-1, m.closed())
	}
}

// closeAll keeps the clean-ups of forgotten handles out of other tests.
func (m *machine) closeAll() {
	for _, tx := range m.senders {
		tx.Close()
	}
	for _, r := range m.readers {
		r.rx.Close()
	}
}

func TestModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMachine()
		defer m.closeAll()
		t.Repeat(map[string]func(*rapid.T){
			"Send":        m.send,
			"Update":      m.update,
			"CloneSender": m.cloneSender,
			"CloseSender": m.closeSender,
			"Subscribe":   m.subscribe,
			"CloneReader": m.cloneReader,
			"CloseReader": m.closeReader,
			"TryNext":     m.tryNext,
			"Mark":        m.mark,
			"":            m.check,
		})
	})
}
