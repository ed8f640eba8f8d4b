package modules

import clientv3 "go.etcd.io/etcd/client/v3"

// A watch that is compacted looks like one that has nothing more to tell.
func follow(watch clientv3.WatchChan, use func(int)) {
	for r := range watch {
		for _, e := range r.Events { // want `r.Events is used but r.Err is never looked at`
			use(e)
		}
	}
}

// The response with the error is the last one, and its end is no success.
func followToTheEnd(watch clientv3.WatchChan, use func(int)) bool {
	for {
		r, ok := <-watch
		if !ok {
			return false
		}
		for _, e := range r.Events {
			use(e)
		}
	}
}
