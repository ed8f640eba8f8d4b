package conc

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
)

// TestEntrusted checks what the argument of use is made with: the functions
// that it may call, then the locks that it was given.
func TestEntrusted(t *testing.T) {
	const head = `package a

import "sync"

type s struct {
	mu sync.Mutex
	rw sync.RWMutex
	ch chan int
}

type holder struct {
	l sync.Locker
	f func()
}

func (s *s) unlock()       { s.mu.Unlock() }
func (h holder) release()  { h.l.Unlock() }
func use(any)              { close(make(chan int)) }
func wrap(f func()) func() { return func() { close(make(chan int)); f() } }

func hold(l sync.Locker) (*holder, error) { return &holder{l: l}, nil }

func test(s *s, unknown func(*sync.RWMutex, int, chan int) func()) {
`
	for _, test := range []struct{ body, want string }{
		{"use(s.mu.Unlock)", "Unlock s.mu"},
		{"use(s.rw.RUnlock)", "RUnlock s.rw"},
		{"use(s.unlock)", "unlock"},
		{"use(func() { close(s.ch) })", "test$1"},
		{"f := s.mu.Unlock; use(f)", "Unlock s.mu"},
		{"f := s.mu.Unlock; func() { f = nil }(); use(f)", "Unlock s.mu"},
		{"f := s.mu.Unlock; if s.ch == nil { f = s.unlock }; use(f)", "Unlock s.mu, unlock"},
		{"use(wrap(s.mu.Unlock))", "Unlock s.mu, wrap$1"},
		{"use(unknown(&s.rw, 1, s.ch))", "s.rw"},
		{"h, _ := hold(&s.mu); use(h)", "s.mu"},
		{"h, _ := hold(s.rw.RLocker()); use(h)", "s.rw"},
		{"h, _ := hold(&s.mu); use(h.release)", "release, s.mu"},
		{"h := holder{l: &s.mu}; use(h)", "s.mu"},
		{"use(&holder{f: s.mu.Unlock})", "Unlock s.mu"},
		{"var fs []func(); fs = append(fs, s.mu.Unlock); use(fs[0])", "Unlock s.mu"},
		{"use(s)", ""},
		{"use(&s.mu)", ""},
		{"use(s.ch)", ""},
		{"use(nil)", ""},
	} {
		p := load(t, "a.go", head+"\t"+test.body+"\n}\n", none)
		if got := trustText(p.Entrusted(argOfUse(p))); got != test.want {
			t.Errorf("%s: got %q, want %q", test.body, got, test.want)
		}
	}
}

// argOfUse is the argument of the one call of use, as it was before it became
// an interface.
func argOfUse(p *Package) ssa.Value {
	for _, f := range p.Funcs {
		for op := range f.Ops {
			if op.Kind != Call || op.Call.Name != "use" {
				continue
			}
			arg := op.Call.Common.Args[0]
			if mi, ok := arg.(*ssa.MakeInterface); ok {
				return mi.X
			}
			return arg
		}
	}
	panic("use is not called")
}

// trustText renders a Trust in an order of its own.
func trustText(t Trust) string {
	var parts []string
	for _, site := range t.Calls {
		if site.Obj != nil {
			parts = append(parts, fmt.Sprintf("%s %s", site.Obj.Name(), site.Args[0]))
		}
		for _, target := range site.Targets {
			parts = append(parts, target.Func.SSA.Name())
		}
	}
	slices.Sort(parts)
	for _, l := range t.Locks {
		parts = append(parts, l.String())
	}
	return strings.Join(parts, ", ")
}
