// Package modules uses what is known of a library.
package modules

import (
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"
)

func waits(t func() mqtt.Token) {
	token := t()
	token.Wait() // want `^token.Wait is used but token.Error is never checked, so a failure passes for success; check it then$`
}

func waitsChecked(t func() mqtt.Token) error {
	token := t()
	token.Wait()
	return token.Error()
}

func connects(c mqtt.Client) {
	c.Connect().Wait() // want `^the result of c.Connect is not kept, so its Error cannot be asked whether it failed; keep it and check$`
}

func waitDiscarded(t mqtt.Token) error {
	t.WaitTimeout(time.Second) // want `the result of t.WaitTimeout, which says whether the time was up, is discarded`
	return t.Error()
}

func waitAgreed(t mqtt.Token) error {
	t.WaitTimeout(time.Second) // best effort: Error tells what came of it
	return t.Error()
}
