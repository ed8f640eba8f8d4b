// Package types has objects whose methods can be left blocked for ever by the
// goroutine that serves them, or the other way round; and the right twin of
// each.
package types

import (
	"context"
	"sync"
	"time"
)

func work() int { return 1 }

func fail() bool { return false }

// The loop leaves on quit, and a send does not notice.
type Queue struct {
	items chan int
	quit  chan struct{}
}

func NewQueue() *Queue {
	q := &Queue{items: make(chan int), quit: make(chan struct{})}
	go q.loop()
	return q
}

func (q *Queue) loop() {
	for {
		select {
		case <-q.items:
			work()
		case <-q.quit:
			return
		}
	}
}

func (q *Queue) Put(n int) {
	q.items <- n // want `^this send on q.items blocks for ever once loop leaves \(line \d+\); send in a select with a case for that$`
}

func (q *Queue) Stop() { close(q.quit) }

// The send notices.
type GoodQueue struct {
	items chan int
	quit  chan struct{}
}

func NewGoodQueue() *GoodQueue {
	q := &GoodQueue{items: make(chan int), quit: make(chan struct{})}
	go q.loop()
	return q
}

func (q *GoodQueue) loop() {
	for {
		select {
		case <-q.items:
			work()
		case <-q.quit:
			return
		}
	}
}

func (q *GoodQueue) Put(n int) bool {
	select {
	case q.items <- n:
		return true
	case <-q.quit:
		return false
	}
}

func (q *GoodQueue) Stop() { close(q.quit) }

// The one who asked may leave before the answer.
type question struct {
	key    string
	answer chan int
}

type Oracle struct {
	questions chan question
	quit      chan struct{}
}

func NewOracle() *Oracle {
	o := &Oracle{questions: make(chan question), quit: make(chan struct{})}
	go o.loop()
	return o
}

func (o *Oracle) loop() {
	for {
		select {
		case q := <-o.questions:
			q.answer <- len(q.key) // want `this send on q.answer blocks for ever once Ask leaves .*`
		case <-o.quit:
			return
		}
	}
}

func (o *Oracle) Ask(ctx context.Context, key string) (int, error) {
	q := question{key, make(chan int)}
	select {
	case o.questions <- q:
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-o.quit:
		return 0, nil
	}
	select {
	case n := <-q.answer:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (o *Oracle) Close() { close(o.quit) }

// Room for the answer.
type GoodOracle struct {
	questions chan question
	quit      chan struct{}
}

func NewGoodOracle() *GoodOracle {
	o := &GoodOracle{questions: make(chan question), quit: make(chan struct{})}
	go o.loop()
	return o
}

func (o *GoodOracle) loop() {
	for {
		select {
		case q := <-o.questions:
			q.answer <- len(q.key)
		case <-o.quit:
			return
		}
	}
}

func (o *GoodOracle) Ask(ctx context.Context, key string) (int, error) {
	q := question{key, make(chan int, 1)}
	select {
	case o.questions <- q:
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-o.quit:
		return 0, nil
	}
	select {
	case n := <-q.answer:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (o *GoodOracle) Close() { close(o.quit) }

// One way gives no answer.
type Mute struct {
	questions chan question
}

func NewMute() *Mute {
	m := &Mute{questions: make(chan question)}
	go m.loop()
	return m
}

func (m *Mute) loop() {
	for q := range m.questions {
		if fail() {
			continue
		}
		q.answer <- len(q.key)
	}
}

func (m *Mute) Ask(key string) int {
	q := question{key, make(chan int, 1)}
	m.questions <- q
	return <-q.answer // want `this receive from q.answer .*`
}

type Talker struct {
	questions chan question
}

func NewTalker() *Talker {
	m := &Talker{questions: make(chan question)}
	go m.loop()
	return m
}

func (m *Talker) loop() {
	for q := range m.questions {
		if fail() {
			close(q.answer)
			continue
		}
		q.answer <- len(q.key)
	}
}

func (m *Talker) Ask(key string) int {
	q := question{key, make(chan int, 1)}
	m.questions <- q
	return <-q.answer
}

// The loop sends to itself.
type Actor struct {
	mail    chan int
	restart chan struct{}
}

func NewActor() *Actor {
	a := &Actor{mail: make(chan int), restart: make(chan struct{})}
	go a.loop()
	return a
}

func (a *Actor) loop() {
	for {
		select {
		case n := <-a.mail:
			if n == 0 {
				a.restart <- struct{}{} // want `this send on a.restart can block for ever, .*`
			}
		case <-a.restart:
		}
	}
}

func (a *Actor) Tell(n int) { a.mail <- n }

type GoodActor struct {
	mail    chan int
	restart chan struct{}
}

func NewGoodActor() *GoodActor {
	a := &GoodActor{mail: make(chan int), restart: make(chan struct{}, 1)}
	go a.loop()
	return a
}

func (a *GoodActor) loop() {
	for {
		select {
		case n := <-a.mail:
			if n == 0 {
				select {
				case a.restart <- struct{}{}:
				default:
				}
			}
		case <-a.restart:
		}
	}
}

func (a *GoodActor) Tell(n int) { a.mail <- n }

// Two locks of one object, in two orders.
type Store struct {
	mu    sync.Mutex
	cache sync.Mutex
	n     int
}

func NewStore() *Store { s := &Store{}; go s.expire(time.Minute); return s }

func (s *Store) expire(d time.Duration) {
	for {
		time.Sleep(d)
		s.mu.Lock()
		s.cache.Lock()
		s.n--
		s.cache.Unlock()
		s.mu.Unlock()
	}
}

func (s *Store) Get() int {
	s.cache.Lock()
	defer s.cache.Unlock()
	if s.n > 0 {
		return s.n
	}
	s.mu.Lock() // want `s.mu.Lock can block for ever, because .*; lock both in one order`
	defer s.mu.Unlock()
	s.n = work()
	return s.n
}

// The stop is received only as long as the loop runs.
type Poller struct {
	stop chan struct{}
}

func NewPoller(poll func() error) *Poller {
	p := &Poller{stop: make(chan struct{})}
	go p.loop(poll)
	return p
}

func (p *Poller) loop(poll func() error) {
	for {
		select {
		case <-p.stop:
			return
		case <-time.After(time.Second):
			if err := poll(); err != nil {
				return
			}
		}
	}
}

func (p *Poller) Stop() {
	p.stop <- struct{}{} // want `this send on p.stop blocks for ever once loop leaves .*`
}

type GoodPoller struct {
	stop chan struct{}
}

func NewGoodPoller(poll func() error) *GoodPoller {
	p := &GoodPoller{stop: make(chan struct{})}
	go p.loop(poll)
	return p
}

func (p *GoodPoller) loop(poll func() error) {
	for {
		select {
		case <-p.stop:
			return
		case <-time.After(time.Second):
			if err := poll(); err != nil {
				return
			}
		}
	}
}

func (p *GoodPoller) Stop() { close(p.stop) }

// A channel that others may receive from.
type Feed struct {
	out chan int
}

func NewFeed() *Feed {
	f := &Feed{out: make(chan int)}
	go f.pump()
	return f
}

func (f *Feed) pump() {
	for {
		f.out <- work()
	}
}

func (f *Feed) C() <-chan int { return f.out }

// A lock that is handed on, with the means to give it back.
type Vault struct {
	mu   sync.RWMutex
	open bool
	work chan int
}

func NewVault() *Vault {
	v := &Vault{work: make(chan int)}
	go func() {
		for range v.work {
			v.mu.Lock()
			v.mu.Unlock()
		}
	}()
	return v
}

func (v *Vault) Enter() (leave func(), ok bool) {
	v.mu.RLock()
	if fail() {
		v.mu.RUnlock()
		return nil, false
	}
	return v.leave, true
}

func (v *Vault) leave() { v.mu.RUnlock() }

func (v *Vault) Work() { v.work <- 1 }

// No object comes of a constructor that fails.
type Log struct {
	stop chan chan struct{}
}

func NewLog(start func() error) (*Log, error) {
	l := &Log{stop: make(chan chan struct{})}
	if err := start(); err != nil {
		return nil, err
	}
	go l.run()
	return l, nil
}

func (l *Log) run() {
	done := <-l.stop
	close(done)
}

func (l *Log) Close() {
	done := make(chan struct{})
	l.stop <- done
	<-done
}

// What is started later may still come.
type Group struct {
	done chan struct{}
}

func NewGroup() *Group { return &Group{done: make(chan struct{})} }

func (g *Group) OnStart() { go g.run() }

func (g *Group) run() {
	defer close(g.done)
	work()
}

func (g *Group) Wait() { <-g.done }

// The functions of a type that is not exported are called by the package only,
// in the right order.
type stream struct {
	blocks chan int
	done   chan struct{}
}

func newStream() *stream {
	s := &stream{blocks: make(chan int), done: make(chan struct{})}
	go func() {
		for {
			select {
			case <-s.blocks:
			case <-s.done:
				return
			}
		}
	}()
	return s
}

func (s *stream) Write(n int) { s.blocks <- n }

func (s *stream) Close() { close(s.done) }

// An argument decides.
type Listeners struct {
	wg sync.WaitGroup
}

func NewListeners() *Listeners { l := &Listeners{}; go l.serve(); return l }

func (l *Listeners) track(add bool) {
	if add {
		l.wg.Add(1)
	} else {
		l.wg.Done()
	}
}

func (l *Listeners) serve() {
	l.track(true)
	defer l.track(false)
	work()
}

func (l *Listeners) Close() { l.wg.Wait() }

// Functions that are sent to be called there, of which there are several kinds.
type Bar struct {
	ops chan func(*Bar)
	n   int
}

func NewBar() *Bar { b := &Bar{ops: make(chan func(*Bar))}; go b.serve(); return b }

func (b *Bar) serve() {
	for op := range b.ops {
		op(b)
	}
}

func (b *Bar) Current() int {
	result := make(chan int)
	b.ops <- func(b *Bar) { result <- b.n }
	return <-result
}

func (b *Bar) Double() int {
	result := make(chan int)
	b.ops <- func(b *Bar) { result <- 2 * b.n }
	return <-result
}

// What starts an object is over before others use it.
type Endpoint struct {
	requests chan struct{}
	quit     chan struct{}
}

func NewEndpoint() *Endpoint {
	return &Endpoint{requests: make(chan struct{}, 1), quit: make(chan struct{})}
}

func (e *Endpoint) OnStart() error {
	go e.loop()
	e.requests <- struct{}{}
	return nil
}

func (e *Endpoint) loop() {
	for {
		select {
		case <-e.requests:
		case <-e.quit:
			return
		}
	}
}

func (e *Endpoint) Request() {
	select {
	case e.requests <- struct{}{}:
	default:
	}
}

func (e *Endpoint) OnStop() { close(e.quit) }

// What is embedded can be used by others through the methods it lends.
type Source interface{ C() <-chan int }

type filtered struct{ out chan int }

func (f *filtered) C() <-chan int { return f.out }

func (f *filtered) loop() {
	for {
		f.out <- work()
	}
}

func filter() Source {
	f := &filtered{out: make(chan int)}
	go f.loop()
	return f
}

type Recorder struct {
	Source
	mu sync.Mutex
	n  int
}

func NewRecorder() *Recorder {
	r := &Recorder{}
	r.Source = filter()
	return r
}

func (r *Recorder) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.n
}
