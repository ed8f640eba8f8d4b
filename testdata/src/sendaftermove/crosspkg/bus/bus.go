// Package bus closes and sends for its users.
package bus

import "sync"

// A Bus carries values.
type Bus struct {
	out  chan int
	once sync.Once
}

// New makes a Bus.
func New() *Bus { return &Bus{out: make(chan int)} }

// Close must be called once.
func (b *Bus) Close() { close(b.out) }

// Stop may be called many times.
func (b *Bus) Stop() { b.once.Do(func() { close(b.out) }) }

// Renew closes the channel and makes another.
func (b *Bus) Renew() {
	close(b.out)
	b.out = make(chan int)
}

// CloseIf may not close.
func (b *Bus) CloseIf(ok bool) {
	if ok {
		close(b.out)
	}
}

// Finish closes the channel of its caller.
func Finish(ch chan<- int) { close(ch) }

// Last sends on the channel of its caller, and closes it.
func Last(ch chan<- int, v int) {
	ch <- v
	close(ch)
}

// Put sends on the channel of its caller.
func Put(ch chan<- int, v int) { ch <- v }
