package types

import "time"

type report struct{ to chan chan error }

// A call that leaves with its reply channel.
type HastyDownload struct {
	reports chan report
	quit    chan struct{}
	errs    chan error
}

func NewHastyDownload() *HastyDownload {
	d := &HastyDownload{reports: make(chan report), quit: make(chan struct{}), errs: make(chan error, 1)}
	go d.loop()
	return d
}

func (d *HastyDownload) loop() {
	for {
		select {
		case <-d.quit:
			return
		case r := <-d.reports:
			r.to <- d.errs // want `this send on r.to blocks for ever once Errors leaves \(line \d+\); make the channel with capacity 1$`
		}
	}
}

func tell[T any](ch chan<- T, v T, quit <-chan struct{}) bool {
	select {
	case ch <- v:
		return true
	case <-quit:
		return false
	}
}

func (d *HastyDownload) Errors() <-chan error {
	r := report{to: make(chan chan error)}
	if !tell(d.reports, r, d.quit) {
		return nil
	}
	select {
	case errs := <-r.to:
		return errs
	case <-time.After(time.Second):
		return nil
	}
}

func (d *HastyDownload) Close() { close(d.quit) }
