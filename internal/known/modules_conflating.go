package known

// Two equal values in a row mean that the one between them was replaced.
func moduleConflating() map[string]Gives {
	return map[string]Gives{
		"(*github.com/hashicorp/raft.Raft).LeaderCh":                ByChannel, // two true in a row: lost and regained
		"(*go.etcd.io/etcd/client/v3/concurrency.Election).Observe": ByChannel, // the newest leader, not all of them
	}
}
