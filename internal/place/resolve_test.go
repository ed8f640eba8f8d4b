package place

import (
	"testing"
)

// rendered marks values with what their places must be rendered as.
const rendered = `package a

import "sync"

func at(string, any) {}

type s struct {
	mu   sync.Mutex
	ptr  *sync.Mutex
	ch   chan int
	next *s
	subs map[string]*s
	list []s
	four *[4]s
	any  any
	in   inner
	*embedded
}

type inner struct{ mu sync.Mutex }

type embedded struct{ sync.RWMutex }

var (
	global sync.Mutex
	table  map[string]chan int
	object s
)

func (s *s) fields() {
	at("s", s)
	at("s.mu", &s.mu)
	at("s.ptr", s.ptr)
	at("s.next.next.mu", &s.next.next.mu)
	at("s.in.mu", &s.in.mu)
	at("s.in.mu", &(&s.in).mu)
	at("s.embedded.RWMutex", &s.RWMutex)
	at("s.embedded.RWMutex", sync.Locker(s))
	at("s.mu", sync.Locker(&s.mu))
	at("s.ch", s.ch)
	at("s.ch", (<-chan int)(s.ch))
	at("s.any", s.any.(*sync.Mutex))
}

func (s s) byValue() { at("s.ch", s.ch) }

func elements(t *s, k string, i int) {
	at("t.subs[k].ch", t.subs[k].ch)
	at("t.list[i].mu", &t.list[i].mu)
	at("t.four[i].mu", &t.four[i].mu)
	at("t.list[...].mu", &t.list[i+1].mu)
	if sub, ok := t.subs[k]; ok {
		at("t.subs[k].mu", &sub.mu)
	}
	for k, sub := range t.subs {
		at("t.subs[...].ch", sub.ch)
		_ = k
	}
	for i := range t.list {
		at("t.list[...].ch", t.list[i].ch)
	}
	at("table[k]", table[k])
}

func variables(ch chan int, b bool) {
	at("global", &global)
	at("object.mu", &object.mu)
	at("object.next.mu", &object.next.mu)
	var mu sync.Mutex
	at("mu", &mu)
	p := &mu
	at("mu", p)
	at("ch", ch)
	at("the channel", make(chan int))
	once := make(chan int)
	at("the channel", once)
	again := once
	if b {
		again = ch
	}
	at("again", again)
	local := s{}
	at("local.mu", &local.mu)
	at("mu", &(&s{}).mu) // an object without a name: the field says more
}

func captured(t *s) {
	mu := &t.mu
	ch := t.ch
	var later chan int
	func() {
		at("t", t)
		at("t.mu", mu)
		at("t.ch", ch)
		at("later", later)
	}()
	later = ch
	later = nil
	func() {
		func() { at("t.next.ch", t.next.ch) }()
	}()
}

func (s *s) get() chan int { return s.ch }

func (s *s) receiveOnly() <-chan int { return s.ch }

func (s *s) further() *s { return s.next }

func accessors(t *s) {
	at("t.ch", t.get())
	at("t.ch", t.receiveOnly())
	at("t.next.ch", t.further().get())
}

type list[T any] struct {
	mu   sync.Mutex
	next *list[T]
}

func (l *list[T]) generic() { at("l.next.mu", &l.next.mu) }

func instance(l *list[int]) { at("l.next.mu", &l.next.mu) }
`

func TestString(t *testing.T) {
	r := NewResolver()
	for _, m := range load(t, rendered) {
		if got := r.Of(m.value).String(); got != m.name {
			t.Errorf("line %d: got %q, want %q", m.line, got, m.name)
		}
	}
}

func TestZero(t *testing.T) {
	marks := load(t, `package a

func at(string, any) {}

func f(i int) {
	at("nil", nil)
	at("constant", 1)
	at("function", f)
}
`)
	r := NewResolver()
	for _, m := range marks {
		p := r.Of(m.value)
		if !p.IsZero() || p.Kind() != None || p.Root() != nil || !p.Join().IsZero() {
			t.Errorf("the place of a %s is %v, want none", m.name, p)
		}
	}
	if p := r.Of(nil); !p.IsZero() {
		t.Errorf("the place of nothing is %v", p)
	}
}

// kinds marks values of each kind; marks of one kind are numbered.
const kinds = `package a

func at(string, any) {}

type T struct{ ch chan int }

var global T

func (s *T) f(ch chan int, g func() *T, m chan *T) {
	at("param 1", s)
	at("param 2", s.ch)
	at("param 3", ch)
	at("global 1", &global)
	at("global 2", global.ch)
	var local struct{ in T }
	at("local 1", &local)
	at("local 2", local.in.ch)
	at("local 3", &struct{ in T }{})
	at("made 1", make(chan int))
	made := make(chan int, 1)
	at("made 2", made)
	func() { at("made 3", made) }()
	at("value 1", g())
	at("value 2", g().ch)
	at("value 3", <-m)
}
`

func TestKind(t *testing.T) {
	want := map[string]Kind{"param": Param, "global": Global, "local": Local, "made": Made, "value": Value}
	for name, p := range places(t, kinds) {
		kind := name[:len(name)-2]
		if got := p.Kind(); got != want[kind] {
			t.Errorf("%s is of kind %d, want %d", name, got, want[kind])
		}
	}
}

// TestParts checks what a place says of itself.
func TestParts(t *testing.T) {
	all := places(t, `package a

func at(string, any) {}

type s struct {
	ch   chan int
	next *s
	list []*s
	subs map[int]chan int
}

func f(s *s, i int) {
	at("s", s)
	at("s.ch", s.ch)
	at("s.next.ch", s.next.ch)
	at("s.list[i].ch", s.list[i].ch)
	at("s.subs[i]", s.subs[i])
}
`)
	for _, test := range []struct {
		name  string
		root  bool
		field string
		elem  bool
		path  int
	}{
		{"s", true, "", false, 0},
		{"s.ch", false, "ch", false, 1},
		{"s.next.ch", false, "ch", false, 2},
		{"s.list[i].ch", false, "ch", true, 2},
		{"s.subs[i]", false, "", true, 1},
	} {
		p := all[test.name]
		field := ""
		if p.Field() != nil {
			field = p.Field().Name()
		}
		if p.IsRoot() != test.root || field != test.field || p.Elem() != test.elem || len(p.Path()) != test.path {
			t.Errorf("%s: root %v, field %q, element %v, path %q; want %v, %q, %v and %d names",
				test.name, p.IsRoot(), field, p.Elem(), p.Path(), test.root, test.field, test.elem, test.path)
		}
	}
	if s, ch, next := all["s"], all["s.ch"], all["s.next.ch"]; ch.Owner() != s.Owner() || next.Owner() == ch.Owner() {
		t.Errorf("the owners of s, s.ch and s.next.ch are %v, %v and %v", s.Owner(), ch.Owner(), next.Owner())
	}
}
