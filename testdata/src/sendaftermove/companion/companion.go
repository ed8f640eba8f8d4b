// Package companion uses handles of the companion library after it has given
// them up.
package companion

import (
	"context"

	"github.com/chanlint/chanlint/runtime/mpsc"
	"github.com/chanlint/chanlint/runtime/oneshot"
)

// sendAfterClose gets an error for the last value.
func sendAfterClose(ctx context.Context, tx *mpsc.Sender[int], values []int) error {
	for _, v := range values {
		if err := tx.Send(ctx, v); err != nil {
			return err
		}
	}
	tx.Close()
	return tx.Send(ctx, -1) // want `^tx is used after the call of Close on line 19, which fails; close it after the last send$`
}

// sendBeforeClose is the same, repaired.
func sendBeforeClose(ctx context.Context, tx *mpsc.Sender[int], values []int) error {
	defer tx.Close()
	for _, v := range values {
		if err := tx.Send(ctx, v); err != nil {
			return err
		}
	}
	return tx.Send(ctx, -1)
}

// closeTwice is fine: it is idempotent.
func closeTwice(ctx context.Context, tx *mpsc.Sender[int]) error {
	defer tx.Close()
	err := tx.Send(ctx, 1)
	tx.Close()
	return err
}

// closeClone closes another handle.
func closeClone(ctx context.Context, tx *mpsc.Sender[int]) error {
	own := tx.Clone()
	own.Close()
	return tx.Send(ctx, 1)
}

// permitTwice uses one slot twice.
func permitTwice(ctx context.Context, tx *mpsc.Sender[int]) error {
	permit, err := tx.Reserve(ctx)
	if err != nil {
		return err
	}
	permit.Send(1)
	permit.Send(2) // want `permit is used after the call of Send on line 55, which panics; reserve another one`
	return nil
}

// permitInLoop does so in a loop.
func permitInLoop(ctx context.Context, tx *mpsc.Sender[int], values []int) error {
	permit, err := tx.Reserve(ctx)
	if err != nil {
		return err
	}
	for _, v := range values {
		permit.Send(v) // want `permit is used again in the next round of the loop, which panics; reserve another one`
	}
	return nil
}

// permitOfMany has a slot for each.
func permitOfMany(ctx context.Context, tx *mpsc.Sender[int], values []int) error {
	permit, err := tx.ReserveN(ctx, len(values))
	if err != nil {
		return err
	}
	defer permit.Release()
	for _, v := range values {
		permit.Send(v)
	}
	return nil
}

// permitInEachRound reserves anew.
func permitInEachRound(ctx context.Context, tx *mpsc.Sender[int], values []int) error {
	for _, v := range values {
		permit, err := tx.Reserve(ctx)
		if err != nil {
			return err
		}
		permit.Send(v)
	}
	return nil
}

// permitAfterRelease uses what was given back.
func permitAfterRelease(ctx context.Context, tx *mpsc.Sender[int]) error {
	permit, err := tx.ReserveN(ctx, 2)
	if err != nil {
		return err
	}
	permit.Send(1)
	permit.Release()
	permit.Send(2) // want `permit is used after the call of Release on line 104, which panics; reserve another one`
	return nil
}

// replyTwice: the second reply is dropped.
func replyTwice(reply oneshot.Sender[error], err error) {
	if err != nil {
		reply.Send(err)
	}
	reply.Send(nil) // want `reply is used after the call of Send on line 112, which is dropped; send once`
}

// replyOnce is the same, repaired.
func replyOnce(reply oneshot.Sender[error], err error) {
	if err != nil {
		reply.Send(err)
		return
	}
	reply.Send(nil)
}

// replyAndClose defers a Close, which does nothing after a Send.
func replyAndClose(reply oneshot.Sender[error], err error) {
	defer reply.Close()
	reply.Send(err)
}
