// Package near has what looks like a queue of wake-ups, but is none.
package near

import (
	"context"
	"sync"
	"time"
)

type item int

// The receiver looks at the state again: a wake-up says that there is some.
type levelTriggered struct {
	mu    sync.Mutex
	state map[string]item
	wake  chan struct{}
	turns int
}

func newLevelTriggered() *levelTriggered {
	return &levelTriggered{state: map[string]item{}, wake: make(chan struct{}, 1)}
}

func (l *levelTriggered) set(k string, v item) {
	l.mu.Lock()
	l.state[k] = v
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *levelTriggered) run(apply func(map[string]item)) {
	for range l.wake {
		l.mu.Lock()
		apply(l.state)
		l.turns++ // only tells how often
		l.mu.Unlock()
	}
}

// All that is queued is taken at once.
type swapped struct {
	mu    sync.Mutex
	queue []item
	wake  chan struct{}
}

func newSwapped() *swapped { return &swapped{wake: make(chan struct{}, 1)} }

func (s *swapped) push(i item) {
	s.mu.Lock()
	s.queue = append(s.queue, i)
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *swapped) run(handle func(item)) {
	for range s.wake {
		s.mu.Lock()
		all := s.queue
		s.queue = nil
		s.mu.Unlock()
		for _, i := range all {
			handle(i)
		}
	}
}

// The queue is looked at before each wait.
type lookFirst struct {
	mu    sync.Mutex
	queue []item
	wake  chan struct{}
}

func newLookFirst() *lookFirst { return &lookFirst{wake: make(chan struct{}, 1)} }

func (l *lookFirst) push(i item) {
	l.mu.Lock()
	l.queue = append(l.queue, i)
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *lookFirst) run(ctx context.Context, handle func(item)) {
	for {
		l.mu.Lock()
		if len(l.queue) > 0 {
			i := l.queue[0]
			l.queue = l.queue[1:]
			l.mu.Unlock()
			handle(i)
			continue
		}
		l.mu.Unlock()
		select {
		case <-l.wake:
		case <-ctx.Done():
			return
		}
	}
}

// Who takes one of several says that there is more.
type passedOn struct {
	mu    sync.Mutex
	queue []item
	wake  chan struct{}
}

func newPassedOn() *passedOn { return &passedOn{wake: make(chan struct{}, 1)} }

func (p *passedOn) notify() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

func (p *passedOn) push(i item) {
	p.mu.Lock()
	p.queue = append(p.queue, i)
	p.mu.Unlock()
	p.notify()
}

func (p *passedOn) run(handle func(item)) {
	for range p.wake {
		p.mu.Lock()
		i := p.queue[0]
		p.queue = p.queue[1:]
		if len(p.queue) > 0 {
			p.notify()
		}
		p.mu.Unlock()
		handle(i)
	}
}

// A timer takes what wake-ups leave.
func (s *sweeper) run(ticks <-chan time.Time, handle func(item)) {
	for {
		select {
		case <-s.wake:
		case <-ticks:
		}
		s.mu.Lock()
		if len(s.queue) > 0 {
			handle(s.queue[0])
			s.queue = s.queue[1:]
		}
		s.mu.Unlock()
	}
}

type sweeper struct {
	mu    sync.Mutex
	queue []item
	wake  chan struct{}
}

func newSweeper() *sweeper { return &sweeper{wake: make(chan struct{}, 1)} }

func (s *sweeper) push(i item) {
	s.mu.Lock()
	s.queue = append(s.queue, i)
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// The number of attempts is limited, not that of wake-ups.
func (l *levelTriggered) await(k string) (item, bool) {
	for attempts := 0; attempts < 3; attempts++ {
		l.mu.Lock()
		v, ok := l.state[k]
		l.mu.Unlock()
		if ok {
			return v, true
		}
		select {
		case <-l.wake:
		case <-time.After(time.Second):
		}
	}
	return 0, false
}

// Who sends waits for room: nothing merges.
func counted(n int) {
	done := make(chan struct{}, 1)
	for range n {
		go func() { done <- struct{}{} }()
	}
	for range n {
		<-done
	}
}

// Who finds no room does the work itself, and tells.
type told struct {
	queue chan item
	late  int
}

func newTold() *told { return &told{queue: make(chan item, 1)} }

func (t *told) push(i item) {
	select {
	case t.queue <- i:
	default:
		t.late++
	}
}

func (t *told) all() (list []item) {
	for i := range t.queue {
		list = append(list, i)
	}
	return list
}

// The newest value is used, and what came before does not matter.
type latest struct {
	value chan item
	shown item
}

func newLatest() *latest { return &latest{value: make(chan item, 1)} }

func (l *latest) set(v item) {
	select {
	case <-l.value:
	default:
	}
	l.value <- v
}

func (l *latest) run(show func(item)) {
	for v := range l.value {
		l.shown = v
		show(v)
	}
}

// A place to work in: the channel is a lock.
type busy struct{ slot chan struct{} }

func newBusy() *busy { return &busy{slot: make(chan struct{}, 1)} }

func (b *busy) try(work func()) {
	select {
	case b.slot <- struct{}{}:
	default:
		return
	}
	work()
	<-b.slot
}

// Room for each token that is counted.
func sized(n int) {
	tokens := make(chan struct{}, 16)
	for range n {
		select {
		case tokens <- struct{}{}:
		default:
		}
	}
	for range n {
		<-tokens
	}
}

// Who asks for one more worker knows whether that was heard, and asks again with
// the next job.
type workforce struct {
	more chan struct{}
	left int
	jobs chan func()
}

func newWorkforce(left int) *workforce {
	w := &workforce{more: make(chan struct{}), left: left, jobs: make(chan func())}
	go w.hire()
	return w
}

func (w *workforce) hire() {
	for range w.more {
		train()
		go w.work()
	}
}

func train() {}

func (w *workforce) work() {
	for job := range w.jobs {
		job()
	}
}

func (w *workforce) do(job func()) bool {
	select {
	case w.jobs <- job:
		return true
	default:
	}
	if w.left > 0 {
		select {
		case w.more <- struct{}{}:
			w.left--
		default: // it is hiring already
		}
	}
	return false
}

// Each attempt has a channel of its own, and the first answer is the one.
func attempts(limit int, deliver func(answer func(bool))) bool {
	tries := 0
	for tries <= limit {
		result := make(chan bool, 1)
		deliver(func(ok bool) {
			select {
			case result <- ok:
			default:
			}
		})
		if <-result {
			return true
		}
		tries++
	}
	return false
}

// What is told to those who wait may be lost, but not the end of it.
type barrier struct {
	mu   sync.Mutex
	left int
	done chan struct{}
}

func newBarrier(n int) *barrier { return &barrier{left: n, done: make(chan struct{})} }

func (b *barrier) finish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left--
	select {
	case b.done <- struct{}{}:
	default:
	}
	if b.left == 0 {
		close(b.done)
	}
}

func (b *barrier) wait(stop <-chan struct{}) {
	for {
		select {
		case <-b.done:
			b.mu.Lock()
			left := b.left
			b.mu.Unlock()
			if left == 0 {
				return
			}
		case <-stop:
			return
		}
	}
}

// A limiter hands a token back to who waits for one at that moment, and says so.
type limiter struct {
	mu     sync.Mutex
	left   int
	handed chan struct{}
}

// back wakes one waiter. If no goroutine is waiting, this is a no-op.
func (l *limiter) back() {
	select {
	case l.handed <- struct{}{}:
	default:
	}
}

func (l *limiter) take() {
	for {
		l.mu.Lock()
		ok := l.left > 0
		if ok {
			l.left--
		}
		l.mu.Unlock()
		if ok {
			return
		}
		<-l.handed
	}
}

func newLimiter() *limiter { return &limiter{handed: make(chan struct{})} }
