package stream_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/chanlint/chanlint/runtime/stream"
)

const ms = time.Millisecond

func TestST03_Chunks(t *testing.T) {
	for _, test := range []struct {
		name   string
		n      int
		d      time.Duration
		end    time.Duration
		values []timed
		want   string
	}{
		{"full", 2, time.Second, 5 * ms, []timed{{1 * ms, 1}, {2 * ms, 2}, {3 * ms, 3}, {4 * ms, 4}}, "2ms [1 2], 4ms [3 4], "},
		{"last is partial", 3, time.Second, 5 * ms, []timed{{0, 1}, {0, 2}, {0, 3}, {0, 4}}, "0s [1 2 3], 5ms [4], "},
		{"since the first", 9, 10 * ms, 99 * ms, []timed{{25 * ms, 1}, {30 * ms, 2}, {34 * ms, 3}, {36 * ms, 4}},
			"35ms [1 2 3], 46ms [4], "},
		{"nothing", 9, 10 * ms, 99 * ms, nil, ""},
		{"no time", 2, 0, 99 * ms, []timed{{25 * ms, 1}, {30 * ms, 2}, {34 * ms, 3}}, "30ms [1 2], 99ms [3], "},
		{"full, then the old time", 2, 10 * ms, 99 * ms, []timed{{0, 1}, {5 * ms, 2}, {8 * ms, 3}}, "5ms [1 2], 18ms [3], "},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				begin, got := time.Now(), ""
				for chunk := range stream.Chunks(t.Context(), timeline(test.end, test.values...), test.n, test.d) {
					got += fmt.Sprintf("%v %v, ", time.Since(begin), chunk)
				}
				if got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
			})
		})
	}
}

func TestChunksBelongToTheLoop(t *testing.T) {
	for _, d := range []time.Duration{0, time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			var all [][]int
			for chunk := range stream.Chunks(t.Context(), timeline(1, timed{0, 1}, timed{0, 2}, timed{0, 3}), 2, d) {
				all = append(all, chunk)
			}
			if got, want := fmt.Sprint(all), "[[1 2] [3]]"; got != want {
				t.Errorf("chunks kept are %s, want %s", got, want)
			}
		})
	}
}

func TestChunksAtTheEndOfTheContext(t *testing.T) {
	for _, d := range []time.Duration{0, time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			var got []int
			for chunk := range stream.Chunks(ctx, timeline(time.Hour, timed{0, 1}, timed{0, 2}), 9, d) {
				got = append(got, chunk...)
			}
			wantInts(t, "the batch at the end", got, []int{1, 2})
		})
	}
}

func TestMisuse(t *testing.T) {
	for want, f := range map[string]func(){
		"stream: Chunks of 0 values": func() { stream.Chunks(t.Context(), silent, 0, 1) },
		"stream: Timeout after 0s":   func() { stream.Timeout(t.Context(), silent, 0) },
	} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("panic %v, want %v", got, want)
				}
			}()
			f()
		}()
	}
}

// stalls returns what a sequence gives, and when; -1 stands for a timeout.
func stalls(t *testing.T, repeat bool, body time.Duration, src stream.Source[int]) (got []timed) {
	t.Helper()
	seq := stream.Timeout(t.Context(), src, 10*ms)
	if repeat {
		seq = stream.TimeoutRepeating(t.Context(), src, 10*ms)
	}
	begin := time.Now()
	for v, err := range seq {
		if err != nil {
			if !errors.Is(err, stream.ErrTimeout) || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("error %v", err)
			}
			v = -1
		}
		got = append(got, timed{time.Since(begin), v})
		<-time.After(body)
	}
	return got
}

func TestST04_OneTimeoutForAStall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := stalls(t, false, 0, timeline(60*ms, timed{5 * ms, 1}, timed{50 * ms, 2}, timed{55 * ms, 3}))
		want := []timed{{5 * ms, 1}, {15 * ms, -1}, {50 * ms, 2}, {55 * ms, 3}}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestST04_TheLoopMayTakeItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := stalls(t, false, 25*ms, timeline(60*ms, timed{5 * ms, 1}, timed{6 * ms, 2}, timed{45 * ms, 3}))
		want := []timed{{5 * ms, 1}, {30 * ms, 2}, {55 * ms, 3}}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestST05_RepeatedTimeouts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := stalls(t, true, 0, timeline(39*ms, timed{34 * ms, 1}))
		want := []timed{{10 * ms, -1}, {20 * ms, -1}, {30 * ms, -1}, {34 * ms, 1}}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestST06_Throttle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var got []timed
		src := timeline(60*ms, timed{3 * ms, 1}, timed{4 * ms, 2}, timed{5 * ms, 3}, timed{50 * ms, 4})
		for v := range stream.Throttle(t.Context(), src, 10*ms) {
			got = append(got, timed{time.Since(begin), v})
			<-time.After(2 * ms) // which is part of the pause
		}
		want := []timed{{3 * ms, 1}, {13 * ms, 2}, {23 * ms, 3}, {50 * ms, 4}}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestThrottleReadsNothingAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 25*ms)
		defer cancel()
		asked := 0
		var got []int
		for v := range stream.Throttle(ctx, numbers(&asked), 10*ms) {
			got = append(got, v)
		}
		wantInts(t, "given before the context ended", got, []int{0, 1, 2})
		if asked != 3 {
			t.Errorf("%d values were read, want the 3 that were given", asked)
		}
	})
}
