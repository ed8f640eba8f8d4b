package conc

import "testing"

// TestOrigin checks where the channel comes from that function test sends on.
func TestOrigin(t *testing.T) {
	const head = `package a

import "reflect"

type s struct {
	ch    chan int
	other chan int
	list  []chan int
	byKey map[chan int]bool
	Open  chan int
}

type sub struct{ ch chan int }

var _ reflect.Value

func (s *s) Out() <-chan int { return s.other }
func made() chan int         { return make(chan int) }

`
	const test = "func test(s *s) "
	for _, tt := range []struct {
		name, source string
		makes        int
		open, given  bool
	}{
		{"local", test + "{ ch := make(chan int); ch <- 1 }", 1, false, false},
		{"field", test + "{ s.ch = make(chan int); s.ch <- 1 }", 1, false, false},
		{"composite", test + "{ t := &sub{ch: make(chan int)}; t.ch <- 1 }", 1, false, false},
		{"result", test + "{ ch := made(); ch <- 1 }", 1, false, false},
		{"argument", test + "{ via(s, make(chan int)); s.ch <- 1 }; func via(s *s, ch chan int) { s.ch = ch }", 1, false, false},
		{"another field", test + "{ s.ch = make(chan int); t := stored(s); t.ch <- 1 }; func stored(s *s) *sub { return &sub{ch: s.ch} }", 1, false, false},
		{"appended", test + "{ s.list = append(s.list, make(chan int)); for _, ch := range s.list { ch <- 1 } }", 1, false, false},
		{"key", test + "{ s.byKey[make(chan int)] = true; for ch := range s.byKey { ch <- 1 } }", 1, false, false},
		{"either", test + "{ ch := make(chan int); if s == nil { ch = made() }; ch <- 1 }", 2, false, false},
		{"exported field", test + "{ s.Open <- 1 }", 0, true, false},
		{"nobody stores", test + "{ s.ch <- 1 }", 0, true, false},
		{"exported parameter", "func Test(ch chan int) { ch <- 1 }", 0, true, false},
		{"nobody calls", "func test(ch chan int) { ch <- 1 }", 0, true, false},
		{"returned", test + "<-chan int { ch := make(chan int); ch <- 1; return ch }", 1, false, true},
		{"returned by a method", test + "{ s.other = make(chan int); s.other <- 1 }", 1, false, true},
		{"passed on", test + "{ ch := make(chan int); reflect.ValueOf(ch); ch <- 1 }", 1, false, true},
		{"received", test + "{ go func() { via <- made() }(); ch := <-via; ch <- 1 }; var via = make(chan chan int)", 1, false, false},
		{"received in a select", test + "{ go func() { via <- made() }(); select { case ch := <-via: ch <- 1; case <-s.ch: } }; var via = make(chan chan int)", 1, false, false},
		{"received from others", "func Test(via chan chan int) { ch := <-via; ch <- 1 }", 0, true, false},
		{"lent to send", "func Test() chan<- int { ch := make(chan int); ch <- 1; return ch }", 1, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := load(t, "a.go", head+tt.source+"\n", none)
			var o Origin
			for _, f := range p.Funcs {
				if f.Name != "test" && f.Name != "Test" {
					continue
				}
				for op := range f.Ops {
					if op.Kind == Send {
						o = p.Origin(op.Place)
					}
				}
			}
			if len(o.Makes) != tt.makes || o.Open != tt.open || o.Given != tt.given {
				t.Errorf("got %d makes, open %t, given %t, want %d, %t, %t", len(o.Makes), o.Open, o.Given, tt.makes, tt.open, tt.given)
			}
		})
	}
}
