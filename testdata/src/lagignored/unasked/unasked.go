// Package unasked looks at the errors of watches, and does not tell one from
// another.
package unasked

import clientv3 "go.etcd.io/etcd/client/v3"

func follow(watch func() clientv3.WatchChan, use func(int)) {
	for {
		for r := range watch() {
			if r.Err() != nil { // want `^r.Err is used but nothing here looks for ErrCompacted, after which events are missing; resynchronize then$`
				break
			}
			for _, e := range r.Events {
				use(e)
			}
		}
	}
}
