// Priorities has one goroutine serve three queues that are not equal. Urgent
// jobs go first, and yet the others get their turn.
package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/chanlint/chanlint/runtime/priority"
)

// Lanes are the queues of a dispatcher, the most important one first.
type lanes struct{ urgent, normal, background chan string }

// dispatch does jobs until all lanes are closed. While each of them has some,
// at least one job in six is from any of them.
func dispatch(ctx context.Context, l lanes, do func(lane int, job string)) error {
	pick := priority.Picker{MaxStreak: 4}
	for lane, job := range priority.All(ctx, &pick, l.urgent, l.normal, l.background) {
		do(lane, job)
	}
	return ctx.Err()
}

// control takes orders about the work before the work itself, of another type.
func control(ctx context.Context, orders <-chan string, work <-chan int) (sum int, err error) {
	for {
		from, order, n, err := priority.Recv2(ctx, nil, orders, work)
		switch {
		case errors.Is(err, priority.ErrClosed):
			return sum, nil
		case err != nil:
			return sum, err
		case from == 1 && order == "reset":
			sum = 0
		case from == 2:
			sum += n
		}
	}
}

// fill returns lanes with n jobs each, and no more to come.
func fill(n int) lanes {
	l := lanes{make(chan string, n), make(chan string, n), make(chan string, n)}
	for range n {
		l.urgent <- "U"
		l.normal <- "n"
		l.background <- "b"
	}
	close(l.urgent)
	close(l.normal)
	close(l.background)
	return l
}

func main() {
	ctx := context.Background()
	var done strings.Builder
	err := dispatch(ctx, fill(10), func(_ int, job string) { done.WriteString(job) })
	fmt.Println(done.String(), err)

	orders, work := make(chan string, 1), make(chan int, 3)
	work <- 1
	work <- 2
	work <- 3
	orders <- "reset" // came last, goes first
	close(orders)
	close(work)
	fmt.Println(control(ctx, orders, work))
}
