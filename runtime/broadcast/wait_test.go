package broadcast

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestWaitList compares with a slice, and checks that each waiter is woken by
// exactly one of those who could have taken it.
func TestWaitList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list waitList
		var want []*waiter
		all := []*waiter{newToken("a"), newToken("b"), newToken("a"), newToken("b"), newToken("c")}
		t.Repeat(map[string]func(*rapid.T){
			"push": func(t *rapid.T) {
				w := rapid.SampledFrom(all).Draw(t, "waiter")
				if !slices.Contains(want, w) {
					list.push(w)
					want = append(want, w)
				}
			},
			"remove": func(t *rapid.T) {
				w := rapid.SampledFrom(all).Draw(t, "waiter")
				i := slices.Index(want, w)
				if got := list.remove(w); got != (i >= 0) {
					t.Fatalf("remove() = %t, want %t", got, i >= 0)
				}
				if i >= 0 {
					want = slices.Delete(want, i, i+1)
				}
			},
			"takeOwn": func(t *rapid.T) {
				owner := rapid.SampledFrom([]any{"a", "b", "c"}).Draw(t, "owner")
				isOwn := func(w *waiter) bool { return w.owner == owner }
				own := slices.DeleteFunc(slices.Clone(want), func(w *waiter) bool { return !isOwn(w) })
				checkWoken(t, list.takeOwn(owner), all, own)
				want = slices.DeleteFunc(want, isOwn)
			},
			"takeAll": func(t *rapid.T) {
				checkWoken(t, list.takeAll(), all, want)
				want = nil
			},
			"": func(t *rapid.T) {
				var got []*waiter
				for w := list.head; w != nil; w = w.next {
					got = append(got, w)
				}
				var back []*waiter
				for w := list.tail; w != nil; w = w.prev {
					back = append(back, w)
				}
				slices.Reverse(back)
				if !slices.Equal(got, want) || !slices.Equal(back, want) {
					t.Fatalf("list = %p, backwards %p, want %p", got, back, want)
				}
			},
		})
	})
}

// checkWoken wakes first and those after it, which must be want out of all.
func checkWoken(t *rapid.T, first *waiter, all, want []*waiter) {
	wakeAll(first)
	for _, w := range all {
		if got := len(w.wake) == 1; got != slices.Contains(want, w) {
			t.Fatalf("woken: %t, want %t", got, !got)
		}
		if len(w.wake) == 1 {
			<-w.wake
		}
	}
}
