package closing

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// TestFind tells of each function what is done to a channel after its close.
func TestFind(t *testing.T) {
	r := load(t, `package a

import "sync"

func twice(ch chan int)      { close(ch); close(ch) }
func send(ch chan int)       { close(ch); ch <- 1 }
func fine(ch chan int)       { ch <- 1; close(ch) }
func other(a, b chan int)    { close(a); close(b) }
func branch(ch chan int, b bool) { if b { close(ch) }; close(ch) }
func either(ch chan int, b bool) { if b { close(ch) } else { close(ch) } }
func rounds(ch chan int, n int)  { for range n { close(ch) } }
func anew(ch chan int, n int)    { for range n { close(ch); ch = make(chan int) } }
func deferred(ch chan int)   { defer close(ch); close(ch) }
func order(ch chan int)      { defer close(ch); defer func() { ch <- 1 }() }
func disorder(ch chan int)   { defer func() { ch <- 1 }(); defer close(ch) }

type s struct{ ch chan int; once sync.Once }

func (x *s) stop()           { close(x.ch) }
func (x *s) mayStop(b bool)  { if b { close(x.ch) } }
func (x *s) safe()           { x.once.Do(func() { close(x.ch) }) }
func (x *s) helper()         { x.stop(); x.stop() }
func (x *s) maybe(b bool)    { x.mayStop(b); x.mayStop(!b) }
func (x *s) onces()          { x.safe(); x.safe() }
func (x *s) both()           { x.safe(); x.stop() }
func two(x, y *s)            { x.stop(); y.stop() }

func race() {
	ch := make(chan int)
	go func() { ch <- 1 }()
	close(ch)
}

func waited() {
	ch := make(chan int)
	go func() { ch <- 1 }()
	<-ch
	close(ch)
}

func flagged(b bool) {
	ch, started := make(chan int), false
	if b { started = true; go func() { ch <- 1 }() }
	if !started { close(ch) }
}

func flagless(b, c bool) {
	ch, started := make(chan int), false
	if b { started = c; go func() { ch <- 1 }() }
	if !started { close(ch) }
}

func eachRound(n int) {
	ch := make(chan int)
	for i := range n {
		b := i%2 == 0
		if b { go func() { ch <- 1 }() }
		if !b { close(ch); return }
	}
}
`)
	want := map[string]string{
		"twice": "close after close", "send": "send after close", "branch": "close after close",
		"rounds": "close after itself", "deferred": "close after close", "disorder": "send after close",
		"helper": "close after close", "both": "close after close", "race": "race",
		"flagless": "race", "eachRound": "race",
	}
	for _, f := range r.Funcs {
		if f.Parent != nil {
			continue
		}
		if diff := cmp.Diff(want[f.Name], describe(Find(r, f))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.Name, diff)
		}
		delete(want, f.Name)
	}
	if len(want) > 0 {
		t.Errorf("no functions for %v", want)
	}
}

func describe(found Findings) string {
	var out []string
	for _, a := range found.Agains {
		kind := map[conc.Kind]string{conc.Close: "close", conc.Send: "send"}[a.Then.Use.Kind]
		if a.InLoop() {
			out = append(out, kind+" after itself")
		} else {
			out = append(out, kind+" after close")
		}
	}
	for range found.Races {
		out = append(out, "race")
	}
	return strings.Join(out, ", ")
}

// TestGuardOf tells what keeps each close from being done twice.
func TestGuardOf(t *testing.T) {
	r := load(t, `package a

import "sync"

type s struct {
	mu sync.Mutex
	once sync.Once
	ch chan int
	closed bool
}

func (x *s) none() { close(x.ch) }
func (x *s) nilCheck() { if x.ch != nil { close(x.ch) } }
func (x *s) peek() { select { case <-x.ch: default: close(x.ch) } }
func (x *s) locked() { x.mu.Lock(); defer x.mu.Unlock(); select { case <-x.ch: default: close(x.ch) } }
func (x *s) flag() { if x.closed { return }; x.closed = true; close(x.ch) }
func (x *s) inOnce() { x.once.Do(func() { close(x.ch) }) }
`)
	want := map[string]Guard{"none": Unguarded, "nilCheck": NilCheck, "peek": Peek, "locked": Guarded, "flag": Guarded, "inOnce": Guarded}
	for _, f := range r.Funcs {
		for op := range f.Ops {
			if op.Kind != conc.Close {
				continue
			}
			if got := GuardOf(r, op); got != want[f.Root().Name] {
				t.Errorf("%s: got guard %d, want %d", f.Root().Name, got, want[f.Root().Name])
			}
			delete(want, f.Root().Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("no closes in %v", want)
	}
}

// material is what random states are made of.
const material = `package a

func f(a, b, c chan int) {
	close(a)
	close(b)
	close(c)
	close(a)
	defer close(a)
	defer close(b)
	defer close(c)
}
`

// states generates states of the function in material.
func states(r *effect.Result) *rapid.Generator[state] {
	fl := flow{r: r, f: r.Funcs[0], events: make(map[eventKey]*Event)}
	var chans []place.Place
	var events []*Event
	var defers []*conc.Op
	for op := range r.Funcs[0].Ops {
		switch op.Kind {
		case conc.Close:
			use := r.ChanUses(op)[0]
			send := use
			send.Kind = conc.Send // as in a call that does both
			chans = append(chans, op.Place, op.Place)
			events = append(events, fl.event(Event{At: op, Use: use}), fl.event(Event{At: op, Use: send}))
		case conc.Defer:
			defers = append(defers, op)
		}
	}
	return rapid.Custom(func(t *rapid.T) state {
		if rapid.IntRange(0, 9).Draw(t, "unreached") == 0 {
			return state{}
		}
		s := state{reached: true}
		for i, e := range events {
			if k := rapid.IntRange(0, 2).Draw(t, "closed"); k > 0 {
				s.closed = with(s.closed, entry{chans[i], e, k == 2})
			}
			if rapid.Bool().Draw(t, "sends") {
				s.senders = with(s.senders, entry{chans[i], e, true})
			}
		}
		for _, d := range defers {
			if rapid.Bool().Draw(t, "deferred") {
				s.defers = mergeDefers(s.defers, []*conc.Op{d})
			}
		}
		return s
	})
}

// TestLaws tries the laws of semilattices.
func TestLaws(t *testing.T) {
	r := load(t, material)
	var l lattice
	gen := states(r)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := gen.Draw(t, "a"), gen.Draw(t, "b"), gen.Draw(t, "c")
		same := func(law string, x, y state) {
			if !l.Equals(x, y) {
				t.Fatalf("%s: %s is not %s", law, text(x), text(y))
			}
		}
		same("identity", l.Merge(a, l.Ident()), a)
		same("idempotence", l.Merge(a, a), a)
		same("commutativity", l.Merge(a, b), l.Merge(b, a))
		same("associativity", l.Merge(l.Merge(a, b), c), l.Merge(a, l.Merge(b, c)))
	})
}

func text(s state) string {
	var out []string
	for _, e := range slices.Concat(s.closed, s.senders) {
		out = append(out, fmt.Sprint(e.ch, e.event.At.Pos(), e.must))
	}
	return strings.Join(out, "; ")
}
