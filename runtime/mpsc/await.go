package mpsc

import (
	"context"

	"github.com/chanlint/chanlint/runtime/internal/ctxhook"
)

// A nap is how one goroutine with a context that can end waits for values,
// cheaper than by a select over ready and the context: on a channel of its own,
// into which the end of the context puts a token as well. There is one nap to a queue, taken by the first who
// waits; that is the only one, if the receiver is used as it is meant to be.
//
// It is guarded by queue.mu, except that who has taken it uses hook alone.
type nap struct {
	taken  bool
	asleep bool          // whoever has taken it is to be woken; Inv: nothing is queued
	wake   chan struct{} // has room for one token; nil before the first nap
	hook   ctxhook.Hook
}

// take takes the nap, if nobody has.
func (p *nap) take() bool {
	if p.taken {
		return false
	}
	p.taken, p.asleep = true, true
	if p.wake == nil {
		p.wake = make(chan struct{}, 1)
	}
	return true
}

// leave gives the nap back.
func (p *nap) leave() { p.taken, p.asleep = false, false }

// end wakes who is asleep, and reports whether somebody was.
func (p *nap) end() bool {
	if !p.asleep {
		return false
	}
	p.asleep = false
	select {
	case p.wake <- struct{}{}:
	default: // a context has put one there
	}
	return true
}

// unhook takes the hook out, to be dropped without the lock. If the nap is
// taken it returns none.
func (p *nap) unhook() ctxhook.Hook {
	if p.taken {
		return ctxhook.Hook{}
	}
	h := p.hook
	p.hook = ctxhook.Hook{}
	return h
}

// await waits until there is a value to take. It is called with q.mu held, and
// returns with q.mu held. If there never will be a value, or ctx ends first, it
// returns an error, and q.mu is not held.
func (q *queue[T]) await(ctx context.Context) error {
	done := ctx.Done()
	for q.n == 0 && !q.sealed {
		q.listeners++
		q.wake = true
		if done != nil && q.nap.take() {
			q.mu.Unlock()
			q.nap.hook.Wait(ctx, q.nap.wake)
			q.mu.Lock()
			q.nap.leave()
		} else {
			q.mu.Unlock()
			wait(q.ready, done, nil)
			q.mu.Lock()
		}
		q.listeners--
		if err := ctx.Err(); err != nil {
			q.cancelled++
			if q.listeners > 0 {
				q.passOn() // what may have been announced to this one
			}
			q.mu.Unlock()
			return err
		}
	}
	if q.n > 0 {
		return nil
	}
	hook := q.nap.unhook() // there will be no further nap
	q.mu.Unlock()
	hook.Drop()
	return ErrClosed
}
