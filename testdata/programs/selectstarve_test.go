package programs

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// few fails if it is called too often: a loop that spins does not end by itself.
func few(t *testing.T, got *[]string) func(string) {
	return func(s string) {
		if *got = append(*got, s); len(*got) > 100 {
			panic("spins")
		}
	}
}

func TestStore(t *testing.T) {
	var got []string
	f := &feed{lines: make(chan string, 2)}
	f.read([]string{"a", "b"})
	f.store(t.Context(), few(t, &got))
	if !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %q, want a and b", got)
	}
}

func TestStoreLines(t *testing.T) {
	var got []string
	lines := make(chan string, 2)
	lines <- "a"
	close(lines)
	flush := make(chan bool)
	close(flush) // ready all the time, to see that the loop spins
	storeLines(lines, flush, func(s string) {
		if s != "\n" || len(got) > 0 {
			few(t, &got)(s)
		}
	})
	if !slices.Contains(got, "a") {
		t.Errorf("got %q, want a", got)
	}
}

// watch ends the program if the test takes long.
func watch(t *testing.T) {
	timer := time.AfterFunc(5*time.Second, func() { panic("hangs, or spins") })
	t.Cleanup(func() { timer.Stop() })
}

// A loop that spins never lets the clock of its bubble go on.
func TestPoll(t *testing.T) {
	watch(t)
	synctest.Test(t, func(t *testing.T) {
		lines, quit := make(chan string), make(chan bool)
		go func() {
			<-time.After(time.Second)
			lines <- "a"
			close(quit)
		}()
		var got []string
		poll(lines, quit, few(t, &got))
		if !slices.Equal(got, []string{"a"}) {
			t.Errorf("got %q, want a", got)
		}
	})
}

func TestCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, quit := make(chan int), make(chan bool)
		go func() {
			for range 100 {
				<-time.After(time.Second)
				in <- 1
			}
			close(quit)
		}()
		shown := 0
		count(in, 10*time.Second, quit, func(int) { shown++ })
		if shown < 9 {
			t.Errorf("shown %d times in 100 seconds, want each 10", shown)
		}
	})
}

func TestInOrder(t *testing.T) {
	high, low := make(chan int, 100), make(chan int, 100)
	for range 100 {
		high <- 1
		low <- 2
	}
	ctx, cancel := context.WithCancel(t.Context())
	var got []int
	err := inOrder(ctx, high, low, func(job int) {
		if got = append(got, job); len(got) == 200 {
			cancel()
		}
	})
	if !slices.IsSorted(got) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, %v, want the jobs in order", got, err)
	}
}

func TestUrgentFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		urgent, rest, quit := make(chan int), make(chan int), make(chan bool)
		var got []int
		go func() {
			<-time.After(time.Second)
			urgent <- 1
			close(quit)
		}()
		urgentFirst(urgent, rest, quit, func(job int) { got = append(got, job) })
		if !slices.Equal(got, []int{1}) {
			t.Errorf("got %v, want 1", got)
		}
	})
}

func TestRetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begun := time.Now()
		retry(ctx, func() bool { return false })
		if d := time.Since(begun); d > time.Second {
			t.Errorf("ends after %v, want when its context does", d)
		}
	})
}

func TestUrgentOrNormal(t *testing.T) {
	urgent, normal := make(chan string, 100), make(chan int, 100)
	for i := range 100 {
		urgent <- "u"
		normal <- i
	}
	ctx, cancel := context.WithCancel(t.Context())
	n, early := 0, 0
	urgentOrNormal(ctx, urgent, normal, func(string) { n++ }, func(i int) {
		if n < 100 {
			early++
		}
		if i == 99 {
			cancel()
		}
	})
	if early > 0 {
		t.Errorf("%d normal ones came before urgent ones", early)
	}
}

func TestDrain(t *testing.T) {
	watch(t)
	in := make(chan int, 3)
	for i := range cap(in) {
		in <- i
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Millisecond, cancel)
	if n := drain(ctx, in); n != 3 {
		t.Errorf("drained %d, want 3", n)
	}
}

func TestSumUntil(t *testing.T) {
	watch(t)
	synctest.Test(t, func(t *testing.T) {
		in, quit := make(chan int, 2), make(chan bool)
		in <- 1
		in <- 2
		close(in)
		time.AfterFunc(time.Second, func() { close(quit) })
		if n := sumUntil(in, quit); n != 3 {
			t.Errorf("sum %d, want 3", n)
		}
	})
}
