// Package modules uses what is known of a library.
package modules

import (
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"
)

func waitDiscarded(t mqtt.Token) error {
	t.WaitTimeout(time.Second) // want `the result of t.WaitTimeout, which says whether the time was up, is discarded`
	return t.Error()
}
