package watch_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/chanlint/chanlint/runtime/watch"
)

// Two clients share each receiver.
const clients, receivers = 4, 2

// An op is one call of a history, an answer what it returned.
type (
	op struct {
		kind string
		v    int
		rx   int // index of the receiver
	}
	answer struct {
		v   int
		err error
	}
)

// A register is the sequential model of a watch: the value with its version,
// what each receiver has seen, and whether the watch is closed.
type register struct {
	v, version int
	seen       [receivers]int
	closed     bool
}

func step(state, input, output any) (bool, any) {
	s, in, out := state.(register), input.(op), output.(answer)
	old := s.v
	write := func(v int) (bool, any) {
		if s.closed {
			return out.err == watch.ErrClosed, s
		}
		s.v, s.version = v, s.version+1
		return out.err == nil, s
	}
	switch in.kind {
	case "send":
		return write(in.v)
	case "swap":
		ok, next := write(in.v)
		return ok && out.v == old, next
	case "add":
		return write(old + in.v)
	case "get":
		return out.v == old, s
	case "mark":
		s.seen[in.rx] = s.version
		return out.v == old, s
	case "close":
		s.closed = true
		return true, s
	case "next":
		switch {
		case s.version > s.seen[in.rx]:
			s.seen[in.rx] = s.version
			return out == answer{s.v, nil}, s
		case s.closed:
			return out.err == watch.ErrClosed, s
		}
		return out.err == watch.ErrEmpty, s
	}
	panic("no such operation: " + in.kind)
}

var model = porcupine.Model{
	Init: func() any { return register{} },
	Step: step,
}

// call does one operation.
func call(tx *watch.Sender[int], rx *watch.Receiver[int], in op) (out answer) {
	switch in.kind {
	case "send":
		out.err = tx.Send(in.v)
	case "swap":
		out.v, out.err = tx.Swap(in.v)
	case "add":
		if !tx.Update(func(p *int) bool { *p += in.v; return true }) {
			out.err = watch.ErrClosed
		}
	case "get":
		out.v = rx.Get()
	case "mark":
		out.v = rx.GetAndMark()
	case "next":
		out.v, out.err = rx.TryNext()
	case "close":
		tx.Close()
	}
	return out
}

// history runs a short random program in each client at once.
func history(r *rand.Rand) []porcupine.Operation {
	kinds := []string{"send", "swap", "add", "get", "mark", "next", "next"}
	tx, first := watch.New(0)
	defer tx.Close()
	rxs := [receivers]*watch.Receiver[int]{first, first.Clone()}
	defer rxs[0].Close()
	defer rxs[1].Close()
	start := time.Now()
	ready := make(chan struct{})
	histories := make([][]porcupine.Operation, clients)
	var wg sync.WaitGroup
	for client := range clients {
		var ops []op
		for range 2 + r.IntN(4) {
			ops = append(ops, op{kinds[r.IntN(len(kinds))], 1 + r.IntN(1000), client % receivers})
		}
		if r.IntN(3*clients) == 0 {
			ops = append(ops, op{kind: "close"})
		}
		rx := rxs[client%receivers]
		wg.Go(func() {
			<-ready
			for _, in := range ops {
				began := time.Since(start)
				out := call(tx, rx, in)
				histories[client] = append(histories[client], porcupine.Operation{
					ClientId: client, Input: in, Output: out,
					Call: int64(began), Return: int64(time.Since(start)),
				})
			}
		})
	}
	close(ready)
	wg.Wait()
	var all []porcupine.Operation
	for _, h := range histories {
		all = append(all, h...)
	}
	return all
}

func TestLinearizable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	for range 1500 {
		if h := history(r); !porcupine.CheckOperations(model, h) {
			t.Fatalf("not linearizable: %v", h)
		}
	}
}

// TestStepRefuses guards the model itself: it must not accept everything.
func TestStepRefuses(t *testing.T) {
	s := register{v: 5, version: 2}
	s.seen[1] = 2
	for _, tt := range []struct {
		in  op
		out answer
	}{
		{op{kind: "get"}, answer{v: 4}},
		{op{kind: "swap", v: 6}, answer{v: 6}},
		{op{kind: "send", v: 6}, answer{err: watch.ErrClosed}},
		{op{kind: "next"}, answer{err: watch.ErrEmpty}},
		{op{kind: "next", rx: 1}, answer{v: 5}},
	} {
		if ok, _ := step(s, tt.in, tt.out); ok {
			t.Errorf("in state %v, the model accepts %v for %v", s, tt.out, tt.in)
		}
	}
}
