// Package user uses what another package describes.
package user

import (
	"errors"

	"lagignored/crosspkg/bus"
)

func readsToTheEnd(r *bus.Reader) {
	for {
		v, err := r.Receive() // want `any error of r.Receive ends this loop, but after ErrGap values go on`
		if err != nil {
			return
		}
		use(v)
	}
}

func readsOn(r *bus.Reader) {
	for {
		v, err := r.Receive()
		if errors.Is(err, bus.ErrGap) {
			continue
		}
		if err != nil {
			return
		}
		use(v)
	}
}

func feedUnchecked() error {
	feed, err := bus.Open()
	if err != nil {
		return err
	}
	for v := range feed.Values() { // want `feed.Values is used but feed.Broken is never checked`
		use(v)
	}
	return nil
}

func feedChecked() bool {
	feed, err := bus.Open()
	if err != nil {
		return false
	}
	for v := range feed.Values() {
		use(v)
	}
	return feed.Broken()
}

func eventUnchecked() {
	for e := range bus.Events() {
		use(e.Text) // want `e.Text is used but e.Missed is never looked at`
	}
}

func eventChecked() (missed int) {
	for e := range bus.Events() {
		missed += e.Missed
		use(e.Text)
	}
	return missed
}

func otherUnchecked() {
	for o := range bus.Others() {
		use(o.Text)
	}
}

func listens(lost *int) {
	bus.Listen("a", nil) // want `the handler passed to bus.Listen is nil`
	bus.Listen("b", func(n int) { *lost += n })
}

func drains() int {
	bus.Drain() // want `the result of bus.Drain`
	bus.Of()
	return bus.Drain()
}

func use(...any) {}
