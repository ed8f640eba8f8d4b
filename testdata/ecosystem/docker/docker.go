// Package docker follows events, on a channel beside one of errors:
// github.com/moby/moby/client.
package docker

import (
	"context"

	"github.com/moby/moby/api/types/events"
	"github.com/moby/moby/client"
)

func follow(ctx context.Context, c *client.Client, use func(events.Message)) {
	result := c.Events(ctx, client.EventsListOptions{})
	for msg := range result.Messages { // want `result.Messages is used but nobody receives from result.Err`
		use(msg)
	}
}

func followAtOnce(ctx context.Context, c *client.Client, use func(events.Message)) {
	for msg := range c.Events(ctx, client.EventsListOptions{}).Messages { // want `^the result of c.Events is not kept, so nobody can receive from its Err; keep it and receive from both$`
		use(msg)
	}
}

func followChecked(ctx context.Context, c *client.Client, use func(events.Message)) error {
	result := c.Events(ctx, client.EventsListOptions{})
	for {
		select {
		case msg := <-result.Messages:
			use(msg)
		case err := <-result.Err:
			return err
		}
	}
}
