package near

import (
	"sync"
	"time"
)

type box struct {
	mu     sync.Mutex
	change *sync.Cond
	items  []item
}

func newBox() *box {
	b := &box{}
	b.change = sync.NewCond(&b.mu)
	return b
}

func (b *box) put(i item) {
	b.mu.Lock()
	b.items = append(b.items, i)
	b.mu.Unlock()
	b.change.Signal()
}

// The goroutine needs the lock to signal, which it gets when the wait begins.
func (b *box) startedUnderLock(work func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	go func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		work()
		b.change.Signal()
	}()
	b.change.Wait()
}

// The caller has tested the state.
func (b *box) waitLocked() { b.change.Wait() }

func (b *box) waitUnless(ready bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !ready {
		b.change.Wait()
	}
}

// A wake-up without room is looked after by the clock.
type idle struct{ wake chan struct{} }

func newIdle() *idle { return &idle{wake: make(chan struct{})} }

func (i *idle) nudge() {
	select {
	case i.wake <- struct{}{}:
	default:
	}
}

func (i *idle) run(look func()) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		look()
		select {
		case <-i.wake:
		case <-ticker.C:
		}
	}
}

// So is one by a clock of the caller.
type clock interface {
	NewTicker(time.Duration) (stop func(), ticks <-chan time.Time)
}

type clocked struct{ wake chan struct{} }

func newClocked() *clocked { return &clocked{wake: make(chan struct{})} }

func (c *clocked) nudge() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *clocked) run(by clock, look func()) {
	stop, ticks := by.NewTicker(time.Second)
	defer stop()
	for {
		look()
		select {
		case <-c.wake:
		case <-ticks:
		}
	}
}

type lazy struct{ wake chan struct{} }

func newLazy() *lazy { return &lazy{wake: make(chan struct{})} }

// It is no big deal if this is missed.
func (l *lazy) nudge() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *lazy) run(look func()) {
	for range l.wake {
		look()
	}
}

// Who finds nobody waiting does it another way.
type handoff struct{ ready chan struct{} }

func newHandoff() *handoff { return &handoff{ready: make(chan struct{})} }

func (h *handoff) start(work func()) {
	select {
	case h.ready <- struct{}{}:
	default:
		go work()
	}
}

func (h *handoff) run(work func()) {
	for range h.ready {
		work()
	}
}

type hub struct {
	mu   sync.Mutex
	subs []chan item
}

func (h *hub) subscribe() <-chan item {
	ch := make(chan item, 8)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.subs = append(h.subs, ch)
	return ch
}

func (h *hub) publish(i item) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, ch := range h.subs {
		ch <- i
	}
}

// There will be more.
func endless(next func() item, handle func(item)) {
	h := &hub{}
	go func() {
		for {
			h.publish(next())
		}
	}()
	for i := range h.subscribe() {
		handle(i)
	}
}

// It is published once more behind the subscription.
func again(h2 *hub) item {
	h := &hub{}
	h.publish(1)
	ch := h.subscribe()
	h.publish(2)
	return <-ch
}

// Others publish too.
func given(h *hub) item {
	h.publish(1)
	return <-h.subscribe()
}

// What waits for one signal, and did nothing before, is there when it comes.
type stopper struct{ asked chan struct{} }

func newStopper(stop func()) *stopper {
	s := &stopper{asked: make(chan struct{})}
	go func() {
		<-s.asked
		stop()
	}()
	return s
}

func (s *stopper) ask() {
	select {
	case s.asked <- struct{}{}:
	default:
	}
}
