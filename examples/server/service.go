package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/chanlint/chanlint/runtime/broadcast"
	"github.com/chanlint/chanlint/runtime/chans"
	"github.com/chanlint/chanlint/runtime/mpmc"
	"github.com/chanlint/chanlint/runtime/mpsc"
	"github.com/chanlint/chanlint/runtime/oneshot"
	"github.com/chanlint/chanlint/runtime/shutdown"
	"github.com/chanlint/chanlint/runtime/stream"
	"github.com/chanlint/chanlint/runtime/watch"
)

// A job is a text to count the words of.
type job struct {
	id    int64
	text  string
	reply oneshot.Sender[result]
}

// A result is what the journal keeps of a job.
type result struct {
	ID    int64 `json:"id"`
	Words int   `json:"words"`
}

// Limits can be changed while the service runs.
type limits struct {
	MaxText int `json:"max_text"` // bytes
}

// A config says what a service consists of.
type config struct {
	queue   int                                                 // jobs that may wait
	workers int                                                 // jobs that are done at a time
	work    func(ctx context.Context, text string) (int, error) // what takes time
	journal io.Writer
}

// A service counts words. Its channels are
//
//	handlers -> jobs (mpmc, bounded) -> workers -> results (mpsc, bounded) -> journal
//
// with a reply for who waits (oneshot), a broadcast of the results for who is
// curious, and a watch for the limits.
type service struct {
	group    shutdown.Group
	channels *chans.Registry
	config   config

	ids    atomic.Int64
	jobs   *mpmc.Sender[job]
	events *broadcast.Sender[result]
	limits *watch.Sender[limits]

	journal *bufio.Writer // of the journal's goroutine, then of the flush
}

// newService starts the workers and the journal. They end when jobs is closed
// and everything in it is done.
func newService(c config) (*service, error) {
	s := &service{config: c, channels: new(chans.Registry), journal: bufio.NewWriter(c.journal)}
	listed := chans.In(s.channels)
	jobs, queue := mpmc.New[job](c.queue, chans.Named("jobs"), listed)
	results, kept := mpsc.New[result](c.queue, chans.Named("results"), listed)
	events, nobody := broadcast.New[result](256, chans.Named("events"), listed)
	nobody.Close()
	max, unread := watch.New(limits{MaxText: 1 << 10})
	unread.Close()
	s.jobs, s.events, s.limits = jobs, events, max

	var errs []error
	for i := range c.workers {
		errs = append(errs, s.group.Go(fmt.Sprint("worker ", i), s.worker(queue.Clone(), results.Clone())))
	}
	queue.Close()
	results.Close() // each worker has its own
	errs = append(errs, s.group.Go("journal", func(ctx context.Context) error { return s.keep(ctx, kept) }))

	s.group.Queue("jobs", jobs)
	s.group.Queue("results", kept)
	s.group.On(shutdown.Close, "events", func(context.Context) error { return s.events.Close() })
	s.group.On(shutdown.Close, "limits", func(context.Context) error { s.limits.Close(); return nil })
	s.group.On(shutdown.Flush, "journal", func(context.Context) error { return s.journal.Flush() })
	return s, errors.Join(errs...)
}

// accept queues a job. It never waits: if there is no room, or if the service
// is about to end, whoever asks is to know at once.
func (s *service) accept(text string) (int64, oneshot.Receiver[result], error) {
	reply, answer := oneshot.New[result]()
	j := job{s.ids.Add(1), text, reply}
	if err := s.jobs.TrySend(j); err != nil {
		return 0, answer, err
	}
	return j.id, answer, nil
}

// worker returns a worker. It ends when there are no more jobs, not when it is
// told to: what was accepted is done.
func (s *service) worker(queue *mpmc.Receiver[job], results *mpsc.Sender[result]) func(context.Context) error {
	return func(ctx context.Context) error {
		defer queue.Close()
		defer results.Close()
		for j := range queue.C() {
			if err := s.do(ctx, j, results); err != nil {
				return fmt.Errorf("job %d: %w", j.id, err)
			}
		}
		return nil
	}
}

// do does a job and tells the journal, who waits, and who is curious.
func (s *service) do(ctx context.Context, j job, results *mpsc.Sender[result]) error {
	defer j.reply.Close()
	words, err := s.config.work(ctx, j.text)
	if err != nil {
		return err
	}
	r := result{j.id, words}
	if err := results.Send(ctx, r); err != nil {
		return err
	}
	j.reply.Send(r)
	s.events.Send(r) // that nobody is curious is no error
	return nil
}

// keep writes results in batches, until the last worker has ended.
func (s *service) keep(ctx context.Context, results *mpsc.Receiver[result]) error {
	defer results.Close()
	enc := json.NewEncoder(s.journal)
	for batch := range stream.Chunks(ctx, results.All, 64, 20*time.Millisecond) {
		for _, r := range batch {
			if err := enc.Encode(r); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}
