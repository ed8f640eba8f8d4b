package heap_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/conctest"
	"github.com/chanlint/chanlint/internal/heap"
)

// follow follows function f of the package with that body.
func follow(t *testing.T, body string) *heap.Heap {
	t.Helper()
	p := conctest.Load(t, `package p
import ("sync"; "context"; "net/http"; "fmt"; "slices")
var _ sync.Mutex; var _ context.Context; var _ http.Handler; var _ = fmt.Sprint; var _ = slices.Clone[[]int]
type box struct { ch chan int; in *box; mu sync.Mutex; f func(); s sender }
type sender interface { send() }
func (b *box) send() { b.ch <- 1 }
func yes() bool
func outside(any)
var global chan int
`+body)
	i := slices.IndexFunc(p.Funcs, func(f *conc.Func) bool { return f.Name == "f" })
	if i < 0 {
		t.Fatal("no function f")
	}
	h := heap.New(heap.NewPackage(p), heap.Scope{Fn: p.Funcs[i], Loops: func(fn *ssa.Function, block int) bool {
		return inLoop(fn.Blocks[block])
	}, Depth: 8})
	h.Follow()
	return h
}

// inLoop reports whether b can be reached from itself.
func inLoop(b *ssa.BasicBlock) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	for work := slices.Clone(b.Succs); len(work) > 0; {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if n == b {
			return true
		}
		if !seen[n] {
			seen[n] = true
			work = append(work, n.Succs...)
		}
	}
	return false
}

// channels says of each send and receive whether its channel is one that was
// made where it is seen ("made"), one that others may use ("escaped"), several
// ("plural"), one that comes from elsewhere ("external"), or not known.
func channels(h *heap.Heap) (all []string) {
	for _, a := range h.Activations {
		for op := range a.Fn.Ops {
			var ch ssa.Value
			switch instr := op.Instr.(type) {
			case *ssa.Send:
				ch = instr.Chan
			case *ssa.UnOp:
				ch = instr.X
			default:
				continue
			}
			v := h.Eval(a, ch)
			what := "unknown"
			switch {
			case !v.Known():
			case v.Obj.Extern:
				what = "external"
			case h.Escaped(v):
				what = "escaped"
			case v.Obj.Plural:
				what = "plural"
			default:
				what = "made"
			}
			all = append(all, what)
		}
	}
	slices.Sort(all)
	return all
}

func TestEval(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"local", "func f() { ch := make(chan int); go func() { ch <- 1 }(); <-ch }", "made made"},
		{"field", "func f() { b := &box{ch: make(chan int)}; go b.send(); <-b.ch }", "made made"},
		{"constructor", "func f() { b := mk(); go b.send(); <-b.ch }\nfunc mk() *box { return &box{ch: make(chan int)} }", "made made"},
		{"nested", "func f() { b := &box{in: &box{ch: make(chan int)}}; go b.in.send(); <-b.in.ch }", "made made"},
		{"by value", "func f() { b := box{ch: make(chan int)}; c := b; c.ch <- 1 }", "made"},
		{"interface", "func f() { b := &box{ch: make(chan int)}; var s sender = b; s.send() }", "made"},
		{"interface in a field", "func f() { b := &box{ch: make(chan int)}; c := &box{s: b}; c.s.send() }", "made"},
		{"method value", "func f() { b := &box{ch: make(chan int)}; g := b.send; g() }", "made"},
		{"function in a field", "func f() { ch := make(chan int); b := &box{f: func() { ch <- 1 }}; b.f() }", "made"},
		{"map", "func f() { m := map[string]chan int{}; m[\"a\"] = make(chan int); m[\"a\"] <- 1 }", "made"},
		{"two in a map", "func f() { m := map[string]chan int{\"a\": make(chan int), \"b\": make(chan int)}; m[\"a\"] <- 1 }", "made"},
		{"any of two in a map", "func f(k string) { m := map[string]chan int{\"a\": make(chan int), \"b\": make(chan int)}; m[k] <- 1 }", "unknown"},
		{"slice", "func f(i int) { var s []chan int; s = append(s, make(chan int)); s[i] <- 1 }", "made"},
		{"each of a slice", "func f() { var s []chan int; s = append(s, make(chan int)); for _, ch := range s { ch <- 1 } }", "escaped"},
		{"each by a counter", "func f(n int) { s := []chan int{make(chan int)}; for i := 0; i < n; i++ { s[i] <- 1 } }", "escaped"},
		{"each of a map", "func f(k string) { m := map[string]chan int{k: make(chan int)}; for _, ch := range m { ch <- 1 } }", "escaped"},
		{"each of structures", "func f() { s := []*box{{ch: make(chan int)}}; for _, b := range s { b.ch <- 1 } }", "escaped"},
		{"two in a slice", "func f(i int) { a, b := make(chan int), make(chan int); s := []chan int{a, b}; go func() { s[i] <- 1 }(); <-a; <-b }", "escaped escaped unknown"},
		{"two by constants", "func f() { a, b := make(chan int), make(chan int); s := []chan int{a, b}; s[0] <- 1; <-a; <-b }", "made made made"},
		{"two appended", "func f(i int) { var s []chan int; a, b := make(chan int), make(chan int); s = append(s, a); s = append(s, b); s[i] <- 1; <-a; <-b }", "escaped escaped unknown"},
		{"cloned", "func f(i int) { s := []chan int{make(chan int)}; slices.Clone(s)[i] <- 1 }", "made"},
		{"copied", "func f() { a := make(chan int); s := []chan int{a}; t := make([]chan int, 1); copy(t, s); t[0] <- 1; <-a }", "escaped unknown"},
		{"list of itself", "type tree []tree\nfunc f(t tree) { c := make(chan tree, 1); c <- t; c <- append(t, t) }", "made made"},
		{"two copied", "func f() { a, b := make(chan int), make(chan int); t := make([]chan int, 2); copy(t, []chan int{a, b}); t[0] <- 1; <-a; <-b }", "escaped escaped unknown"},
		{"in a sequence", "func f() { a := make(chan int); s := []chan int{a}; for ch := range slices.Values(s) { ch <- 1 }; <-a }", "escaped"},
		{"sent", "func f() { c, ch := make(chan chan int, 1), make(chan int); c <- ch; (<-c) <- 1 }", "made made made"},
		{"sent in a struct", "func f() { c := make(chan box, 1); c <- box{ch: make(chan int)}; b := <-c; b.ch <- 1 }", "made made made"},
		{"returned", "func f() chan int { ch := make(chan int); ch <- 1; return ch }", "escaped"},
		{"returned in a struct", "func f() *box { b := &box{ch: make(chan int)}; b.ch <- 1; return b }", "escaped"},
		{"kept outside", "func f() { global = make(chan int); ch := make(chan int); global = ch; ch <- 1 }", "escaped"},
		{"kept in a parameter", "func f(b *box) { ch := make(chan int); b.ch = ch; ch <- 1 }", "escaped"},
		{"passed on", "func f() { ch := make(chan int); outside(ch); ch <- 1 }", "escaped"},
		{"printed", "func f() { b := &box{ch: make(chan int)}; fmt.Println(b); b.ch <- 1 }", "made"},
		{"called by the library", "func f() { ch := make(chan int); http.HandleFunc(\"/\", func(http.ResponseWriter, *http.Request) { ch <- 1 }); <-ch }", "escaped"},
		{"run by the library", "func f() { ch := make(chan int); var o sync.Once; o.Do(func() { ch <- 1 }) }", "made"},
		{"parameter", "func f(ch chan int) { ch <- 1 }", "external"},
		{"field of a parameter", "func f(b *box) { b.in.ch <- 1 }", "external"},
		{"in a loop", "func f() { for { ch := make(chan int, 1); ch <- 1 } }", "plural"},
		{"called in a loop", "func f() { for { g() } }\nfunc g() { ch := make(chan int, 1); ch <- 1 }", "plural"},
		{"two calls", "func f() { a, b := mk(), mk(); a.ch <- 1; b.ch <- 1 }\nfunc mk() *box { return &box{ch: make(chan int)} }", "made made"},
		{"one of two", "func f() { a, b := make(chan int), make(chan int); c := a; if yes() { c = b }; c <- 1 }", "unknown"},
		{"stored with others", "func f() { c, ch := make(chan chan int, 2), make(chan int); c <- ch; c <- make(chan int); ch <- 1 }", "escaped made made"},
		{"set to nil", "func f() { ch := make(chan int); go func() { ch = nil }(); ch <- 1 }", "unknown"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := fmt.Sprint(channels(follow(t, test.body)))
			if want := "[" + test.want + "]"; got != want {
				t.Errorf("got %s, want %s, for\n%s", got, want, test.body)
			}
		})
	}
}

// TestNilTest checks which loads are for a comparison with nil.
func TestNilTest(t *testing.T) {
	for cond, want := range map[string]string{
		"b.f == nil": "==", "nil != b.f": "none", "b.f != nil": "!=", "b.in.in != nil": "none !=", "b.in == b": "none", "b.ch == nil": "==",
	} {
		h := follow(t, "func f(b *box) { make(chan int, 1) <- 1; if "+cond+" { yes() } }")
		var got []string
		for _, instr := range h.Root.Fn.SSA.Blocks[0].Instrs {
			load, ok := instr.(*ssa.UnOp)
			if !ok {
				continue
			}
			if cmp, ok := heap.NilTest(load); ok {
				got = append(got, cmp.Op.String())
			} else {
				got = append(got, "none")
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %s", cond, got, want)
		}
	}
}

// TestTwoCalls checks that what two calls make are two objects.
func TestTwoCalls(t *testing.T) {
	h := follow(t, "func f() { a, b := mk(), mk(); a.ch <- 1; b.ch <- 1 }\nfunc mk() *box { return &box{ch: make(chan int)} }")
	var made []heap.Value
	for op := range h.Root.Fn.Ops {
		if s, ok := op.Instr.(*ssa.Send); ok {
			made = append(made, h.Eval(h.Root, s.Chan))
		}
	}
	if len(made) != 2 || !made[0].Known() || made[0] == made[1] {
		t.Errorf("got %v, want two objects", made)
	}
}

// TestRecursion checks that a function that calls itself is entered once.
func TestRecursion(t *testing.T) {
	h := follow(t, "func f() { ch := make(chan int); g(ch) }\nfunc g(ch chan int) { ch <- 1; g(ch) }")
	if n := len(h.Activations); n != 2 {
		t.Errorf("got %d activations, want 2", n)
	}
	if got := fmt.Sprint(channels(h)); got != "[escaped]" {
		t.Errorf("got %s, want [escaped], because the inner call is not followed", got)
	}
}

// TestEscapeSent checks that what is sent has escaped if others use the channel, and
// what it leads to.
func TestEscapeSent(t *testing.T) {
	for others, want := range map[bool]string{false: "[made made made]", true: "[escaped made made]"} {
		h := follow(t, "func f() { q := make(chan *box); b := &box{ch: make(chan int)}; q <- b; <-b.ch; <-make(chan int) }")
		h.EscapeSent(func(heap.Value) bool { return others })
		if got := fmt.Sprint(channels(h)); got != want {
			t.Errorf("others use the channel: %t: got %s, want %s", others, got, want)
		}
	}
}

// TestFull checks that there is an end to what is followed.
func TestFull(t *testing.T) {
	body := "func f() { g0(make(chan int)) }\nfunc g9(ch chan int) { ch <- 1 }\n"
	for i := range 9 {
		call := fmt.Sprintf("g%d(ch); ", i+1)
		body += fmt.Sprintf("func g%d(ch chan int) { %s%s%s%s }\n", i, call, call, call, call)
	}
	if h := follow(t, body); !h.Full {
		t.Errorf("not full with %d activations", len(h.Activations))
	}
}
