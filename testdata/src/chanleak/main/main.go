// Command main ends soon, and with it what it leaves behind.
package main

import (
	"os"
	"os/signal"
)

func listen() error { return nil }

func main() {
	errs := make(chan error)
	go func() { errs <- listen() }()
	sig := make(chan os.Signal, 1)
	signal.Notify(sig, os.Interrupt)
	select {
	case <-errs:
	case <-sig:
	}
}
