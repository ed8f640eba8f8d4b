package stream_test

import (
	"context"
	"iter"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/runtime/stream"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A timed is a value, and when it is to come or came.
type timed struct {
	at time.Duration
	v  int
}

// timeline returns a source of values at times since its start. It then ends,
// after end.
func timeline(end time.Duration, values ...timed) stream.Source[int] {
	return func(ctx context.Context) iter.Seq[int] {
		return func(yield func(int) bool) {
			begin := time.Now()
			for _, next := range append(values[:len(values):len(values)], timed{at: end, v: -1}) {
				select {
				case <-time.After(next.at - time.Since(begin)):
				case <-ctx.Done():
					return
				}
				if next.v < 0 || !yield(next.v) {
					return
				}
			}
		}
	}
}

// silent is a source that has nothing and ends with its context.
func silent(ctx context.Context) iter.Seq[int] {
	return func(func(int) bool) { <-ctx.Done() }
}

// numbers is a source of the numbers from 0, and counts how many it was asked for.
func numbers(asked *int) stream.Source[int] {
	return stream.Seq(func(yield func(int) bool) {
		for i := 0; ; i++ {
			*asked++
			if !yield(i) {
				return
			}
		}
	})
}

func wantInts(t *testing.T, what string, got, want []int) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
