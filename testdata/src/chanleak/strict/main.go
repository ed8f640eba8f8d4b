// Command strict leaves behind what mostly ends with the program. The strict
// rules report it, but for what main itself leaves behind when it returns.
package main

import (
	"errors"
	"time"
)

func main() {
	lines := make(chan string)
	go read(lines) // ends with main
	select {
	case <-lines:
	case <-time.After(time.Second):
		return
	}
	for range time.Tick(time.Second) {
		if err := check(); err != nil {
			return
		}
	}
}

func read(lines chan<- string) {
	for {
		lines <- "line"
	}
}

func listen() error { return nil }

func check() error {
	errs := make(chan error)
	go func() {
		errs <- listen() // want `this send on errs blocks for ever once check leaves \(line \d+\); make errs with capacity 1`
	}()
	select {
	case err := <-errs:
		return err
	case <-time.After(time.Second):
		return errors.New("late")
	}
}
