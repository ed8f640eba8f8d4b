// Package nats leaves what is dropped to the default handler.
package nats

import (
	"time"

	"github.com/nats-io/nats.go"
)

func connect(url string) (*nats.Conn, error) {
	return nats.Connect(url) // want `^nats.Connect is used without SetErrorHandler, and its default prints what was dropped; use that to learn of losses$`
}

func subscribe(c *nats.Conn, use nats.MsgHandler) (*nats.Subscription, error) {
	return c.Subscribe("a", use)
}

func next(sub *nats.Subscription, use func(*nats.Msg)) {
	for {
		msg, err := sub.NextMsg(time.Second) // want `sub.NextMsg is used but nothing here looks for SetErrorHandler, after which messages are missing`
		if err != nil {
			continue
		}
		use(msg)
	}
}
