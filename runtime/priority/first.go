package priority

import (
	"context"
	"iter"
	"reflect"
)

// maxArms is how many sources are waited for without reflection.
const maxArms = 8

// First receives from the first of sources that has a value. It returns which
// one, counted from 1. Otherwise from is 0, and the error that of ctx if it has
// ended, or else [ErrClosed] if all sources have. p may be nil.
func First[T any](ctx context.Context, p *Picker, sources ...<-chan T) (from int, v T, err error) {
	if len(sources) > maxArms {
		return firstOfMany(ctx, p, sources)
	}
	var arms [maxArms]<-chan T
	copy(arms[:], sources)
	from, err = p.choose(ctx, len(sources), func(i int) answer {
		return ask(&arms[i], &v)
	}, func() (int, answer) {
		i, got, ok := wait(ctx.Done(), &arms, len(sources))
		if i < 0 {
			return i, nothing
		}
		return i, accept(&arms[i], &v, got, ok)
	})
	return from, v, err
}

// wait waits for the first n of arms, or for done, for which it returns -1.
func wait[T any](done <-chan struct{}, arms *[maxArms]<-chan T, n int) (i int, v T, ok bool) {
	if n <= 3 { // each arm costs, also if it is nil
		select {
		case v, ok = <-arms[0]:
			return 0, v, ok
		case v, ok = <-arms[1]:
			return 1, v, ok
		case v, ok = <-arms[2]:
			return 2, v, ok
		case <-done:
			return -1, v, false
		}
	}
	select {
	case v, ok = <-arms[0]:
		return 0, v, ok
	case v, ok = <-arms[1]:
		return 1, v, ok
	case v, ok = <-arms[2]:
		return 2, v, ok
	case v, ok = <-arms[3]:
		return 3, v, ok
	case v, ok = <-arms[4]:
		return 4, v, ok
	case v, ok = <-arms[5]:
		return 5, v, ok
	case v, ok = <-arms[6]:
		return 6, v, ok
	case v, ok = <-arms[7]:
		return 7, v, ok
	case <-done:
		return -1, v, false
	}
}

// firstOfMany is First for any number of sources.
func firstOfMany[T any](ctx context.Context, p *Picker, sources []<-chan T) (from int, v T, err error) {
	arms := append([]<-chan T(nil), sources...) // those of the caller stay on its stack
	from, err = p.choose(ctx, len(arms), func(i int) answer {
		return ask(&arms[i], &v)
	}, func() (int, answer) {
		i, got, ok := waitForMany(ctx.Done(), arms)
		if i < 0 {
			return i, nothing
		}
		return i, accept(&arms[i], &v, got, ok)
	})
	return from, v, err
}

// waitForMany is wait for any number of arms.
func waitForMany[T any](done <-chan struct{}, arms []<-chan T) (i int, v T, ok bool) {
	cases := make([]reflect.SelectCase, 0, len(arms)+1)
	for _, c := range arms {
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(c)})
	}
	cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(done)})
	i, got, ok := reflect.Select(cases)
	switch {
	case i == len(arms):
		return -1, v, false
	case ok:
		reflect.ValueOf(&v).Elem().Set(got) // got.Interface would lose a nil T
	}
	return i, v, ok
}

// All returns the values of sources as [First] receives them, each with the
// number of its source. It ends when all sources have or when ctx ends, which
// ctx.Err tells. Nothing is lost by leaving the loop early. p may be nil.
func All[T any](ctx context.Context, p *Picker, sources ...<-chan T) iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		for {
			from, v, err := First(ctx, p, sources...)
			if err != nil || !yield(from, v) {
				return
			}
		}
	}
}

// Ready waits for the first of signals that is there, and returns which one,
// counted from 1: one from which something can be received, or that is closed. It
// receives from it. Otherwise from is 0, and the error that of ctx if it has
// ended, or else [ErrClosed] if every signal is nil. p may be nil.
//
// It is for channels that carry no values, also such as must be asked for anew
// each time:
//
//	from, err := priority.Ready(ctx, &pick, settings.Changed(), jobs.Ready())
//	switch from {
//	case 1:
//		apply(settings.GetAndMark())
//	case 2:
//		job, err := jobs.TryRecv()
//	}
func Ready(ctx context.Context, p *Picker, signals ...<-chan struct{}) (from int, err error) {
	var arms [maxArms]<-chan struct{}
	copy(arms[:], signals)
	return p.choose(ctx, len(signals), func(i int) answer {
		return heard(signals[i])
	}, func() (i int, _ answer) {
		if len(signals) <= maxArms {
			i, _, _ = wait(ctx.Done(), &arms, len(signals))
		} else {
			i, _, _ = waitForMany(ctx.Done(), signals)
		}
		if i < 0 {
			return i, nothing
		}
		return i, value
	})
}

// heard asks for a signal.
func heard(c <-chan struct{}) answer {
	if c == nil {
		return ended
	}
	select {
	case <-c:
		return value
	default:
		return nothing
	}
}
