package oneshot_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/chanlint/chanlint/runtime/oneshot"
)

// An op is what one call of a history did: its kind, its argument, and its
// answer as a value and a word.
type op struct {
	kind string
	v    int
}

type answer struct {
	v    int
	word string // "ok" or why not
}

// cell is the sequential model of both a pair and a Value: a register that is
// written once.
type cell struct {
	v    int
	word string // "empty", "ok" with v, or "closed"
}

// step says whether a register in state s may give out to in, and what comes
// of it. A pair loses its value to the first receive; a Value keeps it.
func step(state, input, output any) (bool, any) {
	s, in, out := state.(cell), input.(op), output.(answer)
	switch in.kind {
	case "send":
		if s.word == "empty" {
			return out.word == "ok", cell{in.v, "ok"}
		}
		return out.word == "no", s
	case "close":
		if s.word == "empty" {
			return true, cell{word: "closed"}
		}
		return true, s
	case "take":
		if s.word == "ok" {
			return out == answer{s.v, "ok"}, cell{word: "closed"}
		}
		return out.word == s.word, s
	case "takeC": // as take, but a channel is closed a moment after it was filled
		if s.word == "closed" && out.word == "empty" {
			return true, s
		}
		in.kind = "take"
		return step(s, in, out)
	case "get":
		return out == answer(s), s
	}
	panic("no such operation: " + in.kind)
}

var model = porcupine.Model{
	Init: func() any { return cell{word: "empty"} },
	Step: step,
}

// record runs the scripts, one goroutine each, and returns what happened.
func record(scripts [][]op, do func(op) answer) []porcupine.Operation {
	start := time.Now()
	histories := make([][]porcupine.Operation, len(scripts))
	ready := make(chan struct{})
	var wg sync.WaitGroup
	for i, script := range scripts {
		wg.Go(func() {
			<-ready
			for _, in := range script {
				call := time.Since(start)
				out := do(in)
				histories[i] = append(histories[i], porcupine.Operation{
					ClientId: i, Input: in, Output: out,
					Call: int64(call), Return: int64(time.Since(start)),
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

// scripts draws a short program for each of four goroutines.
func scripts(r *rand.Rand, kinds []string) [][]op {
	list := make([][]op, 4)
	for i := range list {
		for range 1 + r.IntN(4) {
			list[i] = append(list[i], op{kinds[r.IntN(len(kinds))], r.IntN(1000)})
		}
	}
	return list
}

func TestLinearizablePair(t *testing.T) {
	r := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	for range 1500 {
		tx, rx := oneshot.New[int]()
		out := rx.C()
		do := func(in op) answer {
			switch in.kind {
			case "send":
				return sent(tx.Send(in.v))
			case "close":
				rx.Close()
				return answer{word: "ok"}
			case "takeC":
				return fromC(out)
			}
			return taken(rx.TryRecv())
		}
		history := record(scripts(r, []string{"send", "close", "take", "takeC"}), do)
		if !porcupine.CheckOperations(model, history) {
			t.Fatalf("not linearizable: %v", history)
		}
	}
}

func TestLinearizableValue(t *testing.T) {
	r := rand.New(rand.NewPCG(2, uint64(time.Now().UnixNano())))
	for range 1500 {
		var val oneshot.Value[int]
		do := func(in op) answer {
			if in.kind == "send" {
				return sent(val.Set(in.v))
			}
			v, ok := val.Get()
			if !ok {
				return answer{word: "empty"}
			}
			return answer{v, "ok"}
		}
		history := record(scripts(r, []string{"send", "get", "get"}), do)
		if !porcupine.CheckOperations(model, history) {
			t.Fatalf("not linearizable: %v", history)
		}
	}
}

// TestStepRefuses guards the model itself: it must not accept everything.
func TestStepRefuses(t *testing.T) {
	for _, tt := range []struct {
		state cell
		in    op
		out   answer
	}{
		{cell{word: "empty"}, op{kind: "send"}, answer{word: "no"}},
		{cell{word: "closed"}, op{kind: "send"}, answer{word: "ok"}},
		{cell{3, "ok"}, op{kind: "take"}, answer{4, "ok"}},
		{cell{3, "ok"}, op{kind: "take"}, answer{word: "empty"}},
		{cell{word: "empty"}, op{kind: "get"}, answer{3, "ok"}},
	} {
		if ok, _ := step(tt.state, tt.in, tt.out); ok {
			t.Errorf("in state %v, the model accepts %v for %v", tt.state, tt.out, tt.in)
		}
	}
}

func sent(ok bool) answer {
	if ok {
		return answer{word: "ok"}
	}
	return answer{word: "no"}
}

func taken(v int, err error) answer {
	switch err {
	case nil:
		return answer{v, "ok"}
	case oneshot.ErrEmpty:
		return answer{word: "empty"}
	}
	return answer{word: "closed"}
}

func fromC(out <-chan int) answer {
	select {
	case v, ok := <-out:
		if !ok {
			return answer{word: "closed"}
		}
		return answer{v, "ok"}
	default:
		return answer{word: "empty"}
	}
}
