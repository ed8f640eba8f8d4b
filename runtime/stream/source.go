package stream

import (
	"context"
	"iter"

	"github.com/chanlint/chanlint/runtime/chans"
)

// The errors of this package are those of package chans.
var (
	ErrClosed  = chans.ErrClosed
	ErrTimeout = chans.ErrTimeout
)

// A Source makes a sequence of values. The sequence ends, wherever it waits, when
// ctx does.
type Source[T any] func(ctx context.Context) iter.Seq[T]

// Chan returns a source of what is received from c, until it is closed. Once the
// context has ended, nothing more is received.
func Chan[T any](c <-chan T) Source[T] {
	return func(ctx context.Context) iter.Seq[T] {
		return func(yield func(T) bool) {
			for {
				v, ok := recv(ctx, c)
				if !ok || !yield(v) {
					return
				}
			}
		}
	}
}

// recv receives from c, and reports false if c is closed or ctx has ended.
func recv[T any](ctx context.Context, c <-chan T) (v T, ok bool) {
	if ctx.Err() != nil {
		return v, false
	}
	select {
	case v, ok = <-c:
		return v, ok
	default: // a select over more cases costs three times as much
	}
	select {
	case v, ok = <-c:
	case <-ctx.Done():
	}
	return v, ok
}

// Seq returns a source of the values of seq, which must not wait for anything
// itself: the context is looked at between two values.
func Seq[T any](seq iter.Seq[T]) Source[T] {
	return func(ctx context.Context) iter.Seq[T] {
		return func(yield func(T) bool) {
			if ctx.Err() != nil {
				return
			}
			for v := range seq {
				if !yield(v) || ctx.Err() != nil {
					return
				}
			}
		}
	}
}

// A Result is a value or an error.
type Result[T any] struct {
	Value T
	Err   error
}

// Results returns a source of the values and errors of another kind of sequence,
// such as those of the receivers of package broadcast.
func Results[T any](all func(context.Context) iter.Seq2[T, error]) Source[Result[T]] {
	return func(ctx context.Context) iter.Seq[Result[T]] {
		return func(yield func(Result[T]) bool) {
			for v, err := range all(ctx) {
				if !yield(Result[T]{v, err}) {
					return
				}
			}
		}
	}
}

// A Mark is a value, or stands behind the last one.
type Mark[T any] struct {
	Value T
	End   bool
}

// Marked returns a source of the values of src, with one item more when src has
// ended by itself: so that a [Map] or a merge says which of its sources is gone. There
// is none if the context ends, or if the loop is left.
func Marked[T any](src Source[T]) Source[Mark[T]] {
	return func(ctx context.Context) iter.Seq[Mark[T]] {
		return func(yield func(Mark[T]) bool) {
			for v := range src(ctx) {
				if !yield(Mark[T]{Value: v}) {
					return
				}
			}
			if ctx.Err() == nil {
				yield(Mark[T]{End: true})
			}
		}
	}
}

// Collect returns the values of seq up to the first error, and that error.
func Collect[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var all []T
	for v, err := range seq {
		if err != nil {
			return all, err
		}
		all = append(all, v)
	}
	return all, nil
}

// TakeWhile returns the values of seq before the first for which ok reports
// false. It does not ask seq for any after that.
func TakeWhile[T any](seq iter.Seq[T], ok func(T) bool) iter.Seq[T] {
	return MapWhile(seq, func(v T) (T, bool) { return v, ok(v) })
}

// SkipWhile returns the values of seq from the first for which skip reports
// false. It does not call skip after that.
func SkipWhile[T any](seq iter.Seq[T], skip func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		skipping := true
		for v := range seq {
			skipping = skipping && skip(v)
			if !skipping && !yield(v) {
				return
			}
		}
	}
}

// MapWhile returns what f makes of the values of seq, before the first for which
// it reports false. It does not ask seq for any after that.
func MapWhile[T, U any](seq iter.Seq[T], f func(T) (U, bool)) iter.Seq[U] {
	return func(yield func(U) bool) {
		for v := range seq {
			if u, ok := f(v); !ok || !yield(u) {
				return
			}
		}
	}
}
