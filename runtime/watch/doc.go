// Package watch holds one value that changes, and tells many readers when it
// did. A reader sees the newest value; what came between is gone.
//
//	tx, rx := watch.New(cfg)
//	tx.Send(newCfg)     // replaces the value, wakes who waits
//	v := rx.Get()       // the newest value, at the price of a load
//	v, err := rx.Next(ctx) // waits for one that rx has not seen
//
// Use it for state: configuration, a leader, a connection's health, progress,
// "ready". Do not use it where each value counts. A reader that is slow, or
// merely scheduled late, misses values, and nothing says how many: events, jobs
// and increments belong into mpsc, mpmc or broadcast. A value that changes only
// once is a oneshot.Value.
//
// # Cost
//
// Get takes no lock and writes nothing, however many read. A Send allocates the
// new value, takes one mutex for a moment, and wakes those who wait. Next and
// WaitFor do not allocate, except in the first two waits. Changed allocates a
// channel, which serves until it fires. A handle costs a few allocations, once.
// There is no goroutine.
//
// # Blocking
//
// Next, WaitFor and the iterators block until there is news, until the watch or
// the receiver is closed, or until their context ends. Nothing else blocks, and
// readers never make a writer wait. No function of the caller's runs under a
// lock.
//
// # Cancellation
//
// News that is there is returned even if the context has ended. A call that
// returns the error of its context has marked nothing as seen. A receiver that
// waits repeatedly with one context registers itself with that context, once,
// by context.AfterFunc, and stays registered until it is closed or waits with
// another context. (For a context type that is not of package context and has
// no AfterFunc method, package context starts a goroutine for that time.)
//
// # Overflow
//
// There is none: a new value replaces the old one. A receiver that looks after
// three sends sees one change and the newest value.
//
// # Closing
//
// Handles are counted: Clone and Subscribe add one, Close takes one away, and
// when the last [Sender] is closed the watch is closed. A final value that a
// receiver has not seen is still delivered to it, then comes [ErrClosed]. The
// value stays readable by Get. Without receivers a watch goes on: values are
// stored, and the next subscriber finds the newest; [Sender.Idle] tells.
//
// Close may be called any number of times, at any time. A handle that becomes
// garbage without Close is closed by the garbage collector, some time later;
// that is counted in Stats and told to [chans.OnLeak], as it is a bug.
//
// # Memory
//
// A watch keeps the newest value, and nothing of the earlier ones. Values are
// shared by all readers and never copied deeply: what a value points to (maps,
// slices, pointers) must not be changed after it was sent, only replaced. That
// goes for the copy that [Sender.Update] hands out too.
//
// # Misuse
//
// A nil or zero handle was not made by this package, and its methods panic with
// a message that says so. A send after Close returns ErrClosed and stores
// nothing.
//
// All methods may be called by any goroutine at any time. Goroutines that share
// one Receiver share what it has seen, so that each change goes to one of them;
// give each a Clone if all are to see it.
//
// # Not promised
//
// Behaviours known from Rust's watch channels that are different here:
//
//   - Send does not fail when there is no receiver (WA-09): it stores the value,
//     so that a later subscriber finds it. [Sender.Receivers] tells.
//   - A panic in an update leaves the old value whole, not half changed (WA-12).
//   - A reader that holds on to a value blocks nobody, as it holds no lock
//     (WA-16).
//   - Cooperative yielding (WA-18): goroutines are preempted by the scheduler.
package watch
