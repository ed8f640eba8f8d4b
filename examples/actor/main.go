// Actor has a goroutine own a map and answer requests about it. Each request
// carries the sender of its reply, and every way through the actor ends in a
// reply or in the news that there is none.
package main

import (
	"context"
	"fmt"

	"github.com/chanlint/chanlint/runtime/mpsc"
	"github.com/chanlint/chanlint/runtime/oneshot"
)

// A deposit is a request: what to do, and where to answer.
type deposit struct {
	account string
	cents   int
	reply   oneshot.Sender[int]
}

// serve owns the accounts until all clients have left.
func serve(requests *mpsc.Receiver[deposit], accounts map[string]int) {
	defer requests.Close()
	for req := range requests.All(context.Background()) {
		answer(req, accounts)
	}
}

// answer never waits, even for a client that has given up, and never leaves
// one waiting. A deposit counts if its client can know of it.
func answer(req deposit, accounts map[string]int) {
	defer req.reply.Close() // does nothing after a Send
	balance, ok := accounts[req.account]
	if !ok {
		return
	}
	if req.reply.Send(balance + req.cents) {
		accounts[req.account] = balance + req.cents
	}
}

// A bank is what a client sees of the actor.
type bank struct{ requests *mpsc.Sender[deposit] }

// deposit returns the new balance, or the reason why nothing was deposited. It
// waits as long as ctx allows: for room in the queue, and for the reply.
func (b bank) deposit(ctx context.Context, account string, cents int) (int, error) {
	reply, balance := oneshot.New[int]()
	if err := b.requests.Send(ctx, deposit{account, cents, reply}); err != nil {
		return 0, err
	}
	v, err := balance.Recv(ctx)
	if err == nil {
		return v, nil
	}
	balance.Close() // the reply is refused from now on
	if v, late := balance.TryRecv(); late == nil {
		return v, nil // it came just before
	}
	return 0, err
}

func main() {
	tx, rx := mpsc.New[deposit](4)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		serve(rx, map[string]int{"ann": 0})
	}()

	b := bank{tx}
	ctx := context.Background()
	impatient, cancel := context.WithCancel(ctx)
	cancel()
	for _, client := range []struct {
		ctx     context.Context
		account string
		cents   int
	}{
		{ctx, "ann", 100},
		{ctx, "ann", -30},
		{ctx, "bob", 50},
		{impatient, "ann", 1},
		{ctx, "ann", 5},
	} {
		balance, err := b.deposit(client.ctx, client.account, client.cents)
		fmt.Println(client.account, client.cents, "->", balance, err)
	}
	tx.Close()
	<-stopped
	_, err := b.deposit(ctx, "ann", 1)
	fmt.Println("after the end:", err)
}
