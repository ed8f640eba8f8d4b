// Package etcd watches keys: go.etcd.io/etcd/client/v3.
package etcd

import (
	"context"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// Replay returns the values that a key had since a revision, until one is the
// last or the watch ends.
func Replay(ctx context.Context, c *clientv3.Client, key string, rev int64, last string) []string {
	var values []string
	for resp := range c.Watch(ctx, key, clientv3.WithRev(rev)) {
		for _, ev := range resp.Events { // want `^resp.Events is used but resp.Err is never looked at, so an error or a gap passes for data; check it first$`
			values = append(values, string(ev.Kv.Value))
			if values[len(values)-1] == last {
				return values
			}
		}
	}
	return values
}

// ReplayAll is Replay with a look at the error.
func ReplayAll(ctx context.Context, c *clientv3.Client, key string, rev int64, last string) ([]string, error) {
	var values []string
	for resp := range c.Watch(ctx, key, clientv3.WithRev(rev)) {
		if err := resp.Err(); err != nil {
			return values, err
		}
		for _, ev := range resp.Events {
			values = append(values, string(ev.Kv.Value))
			if values[len(values)-1] == last {
				return values, nil
			}
		}
	}
	return values, ctx.Err()
}
