package types

import "time"

// Stop does not close the channel of a ticker.
func Every(d time.Duration, f func()) (stop func()) {
	t := time.NewTicker(d)
	go func() {
		for range t.C { // want `^this range loop over t.C never ends, because Stop \(line \d+\) does not close the channel; select on it and a stop channel$`
			f()
		}
	}()
	return func() { t.Stop() }
}

func EveryUntil(d time.Duration, f func()) (stop func()) {
	t := time.NewTicker(d)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-t.C:
				f()
			case <-done:
				return
			}
		}
	}()
	return func() { t.Stop(); close(done) }
}

// It is kept in a field, and stopped by a method.
type Heart struct {
	ticker *time.Ticker
	beats  int
}

func (h *Heart) Start() {
	h.ticker = time.NewTicker(time.Second)
	go h.beat()
}

func (h *Heart) beat() {
	for range h.ticker.C { // want `this range loop over h.ticker.C never ends, .*`
		h.beats++
	}
}

func (h *Heart) Stop() { h.ticker.Stop() }

// It goes on as long as the program, and nobody says otherwise.
func Forever(f func()) {
	go func() {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for range t.C {
			f()
		}
	}()
}

// It leaves by itself.
func UntilFailure(f func() error) (stop func()) {
	t := time.NewTicker(time.Second)
	go func() {
		for range t.C {
			if f() != nil {
				return
			}
		}
	}()
	return t.Stop
}
