// Package unaskednear leaves it to others to tell errors apart.
package unaskednear

import clientv3 "go.etcd.io/etcd/client/v3"

// The caller finds out that the watch has ended.
func first(watch clientv3.WatchChan) int {
	for {
		r, ok := <-watch
		if !ok || r.Err() != nil {
			return 0
		}
		for _, e := range r.Events {
			return e
		}
	}
}

// Who has received it may have looked.
func convert(r *clientv3.WatchResponse) (events []int, failed bool) {
	return r.Events, r.Err() != nil
}

// The error itself is returned.
func last(watch clientv3.WatchChan) (n int, err error) {
	for r := range watch {
		if err := r.Err(); err != nil {
			return n, err
		}
		n += len(r.Events)
	}
	return n, nil
}
