package model

import (
	"slices"
	"strings"
	"testing"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/conctest"
	"github.com/chanlint/chanlint/internal/explore"
)

// load builds the package of which body is the file, but for its head.
func load(t *testing.T, body string) *conc.Package {
	t.Helper()
	return conctest.Load(t, "package p\nimport (\"context\"; \"sync\"; \"time\")\n"+
		"var _ context.Context; var _ sync.Mutex; var _ time.Time\n"+
		"func yes() bool; func call(...any)\n"+body)
}

// verdict says what becomes of function f in body: why there is no model, or
// what the search finds.
func verdict(t *testing.T, body string) string {
	t.Helper()
	p := load(t, body)
	i := slices.IndexFunc(p.Funcs, func(f *conc.Func) bool { return f.Name == "f" })
	if i < 0 {
		t.Fatal("no function f")
	}
	scopes := slices.DeleteFunc(New(p).Scopes(), func(s Scope) bool { return s.fn != p.Funcs[i] })
	if len(scopes) == 0 {
		return "no scope"
	}
	m, err := New(p).Build(scopes[0], Rounds{2, 2})
	if err != nil {
		return err.Error()
	}
	res := explore.Explore(m.Program, explore.Options{States: 5000})
	if res.Verdict == explore.Stuck {
		for _, st := range res.Witnesses[0].Stuck {
			if op := m.Sites[st.Site].Op; op == nil {
				t.Errorf("stuck at a site without operation")
			}
		}
	}
	return res.Verdict.String()
}

// send is a goroutine that sends once on ch, and recv a wait for it or for a
// context.
const (
	send = "go func() { ch <- 1 }()\n"
	recv = "select { case <-ch: case <-ctx.Done(): }\n"
)

func TestBuild(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"no goroutine", "func f() { ch := make(chan int, 1); ch <- 1; <-ch }", "clean"},
		{"raced", "func f(ctx context.Context) { ch := make(chan int); " + send + recv + "}", "stuck"},
		{"room", "func f(ctx context.Context) { ch := make(chan int, 1); " + send + recv + "}", "clean"},
		{"received", "func f() { ch := make(chan int); " + send + "<-ch }", "clean"},
		{"received by a deferred call", "func f() { ch := make(chan int); defer func() { <-ch }(); " + send + "if yes() { return } }", "clean"},
		{"defers run last first", "func f() { ch, q := make(chan int), make(chan int); defer close(q); defer func() { <-ch }(); go func() { <-q; ch <- 1 }() }", "stuck"},
		{"defers in order", "func f() { ch, q := make(chan int), make(chan int); defer func() { <-ch }(); defer close(q); go func() { <-q; ch <- 1 }() }", "clean"},
		{"ok is known", "func f() { ch := make(chan int); go func() { close(ch) }(); _, ok := <-ch; if ok { <-ch; select {} } }", "clean"},
		{"case is known", "func f() { a, b := make(chan int), make(chan int); go func() { a <- 1; b <- 1 }(); for range 2 { select { case <-a: case <-b: } } }", "clean"},
		{"condition asked twice", "func f(c bool) { ch := make(chan int); if c { " + send + "}; if c { <-ch } }", "clean"},
		{"other conditions", "func f(c, d bool) { ch := make(chan int); if c { " + send + "}; if d { <-ch } }", "stuck"},
		{"phi of constants", "func f() { ch := make(chan int); on := false; if yes() { on = true; " + send + "}; if on { <-ch } }", "clean"},
		{"parameter", "func f(ctx context.Context) { ch := make(chan int); go g(ch); " + recv + "}\nfunc g(c chan<- int) { c <- 1 }", "stuck"},
		{"inlined call", "func f() { ch := make(chan int); " + send + "g(ch) }\nfunc g(c <-chan int) { <-c }", "clean"},
		{"recursion", "func f() { ch := make(chan int); " + send + "g(ch) }\nfunc g(c <-chan int) { <-c; g(c) }", "makes nothing that a goroutine uses"},
		{"returned", "func f() chan int { ch := make(chan int); " + send + "return ch }", "makes nothing that a goroutine uses"},
		{"passed on", "func f() { ch := make(chan int); " + send + "call(ch) }", "makes nothing that a goroutine uses"},
		{"one of two passed on", "func f() { ch, q := make(chan int), make(chan int); " + send + "call(q); select { case <-ch: case <-q: } }", "stuck"},
		{"same rounds", "func f(s []int) { ch := make(chan int); for range s { " + send + "}; for range s { <-ch } }", "clean"},
		{"same rounds, otherwise", "func f(n int) { ch := make(chan int); for i := 0; i < n; i++ { " + send + "}; for range n { <-ch } }", "clean"},
		{"one round less", "func f(n int) { ch := make(chan int); for range n { " + send + "}; for i := 1; i < n; i++ { <-ch } }", "stuck"},
		{"other rounds", "func f(n, m int) { ch := make(chan int); for range n { " + send + "}; for range m { <-ch } }", "clean"},
		{"three numbers", "func f(n, m, k int) { ch := make(chan int, k); for range n { " + send + "}; for range m { <-ch } }", "loops with different numbers of rounds"},
		{"counter", "func f() { ch := make(chan int); n := 0; for yes() { n++; " + send + "}; for ; n > 0; n-- { <-ch } }", "a loop whose number of rounds is not known"},
		{"constant rounds", "func f() { ch := make(chan int); for range 3 { " + send + "}; <-ch; <-ch; <-ch }", "clean"},
		{"room for all", "func f(s []int) { ch := make(chan int, len(s)); for range s { " + send + "}; if yes() { return }; for range s { <-ch } }", "clean"},
		{"wait group", "func f(s []int) { ch := make(chan int); var wg sync.WaitGroup; wg.Add(len(s)); for range s { go func() { defer wg.Done(); ch <- 1 }() }; go func() { wg.Wait(); close(ch) }(); for range ch {} }", "clean"},
		{"wait group first", "func f(s []int) { ch := make(chan int); var wg sync.WaitGroup; for range s { wg.Go(func() { ch <- 1 }) }; wg.Wait(); for range s { <-ch } }", "stuck"},
		{"wait group from elsewhere", "func f(wg *sync.WaitGroup) { ch := make(chan int); " + send + "wg.Wait(); <-ch }", "a wait group that cannot be followed"},
		{"once", "func f() { ch := make(chan int); var o sync.Once; go func() { o.Do(func() { close(ch) }) }(); o.Do(func() { close(ch) }); <-ch }", "clean"},
		{"own context", "func f() { ctx, cancel := context.WithCancel(context.Background()); ch := make(chan int); go func() { defer cancel(); ch <- 1 }(); " + recv + "}", "clean"},
		{"derived context", "func f(up context.Context) { ctx, cancel := context.WithCancel(up); ch := make(chan int); go func() { defer cancel(); ch <- 1 }(); " + recv + "}", "stuck"},
		{"loop with an end", "func f() { ch, done := make(chan int), make(chan int); go func() { for { if yes() { close(ch); return }; if yes() { ch <- 1 } } }(); go func() { for range ch {}; close(done) }(); <-done }", "clean"},
		{"panic", "func f() { ch := make(chan int); " + send + "if yes() { panic(1) }; <-ch }", "clean"},
		{"recover", "func f(ctx context.Context) { ch := make(chan int, 1); go func() { defer func() { if r := recover(); r != nil { ch <- 2 } }(); ch <- 1 }(); " + recv + "}", "clean"},
		{"a value that does not matter", "func f(ctx context.Context) { ch := make(chan bool); go func() { for { b := yes(); if b { call() }; select { case ch <- b: case <-ctx.Done(): return } } }(); for { if <-ch { call() } } }", "stuck"},
		{"flag of a loop", "func f() { ch := make(chan int); go func() { for done := false; !done; { select { case _, ok := <-ch: if !ok { done = true; break }; call(); case <-time.After(1): } } }(); ch <- 1; ch <- 2; close(ch) }", "clean"},
		{"shared flag", "func f() { ch := make(chan int); sent := false; for range 2 { go func() { if !sent { sent = true; ch <- 1 } }() }; <-ch }", "stuck"},
		{"set to nil by the first", "func f(g func()) { t := &T{stop: func() {}}; ch := make(chan int); " + send + "for range 2 { go func() { t.mu.Lock(); if t.stop != nil { t.stop = nil; <-ch }; t.mu.Unlock() }() } }\ntype T struct { mu sync.Mutex; stop func() }", "clean"},
		{"not set to nil", "func f(g func()) { t := &T{stop: func() {}}; ch := make(chan int); " + send + "for range 2 { go func() { t.mu.Lock(); if t.stop != nil { <-ch }; t.mu.Unlock() }() } }\ntype T struct { mu sync.Mutex; stop func() }", "stuck"},
		{"set to what may be nil", "func f(g func()) { t := &T{stop: func() {}}; ch := make(chan int); " + send + "for range 2 { go func() { t.mu.Lock(); if t.stop != nil { t.stop = g; <-ch }; t.mu.Unlock() }() } }\ntype T struct { mu sync.Mutex; stop func() }", "stuck"},
		{"nil, and then not", "func f(g func()) { t := &T{}; ch := make(chan int); go func() { t.mu.Lock(); t.stop = func() {}; t.mu.Unlock(); ch <- 1 }(); <-ch; if t.stop == nil { <-ch } }\ntype T struct { mu sync.Mutex; stop func() }", "clean"},
		{"nil, and then what may be nil", "func f(g func()) { t := &T{}; ch := make(chan int); go func() { t.mu.Lock(); t.stop = g; t.mu.Unlock(); ch <- 1 }(); <-ch; if t.stop == nil { <-ch } }\ntype T struct { mu sync.Mutex; stop func() }", "stuck"},
		{"nil as far as can be seen", "func f(g func()) { t := &T{}; ch := make(chan int); go func() { t.mu.Lock(); t.stop = nil; t.mu.Unlock(); ch <- 1 }(); <-ch; if t.stop != nil { <-ch } }\ntype T struct { mu sync.Mutex; stop func() }", "stuck"},
		{"shared flag that does not matter", "func f() { ch := make(chan int); on := false; go func() { if !on { on = true }; ch <- 1 }(); <-ch }", "clean"},
		{"an inlined call starts the receiver", "func f() { ch := make(chan int); g(ch); " + send + "}\nfunc g(c chan int) { go func() { <-c }() }", "clean"},
		{"a goroutine only cancels", "func f() { ctx, cancel := context.WithCancel(context.Background()); ch := make(chan int); go func() { cancel() }(); go func() { select { case ch <- 1: case <-ctx.Done(): } }(); if yes() { " + recv + " } }", "clean"},
		{"a function only cancels", "func f() { ctx, cancel := context.WithCancel(context.Background()); ch := make(chan int); go func() { select { case ch <- 1: case <-ctx.Done(): } }(); g(cancel) }\nfunc g(c context.CancelFunc) { c() }", "clean"},
		{"nobody cancels", "func f() { ctx, cancel := context.WithCancel(context.Background()); ch := make(chan int); go func() { select { case ch <- 1: case <-ctx.Done(): } }(); if yes() { return }; cancel() }", "stuck"},
		{"a tick never ends", "func f() { ch := make(chan int); go func() { for range time.Tick(1) { ch <- 1 } }(); for range ch { } }", "clean"},
		{"timer", "func f() { ch := make(chan int); time.AfterFunc(1, func() { ch <- 1 }); if yes() { <-ch } }", "stuck"},
		{"timer that is stopped", "func f() { ch := make(chan int); t := time.AfterFunc(1, func() { ch <- 1 }); defer t.Stop(); if yes() { <-ch } }", "a timer that may be stopped"},
		{"condition variable", "func f(c *sync.Cond) { ch := make(chan int); " + send + "c.Wait(); <-ch }", "a condition variable that cannot be followed"},
		{"made in a loop", "func f(ctx context.Context) { for { ch := make(chan int); " + send + recv + "} }", "stuck"},
		{"made in a loop, with room", "func f(ctx context.Context) { for { ch := make(chan int, 1); " + send + recv + "} }", "clean"},
		{"made in a loop, received", "func f(n int) { for range n { ch := make(chan int); " + send + "if yes() { <-ch; continue }; <-ch } }", "clean"},
		{"made in a loop, closed at the end", "func f(n int) { for range n { ch := make(chan int); defer close(ch); go func() { <-ch }() } }", "deferred calls in a loop"},
		{"the sender decides too", "func f() { ch := make(chan bool); go func() { for { b := yes(); ch <- b; if b { return } } }(); for { if <-ch { return } } }", "a receiver that knows what its sender does"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := verdict(t, tt.body); got != tt.want {
				t.Errorf("got %q, want %q, for\n%s", got, tt.want, tt.body)
			}
		})
	}
}

func TestBuildRounds(t *testing.T) {
	p := load(t, "func f(s []int) { ch := make(chan int); for range s { "+send+"}; <-ch; <-ch }")
	for rounds, want := range map[int]explore.Verdict{2: explore.Clean, 3: explore.Stuck} {
		m, err := New(p).Build(New(p).Scopes()[0], Rounds{rounds, 9})
		if err != nil {
			t.Fatal(err)
		}
		if m.Counts != 1 {
			t.Errorf("with %d rounds: Counts is %d, want 1", rounds, m.Counts)
		}
		if got := explore.Explore(m.Program, explore.Options{}).Verdict; got != want {
			t.Errorf("with %d rounds: got %v, want %v", rounds, got, want)
		}
	}
}

func TestBuildTwoRounds(t *testing.T) {
	p := load(t, "func f(n, m int) { ch := make(chan int); for range n { "+send+"}; for range m { <-ch } }")
	for rounds, want := range map[Rounds]explore.Verdict{
		{2, 2}: explore.Clean, {3, 2}: explore.Stuck, {2, 3}: explore.Stuck, {3, 3}: explore.Clean,
	} {
		m, err := New(p).Build(New(p).Scopes()[0], rounds)
		if err != nil {
			t.Fatal(err)
		}
		if got := explore.Explore(m.Program, explore.Options{}).Verdict; got != want || m.Counts != 2 {
			t.Errorf("with %d rounds: got %v and Counts %d, want %v and 2", rounds, got, m.Counts, want)
		}
	}
}

func TestSimplify(t *testing.T) {
	code := []explore.Instr{
		0: {Op: explore.Jump, Next: 1},
		1: {Op: explore.Branch, To: []int{2, 3}}, // all ways lead to 4
		2: {Op: explore.Jump, Next: 4},
		3: {Op: explore.Branch, To: []int{1, 4}},
		4: {Op: explore.Close, Next: 5},
		5: {Op: explore.Branch, To: []int{4, 6}},
		6: {Op: explore.Return},
	}
	var got []string
	for _, in := range simplify(code) {
		got = append(got, map[explore.Op]string{explore.Close: "close", explore.Branch: "branch", explore.Return: "return"}[in.Op])
	}
	if got, want := strings.Join(got, " "), "close branch return"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestHarness looks at objects of type T, with a constructor that makes a channel.
func TestHarness(t *testing.T) {
	const head = "type T struct { ch, wake chan int; mu sync.Mutex }\n" +
		"func NewT() *T { return &T{wake: make(chan int, 1)} }\n"
	const execute = "func (t *T) Execute() { t.ch = make(chan int); go func() { close(t.ch) }() }\n"
	const forget = "func (t *T) Execute() { t.ch = make(chan int); go func() { if yes() { close(t.ch) } }() }\n"
	tests := []struct{ name, body, want string }{
		{"made by another call", execute + "func (t *T) Wait() { <-t.ch }", "clean"},
		{"made by another call, and left", forget + "func (t *T) Wait() { <-t.ch }", "stuck"},
		{"under a lock", execute + "func (t *T) Wait() { t.mu.Lock(); <-t.ch; t.mu.Unlock() }\nfunc (t *T) Other() { t.mu.Lock(); t.mu.Unlock() }", "clean"},
		{"selected", execute + "func (t *T) Wait() { select { case <-t.ch: case <-t.wake: } }", "clean"},
		{"selected, and left", forget + "func (t *T) Wait() { select { case <-t.ch: case <-t.wake: } }", "stuck"},
		{"made once", "func (t *T) Execute() { t.mu.Lock(); defer t.mu.Unlock(); if t.ch != nil { return }; t.ch = make(chan int); go func() { close(t.ch) }() }\nfunc (t *T) Wait() { <-t.ch }", "clean"},
		{"made once, and left", "func (t *T) Execute() { t.mu.Lock(); defer t.mu.Unlock(); if t.ch != nil { return }; t.ch = make(chan int); go func() { if yes() { close(t.ch) } }() }\nfunc (t *T) Wait() { <-t.ch }", "stuck"},
		{"asked first", execute + "func (t *T) Wait() { ch := t.ch; if ch == nil { return }; <-ch }", "clean"},
		{"sent by another call", "func (t *T) Execute() { t.ch = make(chan int); go func() { <-t.ch }() }\nfunc (t *T) Send() { t.ch <- 1 }", "stuck"},
		{"what starts the object", "func (t *T) Start(on bool) { if on { t.ch = make(chan int); go func() { close(t.ch) }() } }\nfunc (t *T) Wait() { <-t.ch }", "stuck"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := load(t, head+tt.body)
			scopes := slices.DeleteFunc(New(p).Scopes(), func(s Scope) bool { return s.typ == nil })
			if len(scopes) != 1 {
				t.Fatalf("got %d types, want 1", len(scopes))
			}
			m, err := New(p).Build(scopes[0], Rounds{2, 2})
			if err != nil {
				t.Fatal(err)
			}
			if got := explore.Explore(m.Program, explore.Options{}).Verdict.String(); got != tt.want {
				t.Errorf("got %q, want %q, for\n%s", got, tt.want, tt.body)
			}
		})
	}
}

// TestHarnessGivesUp checks that a call which cannot be followed gives an error,
// although what it has started is not translated.
func TestHarnessGivesUp(t *testing.T) {
	p := load(t, "type T struct { wake chan int }\nfunc NewT() *T { return &T{wake: make(chan int)} }\n"+
		"func (t *T) Do() { go t.send(); t.receive() }\nfunc (t *T) send() { t.wake <- 1 }\nfunc (t *T) receive() { <-t.wake; t.receive() }")
	for _, s := range New(p).Scopes() {
		if s.typ == nil {
			continue
		}
		if _, err := New(p).Build(s, Rounds{2, 2}); err == nil || err.Error() != "recursion" {
			t.Errorf("got error %v, want recursion", err)
		}
		return
	}
	t.Fatal("no type has a scope")
}
