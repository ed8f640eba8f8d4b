// Command strict leaves behind what ends with the program. The strict rules
// report it.
package main

import (
	"errors"
	"time"
)

func main() {
	for range time.Tick(time.Second) {
		if err := check(); err != nil {
			return
		}
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
