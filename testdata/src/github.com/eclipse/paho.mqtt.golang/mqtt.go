// Package mqtt stands for the library of that name.
package mqtt

import "time"

// A Token tells when something was done.
type Token interface {
	Wait() bool
	WaitTimeout(time.Duration) bool
	Error() error
}

// A Client connects.
type Client interface{ Connect() Token }

// disconnect waits for as long as it may, which the library knows to be enough.
func disconnect(t Token) { t.WaitTimeout(time.Second) }
