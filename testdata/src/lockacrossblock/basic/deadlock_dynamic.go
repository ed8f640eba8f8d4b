package basic

import "sync"

// A sink is implemented once in this package.
type sink interface {
	accept(v int)
}

// A meter calls a sink. Its own sink counts in the meter, under its lock.
type meter struct {
	mu    sync.Mutex
	sink  sink
	total int
}

type meterSink struct {
	m *meter
}

func (s *meterSink) accept(v int) {
	s.m.mu.Lock()
	s.m.total += v
	s.m.mu.Unlock()
}

func newMeter() *meter {
	m := &meter{}
	m.sink = &meterSink{m}
	return m
}

func (m *meter) callInterfaceUnderLock(v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sink.accept(v) // miss: that m.sink leads back to m is known only where newMeter makes them
}

func (m *meter) callInterfaceAfterUnlock(v int) {
	m.mu.Lock()
	s := m.sink
	m.mu.Unlock()
	s.accept(v)
}

// A valve calls back a method of its own, which it keeps in a field.
type valve struct {
	mu       sync.Mutex
	onChange func(open bool)
	open     bool
	changes  int
}

func newValve() *valve {
	v := &valve{}
	v.onChange = v.count
	return v
}

func (v *valve) count(bool) {
	v.mu.Lock()
	v.changes++
	v.mu.Unlock()
}

func (v *valve) callFieldUnderLock(open bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.open = open
	v.onChange(open) // want "v\\.mu"
}

func (v *valve) callFieldAfterUnlock(open bool) {
	v.mu.Lock()
	v.open = open
	changed := v.onChange
	v.mu.Unlock()
	changed(open)
}
