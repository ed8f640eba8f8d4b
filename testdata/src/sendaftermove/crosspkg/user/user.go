// Package user uses what another package closes.
package user

import "sendaftermove/crosspkg/bus"

// closeTwice has a deferred and an explicit call.
func closeTwice(work func(*bus.Bus) error) error {
	b := bus.New()
	defer b.Close()
	if err := work(b); err != nil {
		b.Close() // want `^b.out is closed here and again by the deferred call on line 9, which panics; close it once$`
		return err
	}
	return nil
}

// closeOnce is the same, repaired.
func closeOnce(work func(*bus.Bus) error) error {
	b := bus.New()
	defer b.Close()
	return work(b)
}

// stopTwice calls what may be called twice.
func stopTwice(b *bus.Bus) {
	defer b.Stop()
	b.Stop()
}

// renewTwice closes different channels.
func renewTwice(b *bus.Bus) {
	b.Renew()
	b.Renew()
}

// closeIfTwice may not close.
func closeIfTwice(b *bus.Bus, ok bool) {
	b.CloseIf(ok)
	b.CloseIf(!ok)
}

// closeOthers closes those of different objects.
func closeOthers(a, b *bus.Bus) {
	a.Close()
	b.Close()
}

// finishAndSend sends on what another function has closed.
func finishAndSend(ch chan int) {
	bus.Finish(ch)
	ch <- 1 // want `ch is sent on after the call to Finish on line 50, which panics; close it after the last send`
}

// putAfterClose sends through another function.
func putAfterClose(ch chan int) {
	close(ch)
	bus.Put(ch, 1) // want `ch is sent on by this call \(bus.go:44\) after the close on line 56, which panics`
}

// lastAndClose closes what another function closes.
func lastAndClose(ch chan int) {
	bus.Last(ch, 1)
	close(ch) // want `ch is closed again after the call to Last on line 62, which panics; close it once`
}

// putBeforeClose is fine.
func putBeforeClose(ch chan int) {
	bus.Put(ch, 1)
	bus.Last(ch, 2)
}

// closeWhilePutting closes while a goroutine sends that runs a function of
// another package. Whether that recovers is not known here.
func closeWhilePutting() <-chan int {
	ch := make(chan int)
	go bus.Put(ch, 1)
	close(ch)
	return ch
}

// closeBesidePutting lets the goroutine close.
func closeBesidePutting() <-chan int {
	ch := make(chan int)
	go bus.Last(ch, 1)
	return ch
}
