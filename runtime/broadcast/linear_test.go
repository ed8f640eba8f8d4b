package broadcast_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// The history model: a log of values, and for each receiver how much of the log
// is behind it. Operations are atomic steps on that.

type logState struct {
	log     []int
	cursors []int // -1: closed
	closed  bool
}

type logOp struct {
	receiver int // who reads or closes; -1: a send, -2: the sender's Close
	value    int // sent
	close    bool
}

type logResult struct {
	value  int
	n      int // receivers, of a send
	missed uint64
	err    error // of the sentinels, or nil
}

func logModel(capacity, receivers int) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return logState{cursors: make([]int, receivers)} },
		Equal: func(a, b any) bool {
			x, y := a.(logState), b.(logState)
			return x.closed == y.closed && slices.Equal(x.cursors, y.cursors) && slices.Equal(x.log, y.log)
		},
		Step: func(state, input, output any) (bool, any) {
			s := state.(logState)
			want, next := s.step(input.(logOp), capacity)
			return want == output.(logResult), next
		},
	}
}

// step returns what op must answer in state s, and the state after it.
func (s logState) step(op logOp, capacity int) (logResult, logState) {
	switch {
	case op.receiver == -2:
		s.closed = true
		return logResult{}, s
	case op.receiver == -1:
		return s.send(op.value)
	}
	s.cursors = slices.Clone(s.cursors)
	at := &s.cursors[op.receiver]
	if op.close {
		*at = -1
		return logResult{}, s
	}
	unread := len(s.log) - *at
	switch {
	case *at < 0:
		return logResult{err: broadcast.ErrClosed}, s
	case unread > capacity:
		*at = len(s.log) - capacity
		return logResult{missed: uint64(unread - capacity), err: broadcast.ErrLagged}, s
	case unread > 0:
		*at++
		return logResult{value: s.log[*at-1]}, s
	case s.closed:
		return logResult{err: broadcast.ErrClosed}, s
	}
	return logResult{err: broadcast.ErrEmpty}, s
}

func (s logState) send(v int) (logResult, logState) {
	if s.closed {
		return logResult{err: broadcast.ErrClosed}, s
	}
	var n int
	for _, at := range s.cursors {
		if at >= 0 {
			n++
		}
	}
	if n == 0 {
		return logResult{err: broadcast.ErrNoReceivers}, s
	}
	s.log = append(slices.Clone(s.log), v)
	return logResult{n: n}, s
}

// sentinel turns a lag into its parts, so that results can be compared.
func sentinel(r logResult, err error) logResult {
	r.err = err
	var lag *broadcast.LaggedError
	if errors.As(err, &lag) {
		r.missed, r.err = lag.Missed, broadcast.ErrLagged
	}
	return r
}

// TestLinearizable records random histories of concurrent senders and
// receivers, and has porcupine look for an order that explains each of them.
func TestLinearizable(t *testing.T) {
	const capacity, senders, receivers, calls = 2, 2, 2, 6
	for seed := range uint64(150) {
		tx, first := newInts(t, capacity)
		handles := []*broadcast.Receiver[int]{first, tx.Subscribe()}
		var rec recorder
		var wg sync.WaitGroup
		for client := range senders + receivers {
			rng := rand.New(rand.NewPCG(seed, uint64(client)))
			wg.Go(func() {
				for i := range calls {
					last := rng.IntN(4*calls) == 0
					if client < senders {
						rec.sender(client, tx, client*calls+i, last)
					} else {
						rec.receiver(client, client-senders, handles[client-senders], last)
					}
				}
			})
		}
		wg.Wait()
		if porcupine.CheckOperationsTimeout(logModel(capacity, receivers), rec.ops, 10*time.Second) == porcupine.Illegal {
			t.Fatalf("seed %d: no order explains %v", seed, rec.ops)
		}
		handles[1].Close()
	}
}

// A recorder notes operations and when they began and ended.
type recorder struct {
	clock atomic.Int64
	mu    sync.Mutex
	ops   []porcupine.Operation
}

func (r *recorder) do(client int, op logOp, f func() logResult) {
	call := r.clock.Add(1)
	result := f()
	ret := r.clock.Add(1)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ops = append(r.ops, porcupine.Operation{ClientId: client, Input: op, Call: call, Output: result, Return: ret})
}

// sender sends v, or closes tx.
func (r *recorder) sender(client int, tx *broadcast.Sender[int], v int, close bool) {
	if close {
		r.do(client, logOp{receiver: -2}, func() logResult {
			tx.Close()
			return logResult{}
		})
		return
	}
	r.do(client, logOp{receiver: -1, value: v}, func() logResult {
		n, err := tx.Send(v)
		return logResult{n: n, err: err}
	})
}

// receiver reads from rx, which is number i, or closes it.
func (r *recorder) receiver(client, i int, rx *broadcast.Receiver[int], close bool) {
	r.do(client, logOp{receiver: i, close: close}, func() logResult {
		if close {
			rx.Close()
			return logResult{}
		}
		v, err := rx.TryRecv()
		return sentinel(logResult{value: v}, err)
	})
}
