// Package shutdown ends a program in order: stop the intake, drain what was
// accepted, close, flush. Each phase has a limit, a second signal cuts all of
// them short, and a report says who was late and what became of the queues.
//
//	var g shutdown.Group
//	tx, rx := mpsc.New[Job](64)
//
//	g.Intake("listener", func(ctx context.Context) error {
//		defer tx.Close() // which ends the loop below, once it has drained the queue
//		return accept(ctx, tx)
//	})
//	g.Go("worker", func(ctx context.Context) error {
//		for job := range rx.All(ctx) {
//			job.Do(ctx)
//		}
//		return nil
//	})
//	g.Queue("jobs", rx)
//	g.On(shutdown.Close, "database", func(context.Context) error { return db.Close() })
//
//	report := g.Run(ctx, os.Interrupt, syscall.SIGTERM)
//	log.Print(report)
//
// Use it in main, for what lives as long as the program. Do not use it for the
// goroutines of a request, which are a matter of a sync.WaitGroup and
// a context.
//
// # Phases
//
//   - [Intake]: the contexts of the functions started by [Group.Intake] end, so
//     that nothing new comes in; then they are waited for.
//   - [Drain]: the functions started by [Group.Go] are waited for. Their
//     contexts do not end, so that they finish what was accepted.
//   - [Close]: connections, files and servers go.
//   - [Flush]: what others have left behind is written: logs, metrics, traces.
//
// In each phase the functions given to [Group.On] for it run as well, all at the
// same time: what must come after another belongs into a later phase. The next
// phase begins when all of a phase have returned, or when its limit has passed.
//
// # Limits
//
// When the limit of a phase has passed, whoever has not returned is late: the
// context of each late function ends, and the next phase begins without them.
// They are not waited for any more. [Group.Limits] has the limits.
//
// # Cost
//
// A goroutine for each function, one for the signals while Run runs, and a critical
// section at the start and the end of each function.
//
// # Blocking
//
// Run waits for a reason to shut down. From then on it waits no longer than the
// limits allow, whatever the functions do. Shutdown is Run with a reason. Wait
// waits for the functions alone, without any limit but its context.
//
// # Cancellation
//
// The end of Run's context is a reason to shut down, as a signal is. The end of
// Shutdown's context, a second signal, and Force cut the shutdown short: all
// contexts end at once, nobody is waited for, and phases that have not begun are
// left out.
//
// # Closing
//
// A Group shuts down once, until [Group.Reopen]. From then on Go and Intake start
// nothing and return [ErrStopping]. What On adds to a phase that has begun is not
// called.
//
// # Memory
//
// A function is forgotten when it has returned, and its error with it, unless
// the shutdown has begun.
//
// # Not promised
//
// A behaviour known from Rust's task trackers that has no counterpart: what is
// started after the end of the intake is not run and waited for but refused (TT-03).
// A tree of tokens that cancel their descendants is what contexts are (CT-01 to
// CT-04).
package shutdown
