package effect

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/chanlint/chanlint/internal/conc"
)

// TestChanUses tells of each function what it does to channels of its callers:
// what is done on every path has an exclamation mark.
func TestChanUses(t *testing.T) {
	const source = `package a

import (
	"sync"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

type s struct {
	ch   chan int
	once sync.Once
}

func plain(ch chan int)           { ch <- 1; close(ch) }
func deferred(ch chan int)        { defer close(ch); ch <- 1 }
func branch(ch chan int, b bool)  { if b { close(ch) } }
func notNil(ch chan int)          { if ch != nil { close(ch) } }
func isNil(ch chan int)           { if ch == nil { return }; close(ch) }
func selects(ch chan int)         { select { case ch <- 1: default: } }
func starts(ch chan int)          { go close(ch) }
func local()                      { ch := make(chan int); close(ch) }
func elem(chs []chan int)         { close(chs[0]) }
func (x *s) field()               { close(x.ch) }
func (x *s) renewed()             { close(x.ch); x.ch = make(chan int) }
func (x *s) helper()              { x.field() }
func (x *s) mayHelp(b bool)       { if b { x.field() } }
func (x *s) safe()                { x.once.Do(func() { close(x.ch) }) }
func forgets(x *s)                { close(x.ch); x.ch = nil }
func resets(x *s)                 { forgets(x); close(x.ch) }
func handle(tx *mpsc.Sender[int]) { tx.Close() }
`
	want := map[string]string{
		"plain": "close(ch)! ch<-!", "deferred": "close(ch)! ch<-!", "branch": "close(ch)", "notNil": "close(ch)!", "isNil": "close(ch)!",
		"selects": "ch<-", "field": "close(x.ch)!", "helper": "close(x.ch)!", "mayHelp": "close(x.ch)", "safe": "close(x.ch)!once",
		"handle": "close(tx)!",
	}
	r := loadWorld(t, []txtar.File{
		{Name: "github.com/chanlint/chanlint/runtime/mpsc/a.go", Data: []byte("package mpsc\n\ntype Sender[T any] struct{ ch chan T }\n\nfunc (s *Sender[T]) Close() {}\n")},
		{Name: "a/a.go", Data: []byte(source)},
	})
	if len(r) == 0 {
		t.Fatal("nothing matters")
	}
	got := make(map[string]string)
	for _, f := range r[len(r)-1].Funcs {
		var uses []string
		for _, u := range r[len(r)-1].funcs[f].summary.uses {
			uses = append(uses, useText(u))
		}
		slices.Sort(uses)
		if f.Parent == nil && len(uses) > 0 {
			got[f.Name] = strings.Join(slices.Compact(uses), " ")
		}
	}
	for name, text := range want {
		parts := strings.Split(text, " ")
		slices.Sort(parts)
		want[name] = strings.Join(parts, " ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("uses of channels (-want +got):\n%s", diff)
	}
}

func useText(u ChanUse) string {
	text := fmt.Sprintf("%s<-", u.Chan)
	if u.Kind == conc.Close {
		text = fmt.Sprintf("close(%s)", u.Chan)
	}
	if u.Always {
		text += "!"
	}
	if !u.Once.IsZero() {
		text += "once"
	}
	return text
}
