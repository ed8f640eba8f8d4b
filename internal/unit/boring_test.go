package unit

import (
	"go/ast"
	"go/parser"
	"testing"
)

func TestBoring(t *testing.T) {
	tests := []struct {
		src  string
		want bool
	}{
		{`import "fmt"; func f() { fmt.Println() }`, true},
		{`import ("net/url"; "golang.org/x/mod/semver"; "runtime")`, true},
		{`import "sync"`, false},
		{`import t "time"`, false},
		{`import _ "context"`, false},
		{`import "net/http"`, false},
		{`import "golang.org/x/sync/errgroup"`, false},
		{`import "github.com/chanlint/chanlint/runtime/mpsc"`, false},
		{`import "io"; var _ io.Reader; func f() { io.Copy(nil, nil) }`, true},
		{`import "io"; type T struct { *io.PipeReader }`, false},
		{`import "reflect"; func f(v reflect.Value) { v.Len() }`, true},
		{`import "reflect"; func f(v reflect.Value) { v.Send(v) }`, false},
		{`import "fmt"; func f(v T) { v.Send(fmt.Sprint()) }`, true},
		{`type T struct { c []chan int }`, false},
		{`func f() { go f() }`, false},
		{`func f() { select {} }`, false},
		{`func f(x interface{ C() X }) { x.C() <- 1 }`, false},
		{`func f() { if <-x.C() {} }`, false},
		{`var x = <-y.C`, false},
		{`func f(x int) bool { return x < -1 }`, true},
	}
	for _, test := range tests {
		src := []byte("package p; " + test.src)
		other := parse(t, []byte("package p"), 0)
		if got := Boring([]*ast.File{other, parse(t, src, 0)}); got != test.want {
			t.Errorf("%s: got %t, want %t", test.src, got, test.want)
		}
		if test.want && !Boring([]*ast.File{parse(t, src, parser.ImportsOnly)}) {
			t.Errorf("%s: not boring by its imports", test.src)
		}
	}
}
