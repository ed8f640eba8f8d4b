// Package queuesfixed asks.
package queuesfixed

import (
	"context"

	"github.com/hashicorp/raft"
	amqp "github.com/rabbitmq/amqp091-go"
)

func observe(r *raft.Raft, ch chan raft.Observation) func() uint64 {
	o := raft.NewObserver(ch, false, nil)
	r.RegisterObserver(o)
	return o.GetNumDropped
}

func consume(ctx context.Context, c *amqp.Channel, use func(amqp.Delivery)) error {
	closed := c.NotifyClose(make(chan *amqp.Error, 1))
	deliveries, err := c.ConsumeWithContext(ctx, "q", "", false, false, false, false, nil)
	if err != nil {
		return err
	}
	for d := range deliveries {
		use(d)
	}
	if err := <-closed; err != nil {
		return err
	}
	return nil
}

func consumeWithoutContext(c *amqp.Channel, use func(amqp.Delivery)) error {
	closed := c.NotifyClose(make(chan *amqp.Error, 1))
	deliveries, err := c.Consume("q", "", false, false, false, false, nil)
	if err != nil {
		return err
	}
	for d := range deliveries {
		use(d)
	}
	if err := <-closed; err != nil {
		return err
	}
	return nil
}
