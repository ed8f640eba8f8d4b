package mpmc_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/chanlint/chanlint/runtime/mpmc"
)

// The history model: a FIFO queue that is open, shut, or over. It is shut by
// Close, and over once a receiver was told so; in between, sends that began
// before may still succeed. (That later ones fail is TestCloseWhileSending's.)

type phase int

const (
	open phase = iota
	shut
	over
)

type queueState struct {
	phase phase
	queue []int
}

type queueOp struct {
	kind  string // "send", "recv", "close"
	value int    // sent
}

type queueResult struct {
	value int
	err   error
}

func queueModel(capacity int) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return queueState{} },
		Equal: func(a, b any) bool {
			x, y := a.(queueState), b.(queueState)
			return x.phase == y.phase && slices.Equal(x.queue, y.queue)
		},
		Step: func(state, input, output any) (bool, any) {
			s, op, out := state.(queueState), input.(queueOp), output.(queueResult)
			switch op.kind {
			case "send":
				return s.send(op.value, out.err, capacity)
			case "recv":
				return s.recv(out)
			}
			s.phase = max(s.phase, shut)
			return true, s
		},
	}
}

func (s queueState) send(v int, err error, capacity int) (bool, queueState) {
	switch {
	case errors.Is(err, mpmc.ErrClosed):
		return s.phase != open, s
	case errors.Is(err, mpmc.ErrFull):
		return s.phase != over && len(s.queue) == capacity, s
	}
	ok := s.phase != over && len(s.queue) < capacity
	s.queue = append(slices.Clone(s.queue), v)
	return ok, s
}

func (s queueState) recv(out queueResult) (bool, queueState) {
	switch {
	case errors.Is(out.err, mpmc.ErrClosed):
		ok := s.phase != open && len(s.queue) == 0
		s.phase = over
		return ok, s
	case errors.Is(out.err, mpmc.ErrEmpty):
		return s.phase != over && len(s.queue) == 0, s
	case len(s.queue) == 0:
		return false, s
	}
	ok := s.queue[0] == out.value
	s.queue = s.queue[1:]
	return ok, s
}

// TestXB05_Linearizable records random histories of concurrent senders and
// receivers, and has porcupine look for an order that explains each of them.
func TestXB05_Linearizable(t *testing.T) {
	const capacity, clients, calls = 2, 4, 7
	for seed := range uint64(200) {
		rec := recorder{}
		rec.tx, rec.rx = newInts(t, capacity)
		var wg sync.WaitGroup
		for client := range clients {
			rng := rand.New(rand.NewPCG(seed, uint64(client)))
			wg.Go(func() {
				for i := range calls {
					op := queueOp{kind: "recv"}
					if client%2 == 0 {
						op = queueOp{"send", client*calls + i}
					}
					if client%2 == 0 && rng.IntN(4*calls) == 0 {
						op = queueOp{kind: "close"}
					}
					rec.do(client, op)
				}
			})
		}
		wg.Wait()
		if porcupine.CheckOperationsTimeout(queueModel(capacity), rec.ops, 10*time.Second) == porcupine.Illegal {
			t.Fatalf("seed %d: no order explains %v", seed, rec.ops)
		}
	}
}

// A recorder runs operations, and notes when they began and ended.
type recorder struct {
	tx    *mpmc.Sender[int]
	rx    *mpmc.Receiver[int]
	clock atomic.Int64
	mu    sync.Mutex
	ops   []porcupine.Operation
}

func (r *recorder) do(client int, op queueOp) {
	var result queueResult
	call := r.clock.Add(1)
	switch op.kind {
	case "send":
		result.err = r.tx.TrySend(op.value)
	case "recv":
		result.value, result.err = r.rx.TryRecv()
	case "close":
		r.tx.Close()
	}
	ret := r.clock.Add(1)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ops = append(r.ops, porcupine.Operation{ClientId: client, Input: op, Call: call, Output: result, Return: ret})
}
