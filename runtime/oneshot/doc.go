// Package oneshot carries a single value from one goroutine to another, or to
// many.
//
// [New] makes a [Sender] and a [Receiver] for a reply: the request carries the
// Sender, the asker keeps the Receiver. A [Value] is set once and read by any
// number of goroutines.
//
//	type get struct {
//		key   string
//		reply oneshot.Sender[string]
//	}
//
//	reply, answer := oneshot.New[string]()
//	requests <- get{key, reply}
//	v, err := answer.Recv(ctx)
//
// Use it instead of a make(chan T, 1) when the answer may never come or the
// asker may go away: a Send never blocks, whatever became of the receiver; a
// Close without a value ends the wait with [ErrClosed]; and the sender can
// learn from [Sender.Done] that nobody wants the answer any more.
//
// Do not use it for more than one value (mpsc), nor for a value that changes
// (watch), nor for a bare signal that a context already gives.
//
// # Cost
//
// A pair is one allocation, of 32 bytes and the value, and a send or a receive is
// one short critical section. A receiver that must wait adds a chan
// struct{}, made then, and so does the first call of Done; [Receiver.C] makes a
// chan T. There is no goroutine, no finalizer and no option.
//
// # Blocking
//
// [Receiver.Recv] and [Value.Wait] block until there is a value, until there
// can be none, or until their context ends. Nothing else blocks.
//
// # Cancellation
//
// A value that is there is returned even if the context has ended. A call that
// returns the error of its context has taken nothing: the value can still come,
// and be had by the next call. A receiver that gives up for good closes, and
// tries once more if the value must not be lost:
//
//	rx.Close()
//	v, err := rx.TryRecv() // the value, exactly if Send returned true
//
// # Closing
//
// Close may be called on either side, any number of times, at any time. It
// decides the exchange if nothing was sent before: then Send returns false and
// Recv returns ErrClosed. A value that was sent before stays and can be taken.
// Nothing closes a pair whose Sender was forgotten: an abandoned pair is
// garbage, but whoever waits in Recv without a context waits for ever. Say
// defer reply.Close() where a request is handled; after a Send it does nothing.
//
// # Memory
//
// The pair lets go of the value when it is taken. A value that Send could not
// deliver is not kept.
//
// # Misuse
//
// A zero Sender or Receiver was not made by New, and its methods panic with a
// message that says so. A second Send returns false and the first value stays.
// A second Recv returns ErrClosed. All methods may be called by any goroutine
// at any time.
//
// # Not promised
//
// Behaviours known from Rust's oneshot channels that have no counterpart:
//
//   - A receive after the value was taken does not panic; it returns ErrClosed
//     (OS-09). A second send compiles in Go, and returns false (OS-12).
//   - A waiting receiver that moves to another task (OS-13): a goroutine that
//     waits is not polled by another one.
//   - Notification permits (NO-01 to NO-03): a Value wakes all who wait and
//     stays set, so there is no permit to store, lose or pass on.
package oneshot
