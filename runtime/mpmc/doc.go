// Package mpmc provides a bounded queue with many senders and many receivers,
// where each value goes to one receiver: a native channel that can be closed
// safely.
//
//	tx, rx := mpmc.New[Job](64)
//
//	for range workers {
//		go func() {
//			for job := range rx.C() {
//				job.Do()
//			}
//		}()
//	}
//
//	defer tx.Close()
//	for _, job := range jobs {
//		if err := tx.Send(ctx, job); err != nil {
//			return err // stopped, or the workers are gone
//		}
//	}
//
// Use it for worker pools, and wherever a native channel has more than one
// sender and has to be closed: there, to send while another goroutine closes
// panics, and to leave while others send leaves them blocked for ever. Do not
// use it when every receiver is to see every value (package broadcast), or when
// a send must be reserved or batched (package mpsc).
//
// The receiving side is the native channel itself, so that code which ranges
// over it or selects on it stays as it is.
//
// Cost: over a native send, Send pays for two atomic counters, and when it
// blocks for a select over three channels. Receiving costs what it costs
// natively. Nothing allocates.
//
// # Blocking
//
// Send waits while the queue is full, Recv and All while it is empty; blocked
// goroutines are served in the order in which they came. TrySend, TryRecv and
// Drain never wait. With capacity 0 a send waits for a receiver, as usual.
//
// # Cancellation
//
// A context that has ended comes first, even if there is room, or a value. A
// Send that returned an error has sent nothing; a Recv that returned an error
// has taken nothing.
//
// # Closing
//
// Every handle is closed by its owner, as often as they like; Clone makes more
// of them. When the last sender is closed, receivers get what is queued and
// then the end. When the last receiver is closed, Send returns [ErrClosed],
// also where it was waiting, and what was queued is dropped. A Close that is not
// the last of its side leaves calls in progress alone. A Send in progress during
// the last Close may still be accepted; the end comes after its value. Nothing
// panics but the use of a handle that New did not make.
//
// # Leaks
//
// A Sender that is garbage collected without Close counts as closed from then
// on, adds to Stats.LeakedHandles, and is reported to chans.OnLeak, unless it
// was made inside a testing/synctest bubble. A Receiver has no such net,
// since the channel that C returns may outlive it.
//
// # Memory
//
// A value is released when it is received, and those still queued when the last
// receiver is closed.
//
// # Compared with crossbeam-channel and flume
//
// Their promises hold, with these exceptions.
//
//   - A failed send does not hand the value back: the caller still has it.
//   - Channels that fire at a time (after, at, tick, never) are time.After,
//     time.NewTicker and the nil channel.
//   - There is no builder for a select with a number of arms that is only known
//     at run time, and no select that sends: the native select takes C, and
//     Done besides TrySend.
//   - Forms with a deadline are those with a context.
package mpmc
