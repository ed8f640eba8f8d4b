package oneshot_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chanlint/chanlint/runtime/oneshot"
)

// A deposit is a request to the account: what to do, and where to answer.
type deposit struct {
	amount int
	reply  oneshot.Sender[int]
}

// account is an actor: it owns the balance, and takes requests in turn.
func account(requests <-chan deposit) {
	balance := 0
	for req := range requests {
		balance += req.amount
		req.reply.Send(balance) // never blocks, even if the client has left
	}
}

// A request carries the sending end of a oneshot; the client waits on the
// other, for as long as its context allows.
func Example_requestResponse() {
	requests := make(chan deposit)
	defer close(requests)
	go account(requests)

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for _, amount := range []int{100, -30} {
		reply, answer := oneshot.New[int]()
		requests <- deposit{amount, reply}
		balance, err := answer.Recv(ctx)
		fmt.Println(balance, err)
	}
	// Output:
	// 100 <nil>
	// 70 <nil>
}

// A handler that closes the reply on every path cannot leave a client waiting.
func ExampleSender_Close() {
	reply, answer := oneshot.New[string]()
	go func() {
		defer reply.Close() // does nothing after a Send
		if found := false; found {
			reply.Send("here it is")
		}
	}()
	_, err := answer.Recv(context.Background())
	fmt.Println(errors.Is(err, oneshot.ErrClosed))
	// Output: true
}

// Done lets the sender drop work for which the answer is no longer wanted.
func ExampleSender_Done() {
	reply, answer := oneshot.New[int]()
	work := make(chan int) // would deliver much later
	answer.Close()         // the client gives up
	select {
	case n := <-work:
		reply.Send(n)
	case <-reply.Done():
		fmt.Println("nobody is waiting")
	}
	// Output: nobody is waiting
}

// C takes part in a native select.
func ExampleReceiver_C() {
	reply, answer := oneshot.New[string]()
	go reply.Send("pong")
	select {
	case v, ok := <-answer.C():
		fmt.Println(v, ok)
	case <-time.After(time.Minute):
		fmt.Println("timed out")
	}
	// Output: pong true
}

// A Value is known late, and then for good.
func ExampleValue() {
	var addr oneshot.Value[string]
	go addr.Set("127.0.0.1:8080") // once the listener is bound

	a, err := addr.Wait(context.Background())
	fmt.Println(a, err)
	fmt.Println(addr.Set("elsewhere"))
	// Output:
	// 127.0.0.1:8080 <nil>
	// false
}
