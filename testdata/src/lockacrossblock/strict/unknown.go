package strict

import "sync"

// A Listener is implemented elsewhere.
type Listener interface {
	Changed(v int)
}

// A Source tells others of its changes.
type Source struct {
	mu        sync.Mutex
	listeners []Listener
	value     int

	// OnChange is set by the user.
	OnChange func(int)
}

func (s *Source) get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.value
}

func (s *Source) callInterfaceUnderLock(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = v
	for _, l := range s.listeners {
		l.Changed(v) // miss: what is not known is quiet, in the strict rules too
	}
}

func (s *Source) callInterfaceAfterUnlock(v int) {
	s.mu.Lock()
	s.value = v
	listeners := append([]Listener(nil), s.listeners...)
	s.mu.Unlock()
	for _, l := range listeners {
		l.Changed(v)
	}
}

func (s *Source) callFieldUnderLock(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = v
	s.OnChange(v) // miss: others may set it to a function that is not known
}

func (s *Source) callFieldAfterUnlock(v int) {
	s.mu.Lock()
	s.value = v
	changed := s.OnChange
	s.mu.Unlock()
	changed(v)
}

// A sink is one of two types of this package, of which one blocks.
type sink interface{ accept(v int) }

type pipe struct{ out chan int }

func (p pipe) accept(v int) { p.out <- v }

type total struct{ sum int }

func (t *total) accept(v int) { t.sum += v }

// A Meter is told by its sink or by a function that it was made with.
type Meter struct {
	mu   sync.Mutex
	sink sink
	tell func(int)
	last int
}

func newMeter(out chan int, s sink) *Meter {
	return &Meter{sink: s, tell: func(v int) { out <- v }}
}

func (m *Meter) get() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.last
}

func (m *Meter) acceptUnderLock(v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = v
	m.sink.accept(v) // want `^m\.mu, locked on line 90, is held across the call to accept, which sends on p\.out \((line |unknown\.go:)65\); unlock it first$`
}

func (m *Meter) acceptAfterUnlock(v int) {
	m.mu.Lock()
	m.last = v
	m.mu.Unlock()
	m.sink.accept(v)
}

func (m *Meter) tellUnderLock(v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = v
	m.tell(v) // want "m\\.mu"
}

func (m *Meter) tellAfterUnlock(v int) {
	m.mu.Lock()
	m.last = v
	m.mu.Unlock()
	m.tell(v)
}

func (m *Meter) relay(v int, out chan<- int)     { m.relayOnce(v, out) }
func (m *Meter) relayOnce(v int, out chan<- int) { out <- v }

func (m *Meter) relayUnderLock(out chan<- int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.relay(m.last, out) // want "m\\.mu"
}

func (m *Meter) relayAfterUnlock(out chan<- int) {
	m.mu.Lock()
	last := m.last
	m.mu.Unlock()
	m.relay(last, out)
}
