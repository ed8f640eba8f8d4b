// Drain stops a program while it is under load. New work is refused, what was
// accepted is finished, what that has written is flushed, and a report says how
// it went.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/chanlint/chanlint/runtime/mpmc"
	"github.com/chanlint/chanlint/runtime/shutdown"
)

// A program has clients that never pause, and workers.
type program struct {
	group     shutdown.Group
	accepted  atomic.Int64
	done      atomic.Int64
	flushed   int64         // of done
	underLoad chan struct{} // closed when a thousand jobs are accepted
}

// start starts clients and workers, and says in which phase each of them is to
// end.
func start(clients, workers int) *program {
	tx, rx := mpmc.New[int](16)
	p := &program{underLoad: make(chan struct{})}
	p.group.Limits = shutdown.Limits{shutdown.Drain: 5 * time.Second}

	for i := range clients {
		tx := tx.Clone()
		p.group.Intake(fmt.Sprint("client ", i), func(ctx context.Context) error {
			defer tx.Close() // the last one ends the queue
			return p.send(ctx, tx)
		})
	}
	tx.Close()
	for i := range workers {
		rx := rx.Clone()
		p.group.Go(fmt.Sprint("worker ", i), func(context.Context) error {
			defer rx.Close()
			p.work(rx)
			return nil
		})
	}
	rx.Close()
	p.group.Queue("jobs", rx)
	p.group.On(shutdown.Flush, "results", p.flush)
	return p
}

// send is a client. It stops when it is told to, or when nobody works.
func (p *program) send(ctx context.Context, tx *mpmc.Sender[int]) error {
	for job := 0; ; job++ {
		if err := tx.Send(ctx, job); err != nil {
			return err
		}
		if p.accepted.Add(1) == 1000 {
			close(p.underLoad)
		}
	}
}

// work does jobs until the queue has ended, whatever else has. A context would
// leave what is queued undone.
func (p *program) work(rx *mpmc.Receiver[int]) {
	for range rx.C() {
		p.done.Add(1)
	}
}

// flush runs when nobody works any more.
func (p *program) flush(context.Context) error {
	p.flushed = p.done.Load()
	return nil
}

func main() {
	p := start(4, 2)
	reason := errors.New("enough")
	go func() {
		<-p.underLoad
		p.group.Stop(reason) // as a signal would
	}()
	report := p.group.Run(context.Background()) // and os.Interrupt in a real program

	for _, phase := range report.Phases {
		fmt.Println(phase.Phase, "done:", phase.Done, "late:", len(phase.Late))
	}
	lost := p.accepted.Load() - p.flushed
	fmt.Println("at least 1000 accepted:", p.accepted.Load() >= 1000)
	fmt.Println("lost:", lost, "left:", report.Queues[0].Left)
	fmt.Println("because of:", report.Reason)
	fmt.Println("error:", report.Err())
}
