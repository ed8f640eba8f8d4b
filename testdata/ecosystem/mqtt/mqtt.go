// Package mqtt publishes: github.com/eclipse/paho.mqtt.golang.
package mqtt

import (
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"
)

func publish(c mqtt.Client) {
	token := c.Publish("a", 1, false, "b")
	token.Wait() // want `^token.Wait is used but token.Error is never checked, so a failure passes for success; check it then$`
}

func publishAtOnce(c mqtt.Client) {
	c.Publish("a", 1, false, "b").Wait() // want `^the result of c.Publish is not kept, so its Error cannot be asked whether it failed; keep it and check$`
}

func publishAndHurry(token mqtt.Token) {
	token.WaitTimeout(time.Second) // want `the result of token.WaitTimeout, which says whether the time was up, is discarded`
}

func publishChecked(c mqtt.Client) error {
	token := c.Publish("a", 1, false, "b")
	if !token.WaitTimeout(time.Second) {
		return nil
	}
	return token.Error()
}
