package wrong

import (
	"context"
	"fmt"
	"io"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// follow adds up trades until there are no more.
func follow(ctx context.Context, trades *broadcast.Receiver[int]) (sum int) {
	for {
		n, err := trades.Recv(ctx)
		if err != nil {
			return sum
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
	fmt.Fprintln(out, "sum:", follow(context.Background(), rx))
}
