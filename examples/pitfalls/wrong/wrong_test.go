package wrong_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/chanlint/chanlint/examples/pitfalls/wrong"
)

// Only Leak leaves goroutines behind.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/chanlint/chanlint/examples/pitfalls/wrong.ask.func1"))
}

func ExampleLock() {
	wrong.Lock(os.Stdout)
	// Output:
	// the quick subscriber cannot leave, because the slow one does not read
}

func ExampleQueue() {
	wrong.Queue(os.Stdout)
	// Output:
	// 10000 sent, 9997 goroutines wait
}

func ExampleWakeups() {
	wrong.Wakeups(os.Stdout)
	// Output:
	// printed one
	// never printed: [two three]
}

func ExampleSelect() {
	wrong.Select(os.Stdout)
	// Output:
	// normal jobs before urgent ones: true
}

func ExampleLag() {
	wrong.Lag(os.Stdout)
	// Output:
	// sum: 0
}

func ExampleMove() {
	wrong.Move(os.Stdout)
	// Output:
	// ["six." "six." "six."]
}

func ExampleLeak() {
	wrong.Leak(os.Stdout)
	// Output:
	// goroutines left behind: 100
}
