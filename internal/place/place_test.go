package place

import (
	"go/token"
	"go/types"
	"slices"
	"testing"

	"golang.org/x/tools/go/ssa"
	"pgregory.net/rapid"
)

// pairs marks locks and channels of many functions, as NAME of FUNCTION.
const pairs = `package a

import "sync"

func at(string, any) {}

type s struct {
	mu, other sync.Mutex
	ch        chan int
	in        in
	subs      map[int]*in
	peer      *s
}

type in struct {
	mu sync.Mutex
	ch chan int
}

type message struct{ reply chan int }

var (
	global sync.Mutex
	values chan int
)

func one(s *s, k int, m message) {
	at("one mu", &s.mu)
	at("one other", &s.other)
	at("one ch", s.ch)
	at("one in.mu", &s.in.mu)
	at("one in.ch", s.in.ch)
	at("one subs.mu", &s.subs[k].mu)
	at("one subs.ch", s.subs[k].ch)
	at("one peer.mu", &s.peer.mu)
	at("one peer.ch", s.peer.ch)
	at("one reply", m.reply)
	at("one global", &global)
	at("one values", values)
}

func two(t *s, n int, m *message) {
	at("two mu", &t.mu)
	at("two other", &t.other)
	at("two ch", t.ch)
	at("two in.mu", &t.in.mu)
	at("two in.ch", t.in.ch)
	at("two subs.mu", &t.subs[n].mu)
	at("two subs.ch", t.subs[n].ch)
	at("two peer.mu", &t.peer.mu)
	at("two peer.ch", t.peer.ch)
	at("two reply", m.reply)
	at("two global", &global)
	at("two values", values)
}

func three(in *in, u *s) {
	at("three mu", &in.mu)
	at("three ch", in.ch)
	at("three apart", u.ch)
}

func four(mu *sync.Mutex, ch chan int) {
	at("four mu", mu)
	at("four ch", ch)
}
`

func TestSameRelation(t *testing.T) {
	all := places(t, pairs)
	for _, test := range []struct {
		lock, ch, lock2, ch2 string
		want                 bool
	}{
		{"one mu", "one ch", "one mu", "one ch", true},
		{"one mu", "one ch", "two mu", "two ch", true},
		{"one mu", "one ch", "two other", "two ch", false},
		{"one mu", "one ch", "two mu", "two in.ch", false},
		{"one in.mu", "one in.ch", "two in.mu", "two in.ch", true},
		{"one in.mu", "one in.ch", "three mu", "three ch", true},
		{"one mu", "one in.ch", "two mu", "two in.ch", true},
		{"one mu", "one in.ch", "two mu", "three ch", false},
		{"one subs.mu", "one subs.ch", "two subs.mu", "two subs.ch", true},
		{"one subs.mu", "one subs.ch", "three mu", "three ch", true},
		{"one mu", "one subs.ch", "two mu", "two subs.ch", true},
		{"one peer.mu", "one peer.ch", "two mu", "two ch", true},
		{"one peer.mu", "one ch", "two mu", "two ch", false},
		{"one mu", "one peer.ch", "two mu", "two ch", false},
		{"three mu", "three apart", "two mu", "two ch", false},
		{"one global", "one ch", "two global", "two ch", true},
		{"one global", "one ch", "two mu", "two ch", false},
		{"one global", "one values", "two global", "two values", true},
		{"one mu", "one values", "two mu", "two values", true},
		{"one mu", "one values", "two other", "two values", false},
		{"one mu", "one values", "two mu", "two ch", false},
		{"four mu", "four ch", "two mu", "two ch", false},
		{"four mu", "four ch", "four mu", "four ch", true},
	} {
		a, b, c, d := mustPlace(t, all, test.lock), mustPlace(t, all, test.ch), mustPlace(t, all, test.lock2), mustPlace(t, all, test.ch2)
		if got := SameRelation(a, b, c, d); got != test.want {
			t.Errorf("%s to %s is as %s to %s: got %v, want %v", test.lock, test.ch, test.lock2, test.ch2, got, test.want)
		}
		if got := SameRelation(c, d, a, b); got != test.want {
			t.Errorf("%s to %s is as %s to %s: got %v, want %v", test.lock2, test.ch2, test.lock, test.ch, got, test.want)
		}
		if SameRelation(a, Place{}, c, d) || SameRelation(Place{}, b, c, d) {
			t.Errorf("nothing stands to anything as %s to %s", test.lock2, test.ch2)
		}
	}
}

func mustPlace(t *testing.T, all map[string]Place, name string) Place {
	t.Helper()
	p, ok := all[name]
	if !ok {
		t.Fatalf("no mark %q", name)
	}
	return p
}

func TestJoin(t *testing.T) {
	all := places(t, pairs)
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"one mu", "two mu", true},
		{"one mu", "one peer.mu", true}, // a field is one for all objects
		{"one mu", "one other", false},
		{"one in.mu", "three mu", true},
		{"one in.mu", "one subs.mu", true},
		{"one global", "two global", true},
		{"one ch", "one values", false},
		{"four mu", "four mu", false}, // a parameter is not followed
	} {
		a, b := mustPlace(t, all, test.a).Join(), mustPlace(t, all, test.b).Join()
		if got := a == b && !a.IsZero(); got != test.want {
			t.Errorf("%s joins %s: got %v, want %v", test.a, test.b, got, test.want)
		}
	}
	if f := all["one mu"].Join().Field(); f == nil || f.Name() != "mu" {
		t.Errorf("the join of s.mu stands for field %v", f)
	}
	if f := all["one global"].Join().Field(); f != nil {
		t.Errorf("the join of global stands for field %v", f)
	}
}

func TestAlike(t *testing.T) {
	all := places(t, pairs)
	for _, test := range []struct {
		a, b           string
		alike, sibling bool
	}{
		{"one mu", "two mu", true, false},
		{"one mu", "one mu", true, true},
		{"one mu", "one other", false, true},
		{"one mu", "two peer.mu", false, false},
		{"one in.mu", "three mu", false, false},
		{"one subs.mu", "two subs.mu", false, false}, // perhaps of other elements
		{"one global", "two global", true, true},
		{"four mu", "two mu", false, false},
	} {
		a, b := mustPlace(t, all, test.a), mustPlace(t, all, test.b)
		if got := Alike(a, b); got != test.alike {
			t.Errorf("%s is like %s: got %v, want %v", test.a, test.b, got, test.alike)
		}
		if got := Siblings(a, b); got != test.sibling {
			t.Errorf("%s is of the root of %s: got %v, want %v", test.a, test.b, got, test.sibling)
		}
	}
}

func TestFollow(t *testing.T) {
	all := places(t, pairs)
	for _, test := range []struct {
		p, from, to string
		want        string // rendered; "" for none
	}{
		{"two mu", "one mu", "one ch", "t.ch"},
		{"two peer.mu", "one mu", "one ch", "t.peer.ch"},
		{"three mu", "one in.mu", "one in.ch", ""},
		{"two in.mu", "three mu", "three ch", "t.in.ch"},
		{"two other", "one mu", "one ch", ""},
		{"two mu", "one mu", "three ch", ""},
		{"two mu", "one mu", "one global", "global"},
	} {
		got := mustPlace(t, all, test.p).Follow(mustPlace(t, all, test.from), mustPlace(t, all, test.to))
		if got.IsZero() != (test.want == "") || !got.IsZero() && got.String() != test.want {
			t.Errorf("what stands to %s as %s to %s is %s, want %q", test.p, test.to, test.from, got, test.want)
		}
	}
}

// A fixture is what random places are made of.
type fixture struct {
	roots  []ssa.Value // parameters and a global
	fields []*types.Var
}

func newFixture(t *testing.T) fixture {
	all := places(t, pairs)
	var fix fixture
	for _, name := range []string{"one mu", "two mu", "three mu", "four ch", "one global"} {
		fix.roots = append(fix.roots, all[name].Root())
	}
	for _, name := range []string{"mu", "m", "ch", "in", "inner"} { // some are prefixes of others
		fix.fields = append(fix.fields, types.NewField(token.NoPos, nil, name, types.Typ[types.Int], false))
	}
	return fix
}

// below generates places that p is a prefix of, by at least least selections.
func (fix fixture) below(p Place, least int) *rapid.Generator[Place] {
	return rapid.Custom(func(t *rapid.T) Place {
		q := p
		for range rapid.IntRange(least, 4).Draw(t, "selections") {
			if i := rapid.IntRange(0, len(fix.fields)).Draw(t, "selection"); i < len(fix.fields) {
				q = q.Select(fix.fields[i])
			} else {
				q = q.Index(fix.roots[0])
			}
		}
		return q
	})
}

func (fix fixture) places() *rapid.Generator[Place] {
	return rapid.Custom(func(t *rapid.T) Place {
		return fix.below(Place{root: rapid.SampledFrom(fix.roots).Draw(t, "root")}, 0).Draw(t, "place")
	})
}

// TestRebase tries that Rebase and In are inverse to each other, for places
// that select something of the parameter.
func TestRebase(t *testing.T) {
	fix := newFixture(t)
	param := fix.roots[3].(*ssa.Parameter)
	rapid.Check(t, func(t *rapid.T) {
		arg := fix.places().Draw(t, "arg")
		p := fix.below(Place{root: param}, 1).Draw(t, "p")
		in := p.In(arg)
		if in.Kind() == Global {
			return // the same in every function
		}
		if got := in.Rebase(arg, param); got != p {
			t.Fatalf("%v in %v is %v, and rebased %v", p, arg, in, got)
		}
		q := fix.below(arg, 0).Draw(t, "q")
		if got := q.Rebase(arg, param).In(arg); got != q {
			t.Fatalf("%v of %v rebased is %v, and back %v", q, arg, q.Rebase(arg, param), got)
		}
		other := fix.places().Draw(t, "other")
		if got := other.Rebase(arg, param); other.Kind() != Global && !got.IsZero() && got.In(arg) != other {
			t.Fatalf("%v, not reached through %v, is rebased to %v", other, arg, got)
		}
	})
}

// TestRebaseNames checks that a field is not taken for one whose name starts
// alike.
func TestRebaseNames(t *testing.T) {
	fix := newFixture(t)
	param := fix.roots[3].(*ssa.Parameter)
	mu, m := fix.fields[0], fix.fields[1]
	root := Place{root: fix.roots[0]}
	if got := root.Select(mu).Rebase(root.Select(m), param); !got.IsZero() {
		t.Errorf("%v seen through %v is %v, want nothing", root.Select(mu), root.Select(m), got)
	}
}

// TestSelections tries what Select, Index, Owner and Join say of each other.
func TestSelections(t *testing.T) {
	fix := newFixture(t)
	rapid.Check(t, func(t *rapid.T) {
		p := fix.places().Draw(t, "p")
		f := rapid.SampledFrom(fix.fields).Draw(t, "field")
		q := p.Select(f)
		if q.Field() != f || q.Owner() != (Owner{p.root, p.path}) || q.Root() != p.Root() || q.Elem() != p.Elem() {
			t.Fatalf("%v of %v: field %v, owner %v, root %v", f.Name(), p, q.Field(), q.Owner(), q.Root())
		}
		if want := append(slices.Clone(p.Path()), f.Name()); !slices.Equal(q.Path(), want) {
			t.Fatalf("the path of %v is %q, want %q", q, q.Path(), want)
		}
		e := p.Index(fix.roots[0])
		if !e.Elem() || e.Field() != nil || e.Owner() != (Owner{p.root, p.path}) {
			t.Fatalf("element of %v: %v, field %v, owner %v", p, e.Elem(), e.Field(), e.Owner())
		}
		if !p.Join().IsZero() && !p.Elem() && e.Join() == p.Join() {
			t.Fatalf("%v and its elements join", p)
		}
		if (Place{}).Select(f) != (Place{}) || (Place{}).Index(fix.roots[0]) != (Place{}) {
			t.Fatal("nothing has a field or an element")
		}
	})
}

// TestFollowFields tries Follow between two fields of any object.
func TestFollowFields(t *testing.T) {
	fix := newFixture(t)
	rapid.Check(t, func(t *rapid.T) {
		p, r := fix.places().Draw(t, "p"), Place{root: rapid.SampledFrom(fix.roots).Draw(t, "root")}
		from := rapid.SampledFrom(fix.fields).Draw(t, "from")
		to := rapid.SampledFrom(fix.fields).Draw(t, "to")
		if got, want := p.Select(from).Follow(r.Select(from), r.Select(to)), p.Select(to); got != want {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// TestRelationLaws tries that SameRelation is reflexive and symmetric.
func TestRelationLaws(t *testing.T) {
	fix := newFixture(t)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) Place { return fix.places().Draw(t, name) }
		a, b, c, d := draw("a"), draw("b"), draw("c"), draw("d")
		if !SameRelation(a, b, a, b) {
			t.Fatalf("%v to %v is not as itself", a, b)
		}
		if SameRelation(a, b, c, d) != SameRelation(c, d, a, b) {
			t.Fatalf("%v to %v as %v to %v depends on the order", a, b, c, d)
		}
		if !Alike(a, a) || Alike(a, b) != Alike(b, a) {
			t.Fatalf("%v is like %v depends on the order", a, b)
		}
	})
}
