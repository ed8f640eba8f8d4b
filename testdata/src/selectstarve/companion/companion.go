// Package companion has the companion library already, so that its fix comes
// first.
package companion

import (
	"context"

	"github.com/chanlint/chanlint/runtime/mpsc"
)

func handle(int) {}

func inOrder(ctx context.Context, tx *mpsc.Sender[int], highJobs, lowJobs <-chan int) error {
	for {
		select {
		case v := <-highJobs: // want `highJobs goes first by its name`
			handle(v)
		case v := <-lowJobs:
			if err := tx.Send(ctx, v); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
