package handover

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
)

// TestFind tells of each function what is done to what it has sent.
func TestFind(t *testing.T) {
	r := load(t, `package a

import ("io"; "sync"; "bytes")

func written(out chan []int)  { b := make([]int, 1); out <- b; b[0] = 1 }
func before(out chan []int)   { b := make([]int, 1); b[0] = 1; out <- b }
func cut(out chan []int)      { b := make([]int, 9); out <- b[:3]; b[5] = 1 }
func copied(out chan []int)   { b := make([]int, 1); out <- append([]int(nil), b...); b[0] = 1 }
func filled(out chan []byte, r io.Reader) { b := make([]byte, 9); out <- b; r.Read(b) }
func reused(out chan []int)   { b := []int{1}; out <- b; b = append(b[:0], 2); _ = b }
func grown(out chan []int)    { b := []int{1}; out <- b; b = append(b, 2); _ = b }
func replaced(out chan []int) { b := []int{1}; out <- b; b = make([]int, 1); b[0] = 1 }
func entries(out chan map[int]int) { m := make(map[int]int); out <- m; m[1] = 1 }
func deleted(out chan map[int]int) { m := make(map[int]int); out <- m; delete(m, 1) }
func pointee(out chan *int, p *int) { out <- p; *p = 1 }
func field(out chan *box, p *box) { out <- p; p.n = 1 }
func reset(out chan []byte)   { var b bytes.Buffer; out <- b.Bytes(); b.Reset() }
func pooled(out chan *box, p *sync.Pool) { x := p.Get().(*box); out <- x; p.Put(x) }
func converted(out chan []byte, v string) { b := []byte(v); out <- b; b[0] = 1 }
func answered(out chan []int, ack chan int) { b := make([]int, 1); out <- b; <-ack; b[0] = 1 }
func rounds(out chan []int, n int) { b := make([]int, 1); for i := range n { b[0] = i; out <- b } }
func anew(out chan []int, n int) { for i := range n { b := make([]int, 1); b[0] = i; out <- b } }
func chosen(out chan []int)   { b := make([]int, 1); select { case out <- b: b[0] = 1; default: } }
func notChosen(out chan []int) { b := make([]int, 1); select { case out <- b: default: b[0] = 1 } }

type box struct { n int; b []int }

func held(out chan box)       { b := make([]int, 1); out <- box{b: b}; b[0] = 1 }
func heldByName(out chan box) { x := box{b: make([]int, 1)}; out <- x; x.b[0] = 1 }
func heldByCopy(out chan box) { x := box{}; out <- x; x.n = 1 }

func give(out chan []int, b []int) { out <- b }
func called(out chan []int)   { b := make([]int, 1); give(out, b); b[0] = 1 }
func started(out chan []int)  { b := make([]int, 1); go give(out, b); b[0] = 1 }

type w struct { out chan []byte }

func (x *w) Write(b []byte) (int, error) { x.out <- b; return len(b), nil }
`)
	want := map[string]string{
		"written": "written", "cut": "written", "filled": "filled", "reused": "reused", "entries": "written", "deleted": "filled",
		"field": "written", "reset": "reset", "pooled": "pooled", "converted": "written", "rounds": "written", "chosen": "written",
		"held": "written", "heldByName": "written", "called": "written", "started": "written", "Write": "retained",
	}
	a := New(r)
	for _, f := range r.Funcs {
		if f.Parent != nil {
			continue
		}
		if got := describe(a.Find(f)); got != want[f.Name] {
			t.Errorf("%s: got %q, want %q", f.Name, got, want[f.Name])
		}
		delete(want, f.Name)
	}
	if len(want) > 0 {
		t.Errorf("no functions for %v", want)
	}
}

func describe(found []Finding) string {
	var out []string
	for _, g := range found {
		out = append(out, [...]string{"", "written", "filled", "reused", "reset", "pooled", "retained"}[g.How])
	}
	return strings.Join(out, ", ")
}

// states generates states of a function that sends several slices.
func states(r *effect.Result) *rapid.Generator[state] {
	fl := flow{a: New(r), r: r, f: r.Funcs[0], gifts: make(map[giftKey]*Gift)}
	var entries []entry
	var defers []*conc.Op
	for op := range r.Funcs[0].Ops {
		if op.Kind == conc.Defer {
			defers = append(defers, op)
		}
		entries = append(entries, fl.given(op, -1)...)
	}
	for _, e := range entries { // by a phi, memory of one name is given away as several parts
		entries = append(entries, entry{entries[0].mem, e.gift})
	}
	return rapid.Custom(func(t *rapid.T) state {
		if rapid.IntRange(0, 9).Draw(t, "unreached") == 0 {
			return state{}
		}
		s := state{reached: true}
		for _, e := range entries {
			if rapid.Bool().Draw(t, "given") {
				s = s.give(e)
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
	r := load(t, `package a

type box struct{ a, b, c []int }

func f(out chan []int, boxes chan box, a, b, c []int) {
	defer close(out)
	boxes <- box{a, b, c}
	defer g(out)
	out <- a
	out <- b
	out <- c
	out <- a
}

func g(out chan []int) { out <- nil }
`)
	var l lattice
	gen := states(r)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := gen.Draw(t, "a"), gen.Draw(t, "b"), gen.Draw(t, "c")
		same := func(law string, x, y state) {
			if !l.Equals(x, y) {
				t.Fatalf("%s: %v is not %v", law, x, y)
			}
		}
		same("identity", l.Merge(a, l.Ident()), a)
		same("idempotence", l.Merge(a, a), a)
		same("commutativity", l.Merge(a, b), l.Merge(b, a))
		same("associativity", l.Merge(l.Merge(a, b), c), l.Merge(a, l.Merge(b, c)))
	})
}
