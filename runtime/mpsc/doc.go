// Package mpsc provides a bounded queue from many senders to one receiver.
//
// Use it where several goroutines hand work to one that owns something, and
// where the queue must not grow without limit: senders that are faster than
// the receiver wait, give up, or do something else, as they choose.
//
//	tx, rx := mpsc.New[Job](64)
//
//	err := tx.Send(ctx, job)         // waits while the queue is full
//	err := tx.TrySend(job)           // ErrFull instead of waiting
//	p, err := tx.Reserve(ctx)        // waits for room before the job is made
//
//	for job := range rx.All(ctx) {   // until ctx ends or all senders are closed
//	}
//
// Compared with a native channel: closing is safe at any time and from either
// side, a cancelled call needs no select, senders are served in order, room
// can be reserved, values can be received in batches, and the queue can tell
// its [chans.Stats].
//
// Do not use it to synchronize two goroutines step by step (a native channel
// without a buffer does that), for several receivers with a select over the
// values themselves (package mpmc), or where only the latest value counts
// (package watch).
//
// # Cost
//
// Sending and receiving allocate nothing. A send and receive that do not wait
// cost less than those of a native channel, and about a sixth of a select with
// ctx.Done; those that wait cost a little more than a native wait. If the context
// can end, a wait in Send costs as much as a native select. So does the first wait
// of the receiver with a context; at the second it registers with the context,
// after which a wait costs little more than without one.
//
// Making a channel costs one or two microseconds and a dozen small allocations,
// most of it for noticing handles that are never closed.
//
// # Blocking
//
// Send and Reserve block while the channel is full, Recv and RecvMany while it
// is empty. Everything else returns at once. Waiting senders are served first
// come, first served. Room that becomes free is given to the first of them on
// the spot, so that TrySend and later senders cannot take it.
//
// # Cancellation
//
// A call whose context ends returns the error of the context, and has then
// done nothing: the value was not sent, or none was received. A nil error from
// a send means that the value was queued. A call whose context has already
// ended does not proceed even if it could, so that a busy loop ends too. To
// finish what is queued after that, receive with context.WithoutCancel.
//
// # Overflow
//
// A bounded channel never drops a value and never holds more than its
// capacity, reservations included. [NewUnbounded] makes one without that
// protection.
//
// # Closing
//
// Each handle is closed on its own. When the last sender is closed, the
// receiver gets what is queued and then [ErrClosed]. When the receiver is
// closed, sends fail with [ErrClosed], those that wait included, and what is
// queued can still be received. Unused permits keep the channel open in both
// cases: what they were made for is still to come.
//
// No method panics because of a close, however many there are, or when.
//
// # Memory
//
// New allocates room for all values; NewUnbounded as many as are queued, within
// a factor of four. A received value is not referred to any more. A burst of
// waiting senders leaves at most 64 small entries behind.
//
// A handle that is garbage collected without Close counts as closed from then
// on, and in [chans.Stats] as leaked; see [chans.OnLeak]. It is not counted if
// the other side is gone, since then nobody waits for it. When the receiver is
// garbage collected, closed or not, the values still queued are dropped.
//
// # Testing
//
// In a bubble of testing/synctest, waiting for a channel is durably blocking
// if the channel was made in the bubble. A channel that is made outside must
// not be used inside. In a bubble, handles without Close are not noticed.
//
// # Differences from Tokio
//
// Each test named TestMP and a number shows one behaviour that is known from
// the queue of that name in Tokio. These do not carry over:
//
//   - Values have no destructors, so none can panic while a channel is
//     discarded (41); and any call may block, so there is no separate blocking
//     form that must not be used in the wrong place (42).
//   - A weak sender is a plain value and is not counted; only strong ones are (35).
//   - Dropping the receiver is what the garbage collector does to one that
//     nobody refers to; [Receiver.Close] leaves what is queued to be received (33).
//   - Calls leave nothing behind with a context, except that a receiver that has
//     waited twice with the same one stays registered with it until it waits
//     with another, is closed or garbage collected, or has seen the end (43).
package mpsc
