package strict

import "sendaftermove/crosspkg/bus"

// A Line is served by a goroutine that closes its channel, in a function of
// another package.
type Line struct {
	ended chan int
	anew  chan int
}

// Open starts the goroutine.
func (l *Line) Open() {
	go bus.Finish(l.ended) // want `^l.ended is closed by the goroutine that each call of Open starts \(bus.go:35\), and a second close panics; make it anew here$`
}

// Repair opens it again.
func (l *Line) Repair() { l.Open() }

// Reset does so too.
func (l *Line) Reset() { l.Open() }

// OpenAnew makes the channel that the goroutine closes.
func (l *Line) OpenAnew() {
	l.anew = make(chan int)
	go bus.Finish(l.anew)
}

// RepairAnew opens it again.
func (l *Line) RepairAnew() { l.OpenAnew() }

// ResetAnew does so too.
func (l *Line) ResetAnew() { l.OpenAnew() }

// A Cable is opened by two constructors, each with a channel of its own.
type Cable struct{ ended chan int }

func serve(c *Cable) *Cable {
	go bus.Finish(c.ended)
	return c
}

// NewCable opens a Cable.
func NewCable() *Cable { return serve(&Cable{ended: make(chan int)}) }

// NewLongCable does so too.
func NewLongCable() *Cable { return serve(&Cable{ended: make(chan int, 8)}) }

// A Port waits for the goroutine before it makes the channel anew, elsewhere.
type Port struct{ ended chan int }

func (p *Port) listen() { go bus.Finish(p.ended) }

// Open listens.
func (p *Port) Open() { p.listen() }

// Renew waits for the end, and listens again.
func (p *Port) Renew() {
	<-p.ended
	p.reset()
	p.listen()
}

func (p *Port) reset() { p.ended = make(chan int) }
