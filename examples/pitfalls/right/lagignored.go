package right

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// follow adds up trades until there are no more, and counts those it has not
// seen.
func follow(ctx context.Context, trades *broadcast.Receiver[int]) (sum int, missed uint64) {
	for {
		n, err := trades.Recv(ctx)
		var lag *broadcast.LaggedError
		switch {
		case errors.As(err, &lag):
			missed += lag.Missed
			continue // with the oldest that is still there
		case err != nil:
			return sum, missed
		}
		sum += n
	}
}

// Lag follows ten trades, of which the channel keeps four.
func Lag(out io.Writer) {
	tx, rx := broadcast.New[int](4)
	defer rx.Close()
	for n := range 10 {
		tx.Send(n + 1)
	}
	tx.Close()
	sum, missed := follow(context.Background(), rx)
	fmt.Fprintf(out, "sum: %d, without %d trades that were missed\n", sum, missed)
}
