// Package ethereum subscribes to a chain: github.com/ethereum/go-ethereum.
package ethereum

import (
	"context"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
)

func logs(ctx context.Context, f ethereum.LogFilterer, use func(types.Log)) error {
	ch := make(chan types.Log)
	sub, err := f.SubscribeFilterLogs(ctx, ethereum.FilterQuery{}, ch) // want `^nobody receives from sub.Err, so a broken stream looks like a quiet one; receive from it in a select$`
	if err != nil {
		return err
	}
	defer sub.Unsubscribe()
	for {
		select {
		case log := <-ch:
			use(log)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func logsChecked(ctx context.Context, f ethereum.LogFilterer, use func(types.Log)) error {
	ch := make(chan types.Log)
	sub, err := f.SubscribeFilterLogs(ctx, ethereum.FilterQuery{}, ch)
	if err != nil {
		return err
	}
	defer sub.Unsubscribe()
	for {
		select {
		case log := <-ch:
			use(log)
		case err := <-sub.Err():
			return err
		}
	}
}

func heads(ctx context.Context, c *rpc.Client, ch chan types.Header) error {
	sub, err := c.EthSubscribe(ctx, ch, "newHeads") // want `nobody receives from sub.Err`
	if err != nil {
		return err
	}
	defer sub.Unsubscribe()
	<-ch
	return nil
}

func headsChecked(ctx context.Context, c *rpc.Client, ch chan types.Header) error {
	sub, err := c.EthSubscribe(ctx, ch, "newHeads")
	if err != nil {
		return err
	}
	defer sub.Unsubscribe()
	select {
	case <-ch:
		return nil
	case err := <-sub.Err():
		return err
	}
}
