package conc

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"testing"

	"github.com/chanlint/chanlint/internal/place"
)

// TestExtern checks that functions matter that call what another package is
// known to do, and that only those are asked about that are of another package
// and not in the tables.
func TestExtern(t *testing.T) {
	const source = `package a

import (
	"strings"
	"sync"
)

func calls(s string) string { return strings.ToUpper(s) }

func indirect(s string) string { return calls(s) }

func other(s string) string { return strings.ToLower(s) }

func locks(mu *sync.Mutex) { mu.Lock() }
`
	var asked []string
	p := load(t, "a.go", source, func(fn *types.Func) bool {
		asked = append(asked, fn.FullName())
		return fn.Name() == "ToUpper"
	})
	if want := []string{"calls", "indirect", "locks", "init"}; !slices.Equal(names(p), want) {
		t.Errorf("functions %q, want %q", names(p), want)
	}
	slices.Sort(asked)
	if want := []string{"strings.ToLower", "strings.ToUpper"}; !slices.Equal(asked, want) {
		t.Errorf("asked about %q, want %q, each but once", asked, want)
	}
}

func names(p *Package) []string {
	var list []string
	for _, f := range p.Funcs {
		list = append(list, f.Name)
	}
	return list
}

// TestLeftOut checks that a file that is left out adds nothing.
func TestLeftOut(t *testing.T) {
	const kept = `package a

func own(ch chan int) { ch <- 2 }
`
	const left = `package a

func relay(ch chan int) { own(ch) }

var made = make(chan int)
`
	fset := token.NewFileSet()
	var files []*ast.File
	for _, source := range []string{kept, left} {
		f, err := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	p := check(t, fset, files, files[:1], none)
	if want := []string{"own", "init"}; !slices.Equal(names(p), want) {
		t.Errorf("functions %q, want %q", names(p), want)
	}
}

// TestSpans checks where operations start and end in the source: what a
// report underlines.
func TestSpans(t *testing.T) {
	const source = `package a

import "sync"

func f(ch chan int, mu *sync.Mutex) {
	ch <- 1 + 2
	_ = <-ch
	mu.Lock()
	for range ch {
		return
	}
	select {
	case ch <- 1:
	case <-ch:
	}
	go func() {
		close(ch)
	}()
	defer mu.Unlock()
}
`
	p := load(t, "a.go", source, none)
	want := map[Kind]string{
		Send: "ch <- 1 + 2", Lock: "mu.Lock()", Select: "select", Close: "close(ch)",
		Go: "func", Defer: "mu.Unlock()",
	}
	var recvs []string
	for _, f := range p.Funcs {
		for op := range f.Ops {
			from, to := p.Fset.Position(op.Pos()).Offset, p.Fset.Position(op.End()).Offset
			got := ""
			if op.Pos().IsValid() {
				got = source[from:to]
			}
			if text, ok := want[op.Kind]; ok && got != text {
				t.Errorf("operation %s spans %q, want %q", kindNames[op.Kind], got, text)
			}
			if op.Kind == Recv {
				recvs = append(recvs, got)
			}
			delete(want, op.Kind)
		}
	}
	if len(want) > 0 {
		t.Errorf("no operations for %q", want)
	}
	slices.Sort(recvs)
	if want := []string{"<-ch", "for range ch"}; !slices.Equal(recvs, want) {
		t.Errorf("receives span %q, want %q", recvs, want)
	}
}

// TestIntoEnter checks that places translate into a callee and back.
func TestIntoEnter(t *testing.T) {
	const source = `package a

import "sync"

type s struct {
	mu   sync.Mutex
	next *s
}

var global sync.Mutex

func caller(x, y *s) { callee(x.next, y) }

func callee(a, b *s) {
	a.mu.Lock()
	b.next.mu.Lock()
	global.Lock()
}
`
	p := load(t, "a.go", source, none)
	var call *Op
	var locks []place.Place
	for _, f := range p.Funcs {
		for op := range f.Ops {
			switch {
			case op.Kind == Call && op.Call.Name == "callee":
				call = op
			case op.Kind == Lock:
				locks = append(locks, op.Place)
			}
		}
	}
	if call == nil || len(call.Call.Targets) != 1 || len(locks) != 3 {
		t.Fatalf("call %v, %d locks", call, len(locks))
	}
	target := call.Call.Targets[0]
	for i, want := range []string{"x.next.mu", "y.next.mu", "global"} {
		into := target.Into(locks[i])
		if into.String() != want {
			t.Errorf("%s is %s for the caller, want %s", locks[i], into, want)
		}
		if back := target.Enter(into); back != locks[i] {
			t.Errorf("%s is %s for the callee, want %s", into, back, locks[i])
		}
	}
	if pl := target.Enter(call.Call.Args[0].Select(locks[0].Field())); pl != locks[0] {
		t.Errorf("the lock of the argument is %s for the callee, want %s", pl, locks[0])
	}
	if pl := target.Into(place.Place{}); !pl.IsZero() {
		t.Errorf("nothing is %s for the caller", pl)
	}
}
