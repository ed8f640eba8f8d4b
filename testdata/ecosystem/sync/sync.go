// Package sync tries: sync, golang.org/x/sync, github.com/panjf2000/ants,
// and waits for what may have been missed: github.com/jackc/pgx.
package sync

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/panjf2000/ants/v2"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

func try(mu *sync.Mutex, rw *sync.RWMutex, g *errgroup.Group, s *semaphore.Weighted, p *ants.Pool) {
	mu.TryLock()                         // want `the result of mu.TryLock`
	rw.TryLock()                         // want `the result of rw.TryLock`
	rw.TryRLock()                        // want `the result of rw.TryRLock`
	g.TryGo(func() error { return nil }) // want `the result of g.TryGo, which says whether the function was started, is discarded`
	s.TryAcquire(1)                      // want `the result of s.TryAcquire`
	p.Submit(func() {})                  // want `the result of p.Submit, which says whether the task was taken, is discarded`
}

func tryChecked(mu *sync.Mutex, rw *sync.RWMutex, g *errgroup.Group, s *semaphore.Weighted, p *ants.Pool) bool {
	return mu.TryLock() && rw.TryLock() && rw.TryRLock() && g.TryGo(func() error { return nil }) &&
		s.TryAcquire(1) && p.Submit(func() {}) == nil
}

func wait(ctx context.Context, c *pgx.Conn, use func(string)) {
	for ctx.Err() == nil {
		n, _ := c.WaitForNotification(ctx) // want `the result of c.WaitForNotification, which says whether notifications may be missing, is discarded`
		use(n.Payload)
	}
}

func waitChecked(ctx context.Context, c *pgx.Conn, use func(string)) error {
	for {
		n, err := c.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		use(n.Payload)
	}
}
