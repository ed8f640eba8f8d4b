package stream

import (
	"context"
	"fmt"
	"iter"
	"time"
)

// Chunks returns the values of src in batches of n. A batch is given before it is
// full when its first value has waited for d, and when src ends; none is empty.
// If d is 0, only n counts. A batch belongs to who gets it. Chunks panics if n
// is less than 1.
func Chunks[T any](ctx context.Context, src Source[T], n int, d time.Duration) iter.Seq[[]T] {
	if n < 1 {
		panic(fmt.Sprintf("stream: Chunks of %d values", n))
	}
	if d <= 0 {
		return chunksOf(ctx, src, n)
	}
	return func(yield func([]T) bool) {
		p := start(ctx, src)
		defer p.stop()
		due := time.NewTimer(d)
		defer due.Stop()
		var chunk []T
		for {
			select {
			case v, ok := <-p.out:
				if !ok {
					if len(chunk) > 0 {
						yield(chunk)
					}
					return
				}
				if len(chunk) == 0 {
					due.Reset(d)
				}
				if chunk = append(chunk, v); len(chunk) < n {
					continue
				}
			case <-due.C:
				if len(chunk) == 0 {
					continue
				}
			}
			if !yield(chunk) {
				return
			}
			chunk = nil
		}
	}
}

// chunksOf is Chunks without a time.
func chunksOf[T any](ctx context.Context, src Source[T], n int) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		var chunk []T
		for v := range src(ctx) {
			if chunk = append(chunk, v); len(chunk) < n {
				continue
			}
			if !yield(chunk) {
				return
			}
			chunk = nil
		}
		if len(chunk) > 0 {
			yield(chunk)
		}
	}
}

// Throttle returns the values of src, the first at once and each other at least
// d after the one before. It does not ask src for a value before it may give
// it, so values wait where src has them, and none is lost when ctx ends.
func Throttle[T any](ctx context.Context, src Source[T], d time.Duration) iter.Seq[T] {
	return func(yield func(T) bool) {
		next := time.NewTimer(d)
		defer next.Stop()
		for v := range src(ctx) {
			next.Reset(d)
			if !yield(v) {
				return
			}
			select {
			case <-next.C:
			case <-ctx.Done():
				return
			}
		}
	}
}

// Timeout returns the values of src, and [ErrTimeout] in place of one when the
// loop has waited for d. After that it waits without limit: a stall is told
// once, and what comes later is still given. The time that the loop takes
// between two values does not count. Timeout panics if d is not positive.
func Timeout[T any](ctx context.Context, src Source[T], d time.Duration) iter.Seq2[T, error] {
	return timeout(ctx, src, d, false)
}

// TimeoutRepeating is [Timeout] that tells of a stall each time another d has
// passed.
func TimeoutRepeating[T any](ctx context.Context, src Source[T], d time.Duration) iter.Seq2[T, error] {
	return timeout(ctx, src, d, true)
}

func timeout[T any](ctx context.Context, src Source[T], d time.Duration, repeat bool) iter.Seq2[T, error] {
	if d <= 0 {
		panic(fmt.Sprintf("stream: Timeout after %v", d))
	}
	return func(yield func(T, error) bool) {
		p := start(ctx, src)
		defer p.stop()
		stall := time.NewTimer(d)
		defer stall.Stop()
		for {
			var v T
			var err error
			select {
			case got, ok := <-p.out:
				if !ok {
					return
				}
				v = got
			case <-stall.C:
				err = ErrTimeout
			}
			if !yield(v, err) {
				return
			}
			if err == nil || repeat {
				stall.Reset(d)
			}
		}
	}
}
