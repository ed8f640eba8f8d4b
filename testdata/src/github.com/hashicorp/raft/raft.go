// Package raft stands for the module of that name: what the test data uses of
// it.
package raft

type Raft struct{ leaderCh chan bool }

func (r *Raft) LeaderCh() <-chan bool { return r.leaderCh }
