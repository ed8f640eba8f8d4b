package shutdown_test

import (
	"context"
	"fmt"

	"github.com/chanlint/chanlint/runtime/mpsc"
	"github.com/chanlint/chanlint/runtime/shutdown"
)

// A service with a queue. What was accepted is done, although the program is
// told to stop.
func ExampleGroup() {
	ctx, stop := context.WithCancel(context.Background())
	var g shutdown.Group
	tx, jobs := mpsc.New[int](8)
	defer jobs.Close()

	g.Intake("clock", func(ctx context.Context) error {
		defer tx.Close() // so that the worker sees the end
		for i := range 5 {
			if err := tx.Send(ctx, i); err != nil {
				return err
			}
		}
		stop() // as a signal would
		<-ctx.Done()
		return nil
	})
	g.Go("worker", func(ctx context.Context) error {
		<-g.Stopping() // busy with something else until then
		for job := range jobs.All(ctx) {
			fmt.Println("job", job)
		}
		return nil
	})
	g.Queue("jobs", jobs)
	g.On(shutdown.Close, "database", func(context.Context) error {
		fmt.Println("database closed")
		return nil
	})

	report := g.Run(ctx) // with os.Interrupt and syscall.SIGTERM in a real program
	for _, q := range report.Queues {
		fmt.Println(q.Name, "left:", q.Left)
	}
	fmt.Println("error:", report.Err())
	// Output:
	// job 0
	// job 1
	// job 2
	// job 3
	// job 4
	// database closed
	// jobs left: 0
	// error: <nil>
}
