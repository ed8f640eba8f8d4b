package stream_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/stream"
)

type mark = stream.Mark[int]

func TestST09_MarkBehindTheLastValue(t *testing.T) {
	for _, values := range [][]int{nil, {7}, {1, 2}} {
		src := stream.Marked(stream.Seq(slices.Values(values)))
		for range 2 { // as often as the source
			got := slices.Collect(src(t.Context()))
			var want []mark
			for _, v := range values {
				want = append(want, mark{Value: v})
			}
			if want = append(want, mark{End: true}); !slices.Equal(got, want) {
				t.Errorf("Marked of %v gives %v, want %v", values, got, want)
			}
		}
	}
}

// A Map says which of its sources has ended, after all values of that.
func TestST09_MarksOfAMap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := stream.NewMap[string, mark](t.Context())
		defer m.Close()
		open := make(chan int)
		for key, src := range map[string]stream.Source[int]{
			"short": stream.Seq(slices.Values([]int{1, 2})),
			"empty": stream.Seq(slices.Values([]int(nil))),
			"open":  stream.Chan(open),
		} {
			if _, err := m.Insert(key, stream.Marked(src)); err != nil {
				t.Fatal(err)
			}
		}
		got := make(map[string][]mark)
		for range 4 {
			key, v, err := m.Next(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got[key] = append(got[key], v)
		}
		want := map[string][]mark{"short": {{Value: 1}, {Value: 2}, {End: true}}, "empty": {{End: true}}}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %v, want %v", got, want)
		}
		close(open)
		if key, v, err := m.Next(t.Context()); key != "open" || !v.End || err != nil {
			t.Errorf("Next = %s, %v, %v, want the end of open", key, v, err)
		}
	})
}

func TestST09_NoMark(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var got []mark
	for v := range stream.Marked(numbers(new(int)))(ctx) {
		if got = append(got, v); len(got) == 2 {
			cancel()
		}
		if len(got) > 3 {
			t.Fatal("the source does not end with its context")
		}
	}
	if slices.Contains(got, mark{End: true}) {
		t.Errorf("got %v, want no mark at the end of the context", got)
	}
	for v := range stream.Marked(stream.Seq(slices.Values([]int{1})))(t.Context()) {
		if v.End {
			t.Error("a loop that is left gets a mark")
		}
		break
	}
}
