// Package lossy uses channels of other modules that keep the newest value only.
package lossy

import (
	"context"

	"github.com/hashicorp/raft"
	"go.etcd.io/etcd/client/v3/concurrency"
)

// Two true in a row mean that leadership was lost in between: the first leader
// goes on beside the second.
func startTwice(r *raft.Raft, lead func(stop chan struct{})) {
	var stop chan struct{}
	for isLeader := range r.LeaderCh() { // want `^this goroutine is started for each item of LeaderCh, which keeps only the newest; stop the one before, or use mpsc where each one counts$`
		if isLeader {
			stop = make(chan struct{})
			go lead(stop)
		} else {
			close(stop)
		}
	}
}

type server struct {
	leader <-chan bool
	stop   context.CancelFunc
}

func newServer(r *raft.Raft) *server { return &server{leader: r.LeaderCh()} }

func (s *server) startByField(ctx context.Context, lead func(context.Context)) {
	for {
		select {
		case isLeader := <-s.leader: // want `this goroutine is started for each item of LeaderCh`
			if isLeader {
				leadCtx, cancel := context.WithCancel(ctx)
				s.stop = cancel
				go lead(leadCtx)
				continue
			}
			s.stop()
		case <-ctx.Done():
			return
		}
	}
}

func countTerms(r *raft.Raft) int {
	terms := 0
	for range r.LeaderCh() { // want `terms counts the items of LeaderCh, which keeps only the newest`
		terms++
		if terms > 100 {
			return terms
		}
	}
	return terms
}

func leaders(ctx context.Context, e *concurrency.Election) (all []string) {
	for resp := range e.Observe(ctx) { // want `all keeps the items of Observe, which keeps only the newest`
		all = append(all, resp.Leader)
	}
	return all
}

// The one before is stopped first.
func (s *server) stopBefore(ctx context.Context, lead func(context.Context)) {
	for isLeader := range s.leader {
		if isLeader {
			s.stop()
			leadCtx, cancel := context.WithCancel(ctx)
			s.stop = cancel
			go lead(leadCtx)
		}
	}
}

// A state of its own tells whether it leads.
func checkState(r *raft.Raft, lead func(chan struct{})) {
	var stop chan struct{}
	for isLeader := range r.LeaderCh() {
		switch {
		case isLeader && stop == nil:
			stop = make(chan struct{})
			go lead(stop)
		case !isLeader && stop != nil:
			close(stop)
			stop = nil
		}
	}
}

// What is observed is the state.
func current(ctx context.Context, e *concurrency.Election, show func(string)) {
	for resp := range e.Observe(ctx) {
		show(resp.Leader)
	}
}
