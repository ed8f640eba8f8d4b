// Package etcdfixed lists anew after a compaction.
package etcdfixed

import (
	"context"
	"errors"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
)

func watch(ctx context.Context, c *clientv3.Client, rev int64, list func() int64, use func(*clientv3.Event)) {
	for ctx.Err() == nil {
		for resp := range c.Watch(ctx, "a", clientv3.WithRev(rev)) {
			if errors.Is(resp.Err(), rpctypes.ErrCompacted) {
				rev = list()
				break
			}
			for _, ev := range resp.Events {
				use(ev)
				rev = ev.Kv.ModRevision + 1
			}
		}
	}
}
