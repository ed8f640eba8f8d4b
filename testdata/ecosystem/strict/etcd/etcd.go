// Package etcd starts again after any error.
package etcd

import (
	"context"

	clientv3 "go.etcd.io/etcd/client/v3"
)

func watch(ctx context.Context, c *clientv3.Client, rev int64, use func(*clientv3.Event)) {
	for ctx.Err() == nil {
		for resp := range c.Watch(ctx, "a", clientv3.WithRev(rev)) {
			if resp.Err() != nil { // want `resp.Err is used but nothing here looks for ErrCompacted, after which events are missing; resynchronize then`
				break
			}
			for _, ev := range resp.Events {
				use(ev)
			}
		}
	}
}
