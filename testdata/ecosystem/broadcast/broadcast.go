// Package broadcast receives from the library's own
// github.com/chanlint/chanlint/runtime/broadcast.
package broadcast

import (
	"context"
	"errors"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

// Collect returns all values until the channel ends.
func Collect(ctx context.Context, rx *broadcast.Receiver[int]) []int {
	var all []int
	for {
		v, err := rx.Recv(ctx) // want `^any error of rx.Recv ends this loop, but after ErrLagged values go on; handle that one and continue$`
		if err != nil {
			return all
		}
		all = append(all, v)
	}
}

// CollectAll is Collect with a look at the errors.
func CollectAll(ctx context.Context, rx *broadcast.Receiver[int]) (all []int, missed uint64) {
	for {
		v, err := rx.Recv(ctx)
		if lag, ok := errors.AsType[*broadcast.LaggedError](err); ok {
			missed += lag.Missed
			continue
		}
		if err != nil {
			return all, missed
		}
		all = append(all, v)
	}
}

// Sum adds up all values until the channel ends.
func Sum(ctx context.Context, rx *broadcast.Receiver[int]) (sum int) {
	for v := range rx.All(ctx) { // want `the error of rx.All is discarded, so values that are lost are not noticed; look for ErrLagged`
		sum += v
	}
	return sum
}

// SumAll is Sum with a look at the errors.
func SumAll(ctx context.Context, rx *broadcast.Receiver[int]) (sum int, missed uint64) {
	for v, err := range rx.All(ctx) {
		if lag, ok := errors.AsType[*broadcast.LaggedError](err); ok {
			missed += lag.Missed
		}
		sum += v
	}
	return sum, missed
}
