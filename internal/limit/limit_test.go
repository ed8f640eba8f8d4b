package limit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chanlint/chanlint/internal/effect"
)

// TestSizes checks where the capacity of a channel comes from.
func TestSizes(t *testing.T) {
	for body, want := range map[string]Source{
		"n, _ := strconv.Atoi(r.FormValue(`n`)); MAKE(n)":                               Request,
		"n, _ := strconv.Atoi(strings.TrimSpace(r.FormValue(`n`))); MAKE(n + 1)":        Request,
		"n, _ := strconv.Atoi(r.URL.Query().Get(`n`)); MAKE(max(n, 1))":                 Request,
		"n := 8; if s := r.FormValue(`n`); s != `` { n, _ = strconv.Atoi(s) }; MAKE(n)": Request,
		"n, _ := strconv.Atoi(r.FormValue(`n`)); MAKE(min(n, 8))":                       Elsewhere,
		"n, _ := strconv.Atoi(r.FormValue(`n`)); if n > 8 { n = 8 }; MAKE(n)":           Elsewhere,
		"n, _ := strconv.Atoi(r.FormValue(`n`)); MAKE(n % 8)":                           Elsewhere,
		"n, _ := strconv.Atoi(r.FormValue(`n`)); MAKE(n); for range n { println() }":    Elsewhere,
		"n, _ := strconv.Atoi(os.Getenv(`N`)); MAKE(n)":                                 Elsewhere,
		"MAKE(int(binary.BigEndian.Uint32(b)))":                                         Request,
		"MAKE(int(r.ContentLength))":                                                    Request,
		"MAKE(len(b))":                                                                  Elsewhere,
		"MAKE(size)":                                                                    Argument,
		"MAKE(size * len(b))":                                                           Product,
		"MAKE(size); for i := 0; i < size; i++ { println() }":                           Elsewhere,
	} {
		r := load(t, fmt.Sprintf(`
import ("encoding/binary"; "net/http"; "os"; "strconv"; "strings")
var _, _, _ = binary.BigEndian, os.Getenv, strings.TrimSpace
var _ = strconv.Atoi
func Handle(r *http.Request, b []byte, size int) { %s }
`, strings.ReplaceAll(body, "MAKE(", "_ = make(chan int, ")))
		got := Elsewhere
		for _, s := range Sizes(r) {
			got = s.From
		}
		if got != want {
			t.Errorf("%s: source is %d, want %d", body, got, want)
		}
	}
}

// TestSpawns checks which goroutines are said to be without a limit, and what
// ends their wait.
func TestSpawns(t *testing.T) {
	type result struct {
		found, permit bool
		bound         effect.Bound
	}
	for body, want := range map[string]result{
		"for v := range in { go func() { out <- v }() }":                                                             {found: true},
		"for v := range in { go send(v, out) }":                                                                      {found: true},
		"for { select { case v := <-in: go func() { out <- v }(); case <-stop: return } }":                           {found: true},
		"for v := range in { go func() { select { case out <- v: case <-ctx.Done(): } }() }":                         {found: true, bound: effect.ByContext},
		"for v := range in { go func() { sem <- struct{}{}; out <- v; <-sem }() }":                                   {found: true, permit: true},
		"for v := range in { sem <- struct{}{}; go func() { out <- v; <-sem }() }":                                   {},
		"for v := range in { <-sem; go func() { out <- v; sem <- struct{}{} }() }":                                   {},
		"for range in { go func() { out <- 1 }() }":                                                                  {}, // no item: a permit
		"for range 8 { go func() { out <- 1 }() }":                                                                   {},
		"for v := range in { go func() { println(v) }() }":                                                           {},
		"for v := range in { go func() { select { case out <- v: default: } }() }":                                   {},
		"for v := range in { ch := make(chan int); go func() { ch <- v }(); go func() { <-ch }() }":                  {},
		"n := 0; for v := range in { if n > 8 { continue }; n++; go func() { out <- v }() }":                         {},
		"for v := range in { acquire(); go func() { out <- v }() }":                                                  {},
		"m := map[int]bool{}; for v := range in { if _, ok := m[v]; !ok { m[v] = true; go func() { out <- v }() } }": {},
		"for v := range in { go func() { for { out <- v } }() }":                                                     {}, // a worker
		"v := <-in; go func() { out <- v }()":                                                                        {}, // once
	} {
		r := load(t, fmt.Sprintf(`
import "context"
func run(ctx context.Context, in, out, stop chan int) { %s }
func send(v int, out chan int) { out <- v }
func acquire() { sem <- struct{}{} }
func release() { <-sem }
var sem = make(chan struct{}, 8)
`, body))
		var got result
		for _, s := range Spawns(r) {
			got = result{true, s.Permit, s.Bound}
		}
		if got != want {
			t.Errorf("%s: %+v, want %+v", body, got, want)
		}
	}
}

// TestMailboxes checks which lists under a lock are said to be without a limit,
// by the functions that fill and empty them.
func TestMailboxes(t *testing.T) {
	for _, c := range []struct {
		put, get string
		want     int
	}{
		{"s.list = append(s.list, v); s.c.Signal()", "for len(s.list) == 0 { s.c.Wait() }; s.list = s.list[1:]", 1},
		{"s.list = append(s.list, v); select { case wake <- v: default: }", "<-wake; s.list = s.list[1:]", 1},
		{"if len(s.list) > 9 { return }; s.list = append(s.list, v); s.c.Signal()", "for len(s.list) == 0 { s.c.Wait() }; s.list = s.list[1:]", 0},
		{"s.list = append(s.list, v); s.c.Signal()", "if len(s.list) > s.most { println() }; s.c.Wait(); s.list = s.list[1:]", 0},
		{"s.list = append(s.list, v)", "s.list = s.list[1:]", 0}, // nobody waits
		{"if s.set[v] { return }; s.set[v] = true; s.list = append(s.list, v); s.c.Signal()", "s.c.Wait(); delete(s.set, s.list[0]); s.list = s.list[1:]", 0},
		{"if s.set[v] { return }; s.list = append(s.list, v); s.c.Signal()", "s.c.Wait(); s.list = s.list[1:]", 1}, // a filter
		{"s.list = append(s.list, v); s.c.Signal()", "s.c.Wait(); s.list = nil", 0},                                // all at once
	} {
		r := load(t, fmt.Sprintf(`
import "sync"
type state struct { mu sync.Mutex; c *sync.Cond; list []int; most int; set map[int]bool }
var wake = make(chan int, 1)
func (s *state) put(v int) { s.mu.Lock(); defer s.mu.Unlock(); %s }
func (s *state) get() { s.mu.Lock(); defer s.mu.Unlock(); %s }
`, c.put, c.get))
		if got := len(Mailboxes(r)); got != c.want {
			t.Errorf("put %q and get %q: %d lists, want %d", c.put, c.get, got, c.want)
		}
	}
}
