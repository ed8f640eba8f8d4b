package mpsc_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/chanlint/chanlint/runtime/mpsc"
)

// A history records what concurrent goroutines did to a channel, to be checked
// against linearModel.
type history struct {
	clock atomic.Int64
	mu    sync.Mutex
	ops   []porcupine.Operation
}

type input struct {
	op string
	v  byte // to send
}

type output struct {
	v   byte // received
	err error
}

func (o output) String() string {
	if o.err != nil {
		return o.err.Error()
	}
	return strconv.Itoa(int(o.v))
}

// do records f as an operation of the given client.
func (h *history) do(client int, op string, v byte, f func() (byte, error)) error {
	call := h.clock.Add(1)
	got, err := f()
	ret := h.clock.Add(1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ops = append(h.ops, porcupine.Operation{
		ClientId: client,
		Input:    input{op, v},
		Call:     call,
		Output:   output{got, err},
		Return:   ret,
	})
	return err
}

// A linearState is a bounded FIFO queue.
type linearState struct {
	queue    string
	senders  int
	rxClosed bool
}

func linearModel(capacity, senders int) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return linearState{senders: senders} },
		Step: func(state, in, out any) (bool, any) {
			return step(capacity, state.(linearState), in.(input), out.(output))
		},
	}
}

func step(capacity int, s linearState, in input, out output) (bool, linearState) {
	switch in.op {
	case "close sender":
		s.senders--
		return true, s
	case "close receiver":
		s.rxClosed = true
		return true, s
	case "recv":
		switch {
		case out.err == nil:
			if s.queue == "" || s.queue[0] != out.v {
				return false, s
			}
			s.queue = s.queue[1:]
			return true, s
		case errors.Is(out.err, mpsc.ErrEmpty):
			return s.queue == "" && !s.rxClosed && s.senders > 0, s
		}
		return s.queue == "" && (s.rxClosed || s.senders == 0), s
	case "send":
		switch {
		case out.err == nil:
			s.queue += string([]byte{in.v})
			return !s.rxClosed && len(s.queue) <= capacity, s
		case errors.Is(out.err, mpsc.ErrFull):
			return len(s.queue) == capacity && !s.rxClosed, s
		}
		return s.rxClosed, s
	}
	panic("unknown operation " + in.op)
}

func TestLinearizable(t *testing.T) {
	for seed := range uint64(200) {
		capacity := 1 + int(seed%3)
		const senders = 3
		var h history
		record(t, &h, rand.New(rand.NewPCG(seed, 1)), capacity, senders)
		if got := porcupine.CheckOperationsTimeout(linearModel(capacity, senders), h.ops, 10*time.Second); got != porcupine.Ok {
			t.Fatalf("seed %d: the history is %v:\n%s", seed, got, h.String())
		}
	}
}

// record lets senders and a receiver do random things to a channel. Nobody
// blocks for ever: senders end by closing their handles, the receiver by
// closing its own.
func record(t *testing.T, h *history, random *rand.Rand, capacity, senders int) {
	tx, rx := mpsc.New[byte](capacity)
	handles := []*mpsc.Sender[byte]{tx}
	for len(handles) < senders {
		handles = append(handles, tx.Clone()) // before any of them is closed
	}
	var wg sync.WaitGroup
	for id, s := range handles {
		coins := random.Uint64()
		wg.Go(func() {
			for i := range 6 {
				v := byte(8*id + i)
				send := func() (byte, error) { return 0, s.TrySend(v) }
				if coins>>i&1 == 0 {
					send = func() (byte, error) { return 0, s.Send(t.Context(), v) }
				}
				h.do(id, "send", v, send)
				runtime.Gosched()
			}
			h.do(id, "close sender", 0, func() (byte, error) { return 0, s.Close() })
		})
	}
	coins := random.Uint64()
	recv := func() (byte, error) { return rx.Recv(t.Context()) }
	for i := range 12 {
		if coins>>i&1 == 0 {
			h.do(senders, "recv", 0, rx.TryRecv)
			runtime.Gosched()
			continue
		}
		h.do(senders, "recv", 0, recv)
	}
	h.do(senders, "close receiver", 0, func() (byte, error) { return 0, rx.Close() })
	for h.do(senders, "recv", 0, recv) == nil {
	}
	wg.Wait()
}

func (h *history) String() string {
	var s string
	for _, op := range h.ops {
		s += fmt.Sprintf("client %d, %d to %d: %v = %v\n", op.ClientId, op.Call, op.Return, op.Input, op.Output)
	}
	return s
}
