package stream_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/chanlint/chanlint/runtime/broadcast"
	"github.com/chanlint/chanlint/runtime/mpsc"
	"github.com/chanlint/chanlint/runtime/stream"
)

func TestST01_MergeEndsWhenAllHave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got []timed
		begin := time.Now()
		for v := range stream.Merge(t.Context(),
			timeline(2*time.Second, timed{time.Second, 1}),
			timeline(0),
			timeline(9*time.Second, timed{3 * time.Second, 2}, timed{8 * time.Second, 3})) {
			got = append(got, timed{time.Since(begin), v})
		}
		want := []timed{{time.Second, 1}, {3 * time.Second, 2}, {8 * time.Second, 3}}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		if took := time.Since(begin); took != 9*time.Second {
			t.Errorf("ended after %v, want 9s, when the last source does", took)
		}
	})
}

func TestST01_SourcesTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sources := make([]stream.Source[int], 3)
		for i := range sources {
			sources[i] = stream.Seq(func(yield func(int) bool) {
				for yield(i) {
				}
			})
		}
		var seen [3]int
		for v := range stream.Merge(t.Context(), sources...) {
			synctest.Wait() // until all have a value
			if seen[v]++; seen[v] == 10 {
				break
			}
		}
		for i, n := range seen {
			if n < 7 { // who is first may be so more than once
				t.Errorf("source %d was asked %d times of %v", i, n, seen)
			}
		}
	})
}

func TestMergeOfNothing(t *testing.T) {
	for v := range stream.Merge[int](t.Context()) {
		t.Errorf("got %d from no source", v)
	}
}

// After a break, every source has returned before the loop goes on.
func TestST02_BreakStopsAllSources(t *testing.T) {
	for name, loop := range map[string]func(ctx context.Context, sources ...stream.Source[int]){
		"Merge": func(ctx context.Context, sources ...stream.Source[int]) {
			for range stream.Merge(ctx, sources...) {
				break
			}
		},
		"Chunks": func(ctx context.Context, sources ...stream.Source[int]) {
			for range stream.Chunks(ctx, sources[0], 1, time.Second) {
				break
			}
		},
		"Timeout": func(ctx context.Context, sources ...stream.Source[int]) {
			for range stream.Timeout(ctx, sources[1], time.Second) {
				break
			}
		},
		"Throttle": func(ctx context.Context, sources ...stream.Source[int]) {
			for range stream.Throttle(ctx, sources[0], time.Second) {
				break
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var started, ended atomic.Int32
				tracked := func(src stream.Source[int]) stream.Source[int] {
					return func(ctx context.Context) iter.Seq[int] {
						started.Add(1)
						return func(yield func(int) bool) {
							defer ended.Add(1)
							src(ctx)(yield)
						}
					}
				}
				one := make(chan int, 2)
				one <- 1
				one <- 2
				loop(t.Context(), tracked(stream.Chan(one)), tracked(silent))
				if s, e := started.Load(), ended.Load(); s == 0 || s != e {
					t.Errorf("%d sources were started and %d have ended", s, e)
				}
			})
		})
	}
}

func TestPanicInTheLoopStopsAllSources(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer func() {
			if got := recover(); got != "oops" {
				t.Errorf("panic %v, want oops", got)
			}
		}()
		for range stream.Merge(t.Context(), silent, timeline(1, timed{0, 1})) {
			panic("oops")
		}
	})
}

// What was read before the context ends is given.
func TestEndOfContextLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		tx, rx := mpsc.New[int](8)
		defer tx.Close()
		defer rx.Close()
		for i := range 8 {
			tx.TrySend(i)
		}
		var got []int
		for v := range stream.Merge(ctx, rx.All, silent) {
			if got = append(got, v); v == 3 {
				synctest.Wait() // until the next value has been read ahead
				cancel()
			}
		}
		for v := range rx.Drain() {
			got = append(got, v)
		}
		wantInts(t, "given and left", got, []int{0, 1, 2, 3, 4, 5, 6, 7})
		if len(got) == 8 && ctx.Err() == nil {
			t.Error("the context has not ended")
		}
	})
}

func TestResultsOfABroadcast(t *testing.T) {
	tx, rx := broadcast.New[int](2)
	defer rx.Close()
	for i := range 5 {
		tx.Send(i)
	}
	tx.Close()
	var got []int
	var lag *broadcast.LaggedError
	for r := range stream.Merge(t.Context(), stream.Results(rx.All)) {
		if r.Err != nil {
			if !errors.As(r.Err, &lag) {
				t.Errorf("error %v", r.Err)
			}
			continue
		}
		got = append(got, r.Value)
	}
	wantInts(t, "values", got, []int{3, 4})
	if lag == nil || lag.Missed != 3 {
		t.Errorf("lag %v, want 3 missed", lag)
	}
}

// A loop that is left loses one value of each source, and no more.
func TestBreakLosesOneOfEachSource(t *testing.T) {
	for range 50 {
		synctest.Test(t, func(t *testing.T) {
			queues := []chan int{make(chan int, 100), make(chan int, 100)}
			for _, c := range queues {
				for i := range cap(c) {
					c <- i
				}
			}
			given := 0
			for range stream.Merge(t.Context(), stream.Chan(queues[0]), stream.Chan(queues[1])) {
				if given++; given == 10 {
					break
				}
			}
			if left := len(queues[0]) + len(queues[1]); left < 200-given-2 {
				t.Errorf("%d values left of 200 after %d were given, want at least %d", left, given, 200-given-2)
			}
		})
	}
}
