// Package queues never asks what was dropped: github.com/hashicorp/raft,
// github.com/rabbitmq/amqp091-go.
package queues

import (
	"context"

	"github.com/hashicorp/raft"
	amqp "github.com/rabbitmq/amqp091-go"
)

func observe(r *raft.Raft, ch chan raft.Observation) {
	r.RegisterObserver(raft.NewObserver(ch, false, nil)) // want `raft.NewObserver is used without GetNumDropped, and its default counts what it drops`
}

func consume(ctx context.Context, c *amqp.Channel, use func(amqp.Delivery)) error {
	deliveries, err := c.ConsumeWithContext(ctx, "q", "", false, false, false, false, nil) // want `c.ConsumeWithContext is used without NotifyClose, and its default closes the deliveries without a word`
	if err != nil {
		return err
	}
	for d := range deliveries {
		use(d)
	}
	return nil
}

func consumeWithoutContext(c *amqp.Channel, use func(amqp.Delivery)) error {
	deliveries, err := c.Consume("q", "", false, false, false, false, nil) // want `c.Consume is used without NotifyClose`
	if err != nil {
		return err
	}
	for d := range deliveries {
		use(d)
	}
	return nil
}
