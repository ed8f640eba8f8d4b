package place

import (
	"testing"

	"golang.org/x/tools/go/ssa"
)

// TestDepend asks of places in one function how they stand to each other.
func TestDepend(t *testing.T) {
	const source = `package a

func at(name string, v any) {}

type s struct {
	in  struct{ ch chan int }
	chs []chan int
}

func f(x *s) {
	at("param", x)
	at("field", x.in.ch)
	for i := range x.chs {
		at("elem", x.chs[i])
		at("index", i)
	}
}
`
	var index ssa.Value
	r := NewResolver()
	m := make(map[string]Place)
	for _, mk := range load(t, source) {
		m[mk.name] = r.Of(mk.value)
		if mk.name == "index" {
			index = mk.value.(*ssa.MakeInterface).X
		}
	}
	field, elem, param := m["field"], m["elem"], m["param"]
	for _, test := range []struct {
		what      string
		got, want bool
	}{
		{"x.in.ch depends on x", field.DependsOn(param.Root()), true},
		{"x.in.ch depends on the index", field.DependsOn(index), false},
		{"x.chs[i] depends on the index", elem.DependsOn(index), true},
		{"x.in.ch is within x", field.Within(param), true},
		{"x is within x", param.Within(param), false},
		{"x is within x.in.ch", param.Within(field), false},
		{"x.chs[i] is within x.in.ch", elem.Within(field), false},
		{"x.in.ch has a container", !field.Container().IsZero(), false},
		{"x.chs[i] is within its container", elem.Within(elem.Container()), true},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %t, want %t", test.what, test.got, test.want)
		}
	}
	if got := field.After(param); got != ".in.ch" {
		t.Errorf("from x to x.in.ch: got %q", got)
	}
	if got := elem.Container().Field().Name(); got != "chs" {
		t.Errorf("the container of x.chs[i] is %s", got)
	}
}
