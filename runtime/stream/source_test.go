package stream_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/stream"
)

func TestST07_NotAskedAfterTheStop(t *testing.T) {
	below := func(limit int) func(int) bool { return func(v int) bool { return v < limit } }
	asked := 0
	wantInts(t, "TakeWhile", slices.Collect(stream.TakeWhile(numbers(&asked)(t.Context()), below(3))), []int{0, 1, 2})
	if asked != 4 {
		t.Errorf("TakeWhile asked %d times, want 4", asked)
	}

	asked = 0
	double := func(v int) (int, bool) { return 2 * v, v < 2 }
	wantInts(t, "MapWhile", slices.Collect(stream.MapWhile(numbers(&asked)(t.Context()), double)), []int{0, 2})
	if asked != 3 {
		t.Errorf("MapWhile asked %d times, want 3", asked)
	}

	asked = 0
	var got []int
	tests := 0
	skip := func(v int) bool { tests++; return v < 3 }
	for v := range stream.SkipWhile(numbers(&asked)(t.Context()), skip) {
		if got = append(got, v); len(got) == 3 {
			break
		}
	}
	wantInts(t, "SkipWhile", got, []int{3, 4, 5})
	if asked != 6 || tests != 4 {
		t.Errorf("SkipWhile asked %d times and tested %d values, want 6 and 4", asked, tests)
	}
}

func TestST10_CollectStopsAtTheFirstError(t *testing.T) {
	bad, asked := errors.New("bad"), 0
	seq := func(yield func(int, error) bool) {
		for i := range 9 {
			asked++
			var err error
			if i == 2 {
				err = bad
			}
			if !yield(i, err) {
				return
			}
		}
	}
	got, err := stream.Collect(seq)
	wantInts(t, "Collect", got, []int{0, 1})
	if err != bad || asked != 3 {
		t.Errorf("error %v after %d values, want %v after 3", err, asked, bad)
	}
	got, err = stream.Collect(func(yield func(int, error) bool) { _ = yield(1, nil) && yield(2, nil) })
	wantInts(t, "Collect without an error", got, []int{1, 2})
	if err != nil {
		t.Errorf("error %v of a sequence without", err)
	}
}

func TestChan(t *testing.T) {
	c := make(chan int, 3)
	c <- 1
	c <- 2
	c <- 3
	close(c)
	for v := range stream.Chan(c)(t.Context()) {
		if v != 1 {
			t.Errorf("got %d, want 1", v)
		}
		break // which leaves the rest
	}
	wantInts(t, "the rest", slices.Collect(stream.Chan(c)(t.Context())), []int{2, 3})

	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		ended := make(chan []int)
		go func() { ended <- slices.Collect(stream.Chan(make(chan int))(ctx)) }()
		synctest.Wait()
		select {
		case <-ended:
			t.Error("ended before its context")
		default:
			cancel()
			wantInts(t, "of an empty channel", <-ended, nil)
		}
	})
}

func TestSeqEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	asked := 0
	for v := range numbers(&asked)(ctx) {
		if v == 2 {
			cancel()
		}
	}
	if asked != 3 {
		t.Errorf("asked %d times, want 3", asked)
	}
	for range numbers(&asked)(ctx) {
		t.Error("a value after the end of the context")
	}
}

func TestChanReceivesNothingAfterTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := make(chan int, 1)
	c <- 1
	for range 20 {
		for v := range stream.Chan(c)(ctx) {
			t.Fatalf("got %d after the end of the context", v)
		}
	}
}
