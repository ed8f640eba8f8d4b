// Package broadcast provides a bounded channel on which each receiver gets
// every value: the fan-out of one stream of events to many listeners.
//
//	tx, rx := broadcast.New[Event](256)
//
//	go func() {
//		defer rx.Close()
//		for event, err := range rx.All(ctx) {
//			var lag *broadcast.LaggedError
//			if errors.As(err, &lag) {
//				log.Printf("missed %d events", lag.Missed)
//				continue
//			}
//			handle(event)
//		}
//	}()
//
//	tx.Send(event)
//
// Use it when every listener is to see every event, and a slow listener must
// neither hold up the sender nor the other listeners. Do not use it when each
// value is work for one worker (package mpmc), when nothing may ever be lost
// (one mpsc channel per listener), or when only the latest value counts
// (package watch).
//
// Cost: the channel allocates its capacity at once. Sending takes one lock,
// and wakes those who wait; receiving takes the same lock. Neither allocates,
// except for the error that reports a lag and for the channel that
// [Receiver.Ready] makes when there is nothing to read. To subscribe and close
// takes five small allocations.
//
// # Blocking
//
// Send never waits. Recv, RecvMany and All wait for a value, for the end of
// their context, or for the end of the channel. TryRecv never waits.
//
// # Cancellation
//
// A context that has ended comes first: Recv and RecvMany then return its Err
// and take nothing, even if there is a value, so a busy channel cannot keep a
// loop from stopping. A call that returned an error has not moved the
// receiver, with the one exception of [*LaggedError].
//
// # Overflow
//
// The channel keeps the last values sent, exactly as many as its capacity. A
// receiver further behind than that has lost the rest, and its next read
// reports how many in a [*LaggedError], exactly, per receiver. That error does
// not end anything: the read after it returns the oldest value still there.
//
// # Closing
//
// Every handle is closed by its owner, as often as they like. When the last
// sender is closed, receivers read what is left, including a report of lag, and
// then get [ErrClosed] for ever. When the last receiver is closed, Send
// returns [ErrNoReceivers] until somebody subscribes. A handle may be used by
// several goroutines; those that share a receiver share its values. Nothing
// panics but the use of a handle that New did not make.
//
// # Leaks
//
// A handle that is garbage collected without Close counts as closed from then
// on, adds to Stats.LeakedHandles, and is reported to chans.OnLeak. That is a
// net, not a way to close: nobody knows when it happens. Handles made inside a
// testing/synctest bubble have no such net, because the garbage collector works
// outside of it; there, synctest itself reports the goroutines that are left.
//
// # Memory
//
// A value stays reachable until it is overwritten, even if every receiver has
// read it, so an idle channel holds up to its capacity of values. When no
// receiver is left, all are released at once.
//
// # Compared with Tokio
//
// The promises are those of tokio::sync::broadcast, with these exceptions.
//
//   - The capacity is what New was given, not the next power of two.
//   - Sender.Len looks at each receiver, so it is for metrics.
//   - The values that only a closed receiver had not read yet are released when
//     they are overwritten, not at once. (When the last one closes: at once.)
//   - Values are copied by assignment. There is no clone that could panic half
//     way, and so no rule for that.
//   - No user code runs under the lock, so that there is no waker whose
//     destruction could send again; leak hooks run outside of it as well.
//   - Receiving does not yield to the scheduler every so often: goroutines are
//     preempted.
package broadcast
