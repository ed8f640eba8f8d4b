package right_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/examples/pitfalls/right"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func ExampleLock() {
	right.Lock(os.Stdout)
	// Output:
	// the quick subscriber has left
}

func ExampleQueue() {
	right.Queue(os.Stdout)
	// Output:
	// 9 sent, 6 wait
}

func ExampleWakeups() {
	right.Wakeups(os.Stdout)
	// Output:
	// printed one
	// printed two
	// printed three
	// never printed: []
}

func ExampleSelect() {
	right.Select(os.Stdout)
	// Output:
	// normal jobs before urgent ones: 24
}

func ExampleLag() {
	right.Lag(os.Stdout)
	// Output:
	// sum: 34, without 6 trades that were missed
}

func ExampleMove() {
	right.Move(os.Stdout)
	// Output:
	// ["one " "two " "six."]
}

func ExampleLeak() {
	right.Leak(os.Stdout)
	// Output:
	// all goroutines have ended
}
