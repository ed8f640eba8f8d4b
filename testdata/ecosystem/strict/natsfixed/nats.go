// Package natsfixed asks for what was dropped.
package natsfixed

import (
	"errors"
	"time"

	"github.com/nats-io/nats.go"
)

func connect(url string, dropped func(error)) (*nats.Conn, error) {
	return nats.Connect(url, nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { dropped(err) }))
}

func subscribe(c *nats.Conn, use nats.MsgHandler) (*nats.Subscription, error) {
	return c.Subscribe("a", use)
}

func next(sub *nats.Subscription, use func(*nats.Msg), dropped func(error)) {
	for {
		msg, err := sub.NextMsg(time.Second)
		if errors.Is(err, nats.ErrSlowConsumer) {
			dropped(err)
		}
		if err == nil {
			use(msg)
		}
	}
}
