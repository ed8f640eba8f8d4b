package feed

import (
	"fmt"
	"strings"
	"testing"
)

// TestCarriers checks how a channel is filled, by the statement that sends v on
// ch, which has room for one and is received from elsewhere.
func TestCarriers(t *testing.T) {
	for send, want := range map[string]Fill{
		"select { case ch <- v: default: }":                                 Dropping,
		"select { case ch <- v: default: return }":                          Dropping,
		"for { select { case ch <- v: default: continue }; break }":         Dropping,
		"select { case <-ch: default: }; ch <- v":                           Replacing,
		"select { case <-ch: default: }; select { case ch <- v: default: }": Replacing,
		"select { case ch <- v: case <-ch: ch <- v }":                       Replacing,
		"ch <- v":                                                     0, // waits
		"select { case ch <- v: case <-stop: }":                       0,
		"select { case ch <- v: default: lost++ }":                    0, // takes note
		"select { case ch <- v: default: panic(`full`) }":             0,
		"select { case old := <-ch: lost += old; default: }; ch <- v": 0, // looks at what it takes
	} {
		r := load(t, fmt.Sprintf(`
var ch = make(chan int, 1)
var lost int
func send(v int, stop chan int) { %s }
func receive() { for range ch {} }
`, send))
		got := Fill(0)
		for _, c := range Carriers(r) {
			got = c.Fill
			if c.Cap != 1 || len(c.Recvs) != 1 {
				t.Errorf("%s: capacity %d and %d receivers, want 1 and 1", send, c.Cap, len(c.Recvs))
			}
		}
		if got != want {
			t.Errorf("%s: fill is %d, want %d", send, got, want)
		}
	}
}

// TestCarriersEscape checks that a channel that is passed on is no carrier.
func TestCarriersEscape(t *testing.T) {
	r := load(t, `
func f() {
	ch := make(chan int, 1)
	select { case ch <- 1: default: }
	g(ch)
	go func() { <-ch }()
}
func g(chan int) {}
`)
	if got := Carriers(r); len(got) > 0 {
		t.Errorf("there are %d carriers, want none", len(got))
	}
}

var kinds = map[Kind]string{Count: "count", Tally: "tally", Sum: "sum", Append: "append", Take: "take", Start: "start"}

// TestActs checks what a function does for each item of ch.
func TestActs(t *testing.T) {
	for body, want := range map[string]string{
		"n := 0; for range ch { n++; if n == 3 { return } }":                 "count n",
		"n := 0; for n < 3 { <-ch; n++ }":                                    "count n",
		"for range ch { s.n++ }":                                             "tally s.n",
		"for range ch { s.n++; if s.n > 3 { return } }":                      "count s.n",
		"n := 0; for range ch { n++; if n == 3 { n = 0 } }":                  "tally n",
		"n := 0; for v := range ch { n += v }; s.n = n":                      "sum n",
		"for v := range ch { s.list = append(s.list, v) }":                   "append s.list",
		"for range ch { s.list = append(s.list, 0) }":                        "",
		"for range ch { s.list = s.list[1:] }":                               "take s.list",
		"for range ch { for len(s.list) > 0 { s.list = s.list[1:] } }":       "",
		"for { if len(s.list) > 0 { s.list = s.list[1:]; continue }; <-ch }": "",
		"for range ch { s.pop() }":                                           "take s.list",
		"for range ch { s.drain() }":                                         "",
		"for v := range ch { go f(v) }":                                      "start",
		"for range ch { go f(0) }":                                           "",
		"for { select { case <-ch: s.pop(); case <-stop: return } }":         "take s.list",
		"for { select { case <-ch: case <-stop: return }; s.pop() }":         "take s.list",
		"for { select { case <-ch: case <-stop: }; s.pop() }":                "", // also without an item
		"for { s.pop(); <-ch }":                                              "", // looks first
		"<-ch; s.pop()":                                                      "", // once
	} {
		r := load(t, fmt.Sprintf(`
import "sync"
type state struct { mu sync.Mutex; n int; list []int }
func (s *state) pop() { s.mu.Lock(); s.list = s.list[1:]; s.mu.Unlock() }
func (s *state) drain() { s.mu.Lock(); for len(s.list) > 0 { s.list = s.list[1:] }; s.mu.Unlock() }
func f(int) {}
var ch = make(chan int, 1)
func receive(s *state, stop chan int) { %s }
func send() { ch <- 1 }
`, body))
		var got []string
		for _, u := range receives(r) {
			if u.Place().String() != "ch" {
				continue
			}
			for _, a := range Acts(r, u) {
				got = append(got, strings.TrimSpace(kinds[a.Kind]+" "+a.Name))
			}
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%s: acts are %q, want %q", body, got, want)
		}
	}
}

// TestDroppedWakeups checks the code around a wait on a condition.
func TestDroppedWakeups(t *testing.T) {
	for body, want := range map[string]int{
		"for s.n == 0 { s.c.Wait(); if ctx.Err() != nil { return } }":                        1,
		"for s.n == 0 { s.c.Wait() }; if ctx.Err() != nil { return }; s.n--":                 1,
		"for s.n == 0 { s.c.Wait(); if late { return } }; s.n--":                             0, // a parameter does not change
		"for s.n == 0 { if ctx.Err() != nil { return }; s.c.Wait() }; s.n--":                 0,
		"for s.n == 0 { s.c.Wait(); if ctx.Err() != nil { s.c.Signal(); return } }":          0,
		"for s.n == 0 { s.c.Wait(); if s.closed { return } }; s.n--":                         0,
		"for s.n == 0 { s.c.Wait() }; s.n--":                                                 0,
		"defer s.c.Broadcast(); for s.n == 0 { s.c.Wait(); if ctx.Err() != nil { return } }": 0,
	} {
		r := load(t, fmt.Sprintf(`
import ("context"; "sync")
type state struct { mu sync.Mutex; c *sync.Cond; n int; closed bool }
func start() *state { s := &state{}; s.c = sync.NewCond(&s.mu); return s }
func (s *state) put() { s.n++; s.c.Signal() }
func (s *state) Get(ctx context.Context, late bool) { s.mu.Lock(); defer s.mu.Unlock(); %s }
`, body))
		if got := len(DroppedWakeups(r)); got != want {
			t.Errorf("%s: %d reports, want %d", body, got, want)
		}
	}
}
