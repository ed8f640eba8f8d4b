package near

import (
	"context"
	"errors"
	"sync"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

func pair() (<-chan string, <-chan error) { return nil, nil }

// The errors are all that is asked for.
func dataBlank() error {
	_, errs := pair()
	return <-errs
}

// Neither is.
func bothBlank() {
	_, _ = pair()
}

func forwarded() (<-chan string, <-chan error) { return pair() }

// Two channels of errors: which one tells of what?
func three() (<-chan string, <-chan error, <-chan error) { return nil, nil, nil }

func oneOfTwo() error {
	data, errs, _ := three()
	use(<-data)
	return <-errs
}

// The second channel says that it is done.
func withDone() (<-chan string, <-chan struct{}) { return nil, nil }

func doneBlank() {
	data, _ := withDone()
	use(<-data)
}

// newRing tells alert of overwritten values.
//
//chanlint:lagsignal alert
func newRing(size int, alert func(int)) {}

func handlerGiven(alert func(int)) {
	newRing(1, alert)
	newRing(1, func(missed int) { use(missed) })
	newRing(1, func(int) { use("resynchronize") })
}

// try is not described: its result is anybody's.
type box struct{}

func (box) TryPut(int) bool { return false }

func lossyByDesign(b box) { b.TryPut(1) }

func tryLock(mu *sync.Mutex) {
	_ = mu.TryLock()
	if mu.TryLock() {
		mu.Unlock()
	}
}

// Whoever gets the error looks at it, or may.
func errorPassed(ctx context.Context, rx *broadcast.Receiver[int], check func(error) bool) {
	for {
		v, err := rx.Recv(ctx)
		if check(err) {
			return
		}
		use(v)
	}
}

func errorReturned(ctx context.Context, rx *broadcast.Receiver[int]) error {
	for {
		v, err := rx.Recv(ctx)
		if err != nil {
			return err
		}
		use(v)
	}
}

func both(ctx context.Context, rx *broadcast.Receiver[int]) (int, error) {
	return rx.Recv(ctx)
}

// One value is no stream.
func one(ctx context.Context, rx *broadcast.Receiver[int]) {
	v, err := rx.Recv(ctx)
	if err != nil {
		return
	}
	use(v)
}

// A receive to wait, of which the value is not used.
func waited(ctx context.Context, rx *broadcast.Receiver[int]) {
	_, _ = rx.Recv(ctx)
}

func told(ctx context.Context, rx *broadcast.Receiver[int]) {
	for v, err := range rx.All(ctx) {
		switch {
		case errors.Is(err, broadcast.ErrLagged):
			use("missed")
		case err != nil:
			return
		default:
			use(v)
		}
	}
}

// A cause of its own is asked for last, but asked for.
func toldLate(ctx context.Context, rx *broadcast.Receiver[int]) {
	for {
		v, err := rx.Recv(ctx)
		if err == nil {
			use(v)
			continue
		}
		var lag *broadcast.LaggedError
		if !errors.As(err, &lag) {
			return
		}
	}
}
