// Package clientv3 stands for the client of etcd.
package clientv3

// A WatchResponse tells of changes, or that there are no more.
type WatchResponse struct{ Events []int }

// Err says why a watch has ended.
func (r *WatchResponse) Err() error { return nil }

// A WatchChan gives responses.
type WatchChan <-chan WatchResponse
