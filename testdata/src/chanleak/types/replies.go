package types

import "time"

// Not every reply channel is the one of the call: the check sends one with room,
// from where it is not followed, and does not look at what comes.
type report struct{ to chan chan error }

type Download struct {
	reports chan report
	quit    chan struct{}
	errs    chan error
}

func NewDownload() *Download {
	d := &Download{reports: make(chan report), quit: make(chan struct{}), errs: make(chan error, 1)}
	go d.loop()
	return d
}

func (d *Download) loop() {
	for {
		select {
		case <-d.quit:
			return
		case r := <-d.reports:
			r.to <- d.errs
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

func (d *Download) Errors() <-chan error {
	r := report{to: make(chan chan error)}
	if !tell(d.reports, r, d.quit) {
		return nil
	}
	return <-r.to
}

func (d *Download) Close() { close(d.quit) }

type downloads struct{ quit chan struct{} }

func (s *downloads) check(d *Download) {
	for {
		select {
		case <-time.After(time.Minute):
			select {
			case d.reports <- report{to: make(chan chan error, 1)}:
			case <-d.quit:
				return
			}
		case <-s.quit:
			return
		}
	}
}

func (s *downloads) checkAll(all map[string]*Download) {
	for _, d := range all {
		go s.check(d)
	}
}

// Here nobody else sends, and the call leaves with its reply channel.
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
