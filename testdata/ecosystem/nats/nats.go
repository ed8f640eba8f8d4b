// Package nats receives messages: github.com/nats-io/nats.go.
package nats

import (
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Connect connects without a handler for what is dropped.
func Connect(url string) (*nats.Conn, error) {
	return nats.Connect(url, nats.ErrorHandler(nil)) // want `^the handler passed to nats.ErrorHandler is nil, so nobody is told of messages that were dropped; pass one that counts or logs$`
}

// ConnectAndTell is Connect with a handler.
func ConnectAndTell(url string, dropped func(error)) (*nats.Conn, error) {
	return nats.Connect(url, nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
		dropped(err)
	}))
}

func setHandler(c *nats.Conn, dropped func(error)) {
	c.SetErrorHandler(nil)                                            // want `the handler passed to c.SetErrorHandler is nil`
	c.SetErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}) // want `the handler passed to c.SetErrorHandler ignores what it is told`
}

func setHandlerThatTells(c *nats.Conn, dropped func(error)) {
	c.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { dropped(err) })
}

// Next takes what there is.
func Next(sub *nats.Subscription, use func(*nats.Msg)) {
	for {
		msg, _ := sub.NextMsg(time.Second) // want `the result of sub.NextMsg, which says whether messages were dropped, is discarded; look at it`
		if msg == nil {
			return
		}
		use(msg)
	}
}

// NextAndTell is Next with a look at the error.
func NextAndTell(sub *nats.Subscription, use func(*nats.Msg), dropped func(error)) {
	for {
		msg, err := sub.NextMsg(time.Second)
		switch err {
		case nil:
			use(msg)
		case nats.ErrSlowConsumer:
			dropped(err)
		default:
			return
		}
	}
}

func fetch(c jetstream.Consumer, use func(jetstream.Msg)) error {
	batch, err := c.Fetch(10)
	if err != nil {
		return err
	}
	for msg := range batch.Messages() { // want `batch.Messages is used but batch.Error is never checked`
		use(msg)
	}
	return nil
}

func fetchChecked(c jetstream.Consumer, use func(jetstream.Msg)) error {
	batch, err := c.Fetch(10)
	if err != nil {
		return err
	}
	for msg := range batch.Messages() {
		use(msg)
	}
	return batch.Error()
}
