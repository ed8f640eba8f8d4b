package priority_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/runtime/priority"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A picked is what a receive has returned.
type picked struct {
	from, v int
	err     error
}

func (p picked) String() string { return fmt.Sprintf("%d, %d, %v", p.from, p.v, p.err) }

// A form is one of the functions, given sources for numbers.
type form struct {
	name string
	max  int // sources it takes
	recv func(ctx context.Context, p *priority.Picker, sources ...<-chan int) picked
}

// forms returns all functions that receive values. Those for fewer sources than
// they take are given nil for the rest.
func forms() []form {
	return []form{
		{"First", 12, func(ctx context.Context, p *priority.Picker, s ...<-chan int) picked {
			from, v, err := priority.First(ctx, p, s...)
			return picked{from, v, err}
		}},
		{"First of many", 12, func(ctx context.Context, p *priority.Picker, s ...<-chan int) picked {
			from, v, err := priority.First(ctx, p, append(s[:len(s):len(s)], make([]<-chan int, 12-len(s))...)...)
			return picked{from, v, err}
		}},
		{"Recv2", 2, func(ctx context.Context, p *priority.Picker, s ...<-chan int) picked {
			from, a, b, err := priority.Recv2(ctx, p, s[0], s[1])
			return picked{from, a + b, err}
		}},
		{"Recv3", 3, func(ctx context.Context, p *priority.Picker, s ...<-chan int) picked {
			s = append(s[:len(s):len(s)], nil)
			from, a, b, c, err := priority.Recv3(ctx, p, s[0], s[1], s[2])
			return picked{from, a + b + c, err}
		}},
		{"Recv4", 4, func(ctx context.Context, p *priority.Picker, s ...<-chan int) picked {
			s = append(s[:len(s):len(s)], nil, nil)
			from, a, b, c, d, err := priority.Recv4(ctx, p, s[0], s[1], s[2], s[3])
			return picked{from, a + b + c + d, err}
		}},
	}
}

// eachForm runs a test for each function that takes n sources.
func eachForm(t *testing.T, n int, test func(t *testing.T, f form)) {
	for _, f := range forms() {
		if n <= f.max {
			t.Run(f.name, func(t *testing.T) { test(t, f) })
		}
	}
}

// filled returns a channel that holds values.
func filled(values ...int) chan int {
	c := make(chan int, max(len(values), 1))
	for _, v := range values {
		c <- v
	}
	return c
}

// endless returns a channel that has so many values that no test sees its end.
func endless(v int) <-chan int {
	c := make(chan int, 100)
	for range cap(c) {
		c <- v
	}
	return c
}

func (p picked) want(t *testing.T, from, v int, err error) {
	t.Helper()
	if p.from != from || p.v != v || !errors.Is(p.err, err) {
		t.Errorf("got %v, want %v", p, picked{from, v, err})
	}
}
