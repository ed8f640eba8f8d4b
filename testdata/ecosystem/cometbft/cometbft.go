// Package cometbft subscribes to events: github.com/cometbft/cometbft.
package cometbft

import (
	"context"

	"github.com/cometbft/cometbft/libs/pubsub"
	"github.com/cometbft/cometbft/types"
)

func events(ctx context.Context, b *types.EventBus, q pubsub.Query, use func(any)) error {
	sub, err := b.Subscribe(ctx, "a", q)
	if err != nil {
		return err
	}
	for {
		use((<-sub.Out()).Data()) // want `sub.Out is used but sub.Err is never checked`
	}
}

func eventsChecked(ctx context.Context, b *types.EventBus, q pubsub.Query, use func(any)) error {
	sub, err := b.Subscribe(ctx, "a", q)
	if err != nil {
		return err
	}
	for {
		select {
		case msg := <-sub.Out():
			use(msg.Data())
		case <-sub.Canceled():
			return sub.Err()
		}
	}
}

func messages(ctx context.Context, s *pubsub.Server, q pubsub.Query, use func(any)) error {
	sub, err := s.Subscribe(ctx, "a", q)
	if err != nil {
		return err
	}
	for {
		use((<-sub.Out()).Data()) // want `sub.Out is used but sub.Err is never checked`
	}
}

func messagesChecked(ctx context.Context, s *pubsub.Server, q pubsub.Query, use func(any)) error {
	sub, err := s.Subscribe(ctx, "a", q)
	if err != nil {
		return err
	}
	for {
		select {
		case msg := <-sub.Out():
			use(msg.Data())
		case <-sub.Canceled():
			return sub.Err()
		}
	}
}
