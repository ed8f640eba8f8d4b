// Package natspublish only publishes, and nothing of that is dropped.
package natspublish

import "github.com/nats-io/nats.go"

func publish(url string) error {
	c, err := nats.Connect(url)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Publish("a", nil)
}
