package priority_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/chans"
	"github.com/chanlint/chanlint/runtime/priority"
)

func TestSE01_FirstReadyInOrderWins(t *testing.T) {
	for _, n := range []int{2, 3, 4, 8, 9} {
		eachForm(t, n, func(t *testing.T, f form) {
			for range 50 { // a select would pick at random
				sources := make([]<-chan int, n)
				for i := range sources {
					sources[i] = filled(i + 1)
				}
				for i := range n {
					f.recv(t.Context(), nil, sources...).want(t, i+1, i+1, nil)
				}
			}
		})
	}
}

func TestSE02_WaitsAndWakesOnAny(t *testing.T) {
	for _, n := range []int{2, 3, 4, 8, 9} {
		eachForm(t, n, func(t *testing.T, f form) {
			for i := range n {
				synctest.Test(t, func(t *testing.T) {
					sources := make([]<-chan int, n)
					inner := make([]chan int, n)
					for j := range sources {
						inner[j] = make(chan int)
						sources[j] = inner[j]
					}
					got := make(chan picked, 1)
					go func() { got <- f.recv(t.Context(), nil, sources...) }()
					synctest.Wait()
					if len(got) != 0 {
						t.Fatalf("returned %v without a value", <-got)
					}
					inner[i] <- 7
					(<-got).want(t, i+1, 7, nil)
				})
			}
		})
	}
}

func TestSE04_NilSourcesArePassedOver(t *testing.T) {
	eachForm(t, 2, func(t *testing.T, f form) {
		f.recv(t.Context(), nil, nil, filled(5)).want(t, 2, 5, nil)
		f.recv(t.Context(), nil, nil, nil).want(t, 0, 0, priority.ErrClosed)
	})
	if _, _, err := priority.First[int](t.Context(), nil); !errors.Is(err, chans.ErrClosed) {
		t.Errorf("First of no source: %v, want %v", err, chans.ErrClosed)
	}
}

func TestSE05_LosersLoseNothing(t *testing.T) {
	const each = 2000
	eachForm(t, 2, func(t *testing.T, f form) {
		sources := []chan int{make(chan int), make(chan int, 4)}
		var senders sync.WaitGroup
		for i, c := range sources {
			senders.Go(func() {
				defer close(c)
				for v := range each {
					c <- v*2 + i
				}
			})
		}
		var seen [2][]int
		for {
			got := f.recv(t.Context(), &priority.Picker{MaxStreak: 2}, sources[0], sources[1])
			if got.err != nil {
				break
			}
			seen[got.from-1] = append(seen[got.from-1], got.v)
		}
		senders.Wait()
		for i, values := range seen {
			if len(values) != each || !slices.IsSorted(values) {
				t.Errorf("source %d: %d values, sorted %t, want all %d in order",
					i+1, len(values), slices.IsSorted(values), each)
			}
		}
	})
}

func TestSE06_StreakIsBounded(t *testing.T) {
	for _, test := range []struct {
		name    string
		max     int
		sources int
		want    []int
	}{
		{"no bound", 0, 2, []int{1, 1, 1, 1, 1, 1, 1, 1}},
		{"one", 1, 2, []int{1, 2, 1, 2, 1, 2, 1, 2}},
		{"three", 3, 2, []int{1, 1, 1, 2, 1, 1, 1, 2}},
		{"three of them", 2, 3, []int{1, 1, 2, 3, 1, 1, 2, 3}},
		{"one of three", 1, 3, []int{1, 2, 3, 1, 2, 3, 1, 2}},
	} {
		eachForm(t, test.sources, func(t *testing.T, f form) {
			sources := make([]<-chan int, test.sources)
			for i := range sources {
				sources[i] = endless(i)
			}
			pick := &priority.Picker{MaxStreak: test.max}
			var got []int
			for range test.want {
				got = append(got, f.recv(t.Context(), pick, sources...).from)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%s: received from %v, want %v", test.name, got, test.want)
			}
		})
	}
}

// Whatever the sources do, none that has a value waits longer than promised.
func TestSE06_BoundHoldsForAll(t *testing.T) {
	for n := 2; n <= 10; n++ {
		for maxStreak := 1; maxStreak < 5; maxStreak++ {
			pick := &priority.Picker{MaxStreak: maxStreak}
			sources := make([]<-chan int, n)
			for i := range sources {
				sources[i] = endless(i)
			}
			last := make([]int, n)
			for round := 1; round <= 90; round++ {
				from, _, _ := priority.First(t.Context(), pick, sources...)
				last[from-1] = round
				for i, then := range last {
					if round-then > maxStreak+n-1 {
						t.Fatalf("MaxStreak %d: source %d of %d was passed over in rounds %d to %d", maxStreak, i+1, n, then+1, round)
					}
				}
			}
		}
	}
}

func TestOfferToAnEmptySourceStartsANewStreak(t *testing.T) {
	low := make(chan int, 1)
	pick := &priority.Picker{MaxStreak: 2}
	high := endless(1)
	recv := func(want int) {
		t.Helper()
		if from, _, _ := priority.First(t.Context(), pick, high, low); from != want {
			t.Errorf("received from %d, want %d", from, want)
		}
	}
	recv(1)
	recv(1)
	recv(1) // low was asked first, and had nothing
	low <- 1
	recv(1)
	recv(2)
	recv(1)
}

// A source that was asked on the way to one behind it was not passed over.
func TestAskedOnTheWayIsNotPassedOver(t *testing.T) {
	high, middle, low := make(chan int, 1), make(chan int, 1), make(chan int, 1)
	pick := &priority.Picker{MaxStreak: 2}
	for i, step := range []struct {
		send []chan int
		want int
	}{
		{[]chan int{high}, 1},         // passes over the middle once
		{[]chan int{low}, 3},          // asks it, in vain
		{[]chan int{high}, 1},         // passes over it, once again
		{[]chan int{high, middle}, 1}, // so it is not due
		{[]chan int{high}, 2},         // but now it is
	} {
		for _, c := range step.send {
			c <- i
		}
		if from, _, _ := priority.First(t.Context(), pick, high, middle, low); from != step.want {
			t.Errorf("step %d: received from %d, want %d", i, from, step.want)
		}
	}
}

func TestSE07_EndsWhenAllAreClosed(t *testing.T) {
	eachForm(t, 2, func(t *testing.T, f form) {
		a, b := filled(1), filled(2, 3)
		close(a)
		close(b)
		f.recv(t.Context(), nil, a, b).want(t, 1, 1, nil)
		f.recv(t.Context(), nil, a, b).want(t, 2, 2, nil) // a has nothing, for ever
		f.recv(t.Context(), nil, a, b).want(t, 2, 3, nil)
		for range 2 {
			f.recv(t.Context(), nil, a, b).want(t, 0, 0, priority.ErrClosed)
		}
	})
}

func TestCloseWhileWaiting(t *testing.T) {
	eachForm(t, 2, func(t *testing.T, f form) {
		synctest.Test(t, func(t *testing.T) {
			a, b := make(chan int), make(chan int)
			got := make(chan picked, 1)
			go func() { got <- f.recv(t.Context(), &priority.Picker{MaxStreak: 1}, a, b) }()
			synctest.Wait()
			close(a)
			synctest.Wait()
			if len(got) != 0 {
				t.Fatalf("returned %v when one of two sources was closed", <-got)
			}
			close(b)
			(<-got).want(t, 0, 0, priority.ErrClosed)
		})
	})
}

func TestContextComesFirst(t *testing.T) {
	eachForm(t, 2, func(t *testing.T, f form) {
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(errors.New("why"))
		a := filled(1)
		for range 20 {
			f.recv(ctx, nil, a, filled(2)).want(t, 0, 0, context.Canceled)
		}
		if len(a) != 1 {
			t.Error("a value was taken after the end of the context")
		}
	})
}

func TestContextEndsTheWait(t *testing.T) {
	eachForm(t, 2, func(t *testing.T, f form) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			got := make(chan picked, 1)
			go func() { got <- f.recv(ctx, nil, make(chan int), make(chan int)) }()
			synctest.Wait()
			cancel()
			(<-got).want(t, 0, 0, context.Canceled)
		})
	})
}

func TestValuesOfDifferentTypes(t *testing.T) {
	names, numbers, errs, bells := make(chan string, 1), make(chan int, 1), make(chan error, 1), make(chan struct{}, 1)
	names <- "a"
	numbers <- 7
	errs <- nil // which is a value
	bells <- struct{}{}
	var got []any
	for range 4 {
		from, name, number, err, _, end := priority.Recv4(t.Context(), nil, names, numbers, errs, bells)
		got = append(got, from, name, number, err, end)
	}
	want := []any{1, "a", 0, nil, nil, 2, "", 7, nil, nil, 3, "", 0, nil, nil, 4, "", 0, nil, nil}
	if !slices.Equal(got, want) {
		t.Errorf("Recv4 returned %v, want %v", got, want)
	}
}

func TestNilValueThroughReflection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := make(chan error)
		sources := append(make([]<-chan error, 9), c)
		go func() { c <- nil }()
		from, v, err := priority.First(t.Context(), nil, sources...)
		if from != 10 || v != nil || err != nil {
			t.Errorf("First = %d, %v, %v, want 10, nil, nil", from, v, err)
		}
	})
}

func TestAll(t *testing.T) {
	a, b := filled(1, 2), filled(3, 4, 5)
	close(a)
	close(b)
	var got []int
	for from, v := range priority.All(t.Context(), nil, a, b) {
		got = append(got, from, v)
		if v == 3 {
			break // which leaves the rest
		}
	}
	for from, v := range priority.All(t.Context(), nil, a, b) {
		got = append(got, from, v)
	}
	if want := []int{1, 1, 1, 2, 2, 3, 2, 4, 2, 5}; !slices.Equal(got, want) {
		t.Errorf("All yields %v, want %v", got, want)
	}
}

func TestNothingAllocates(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	pick := &priority.Picker{MaxStreak: 3}
	c := make(chan int, 1)
	closed := make(chan struct{})
	close(closed)
	for name, f := range map[string]func(){
		"First": func() { c <- 1; priority.First(ctx, pick, nil, nil, nil, nil, nil, nil, nil, c) },
		"Recv2": func() { c <- 1; priority.Recv2(ctx, pick, closed, c) },
		"Recv4": func() { c <- 1; priority.Recv4(ctx, pick, closed, c, c, c) },
		"Ready": func() { priority.Ready(ctx, pick, nil, closed) },
	} {
		pick = &priority.Picker{MaxStreak: 3}
		if got := testing.AllocsPerRun(100, f); got != 0 {
			t.Errorf("%s allocates %v times", name, got)
		}
	}
}
